using System.ComponentModel.DataAnnotations;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Tablet.Orders;
using MinaKyukyu.Tablet.Positions;
using MinaKyukyu.Tablet.Queue;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Tablet;

/// <summary>One tablet on board.</summary>
public sealed class TabletOptions
{
    /// <summary>The server's gRPC address.</summary>
    [Required]
    public required Uri Server { get; set; }

    /// <summary>The approved verifier's address.</summary>
    [Required]
    public required Uri Verifier { get; set; }

    /// <summary>Where this tablet keeps its queue and its last order token; for one process at a time.</summary>
    [Required]
    public required string Directory { get; set; }

    public required CrewIdentity Identity { get; set; }

    public required UnitId Unit { get; set; }

    /// <summary>For an encrypted link. Null: an unencrypted demonstration, where <see cref="Identity"/> is believed.</summary>
    public LinkKeys? Keys { get; set; }

    /// <summary>How long the verifier is waited for.</summary>
    /// <value>3 seconds: a crew that waits longer interviews by voice.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan VerifierDeadline { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the holder may take to type the PIN.</summary>
    /// <value>40 seconds: the server's challenge lasts 60, and the card has to be read before and to sign after.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00")]
    public TimeSpan PinWithin { get; set; } = TimeSpan.FromSeconds(40);

    public CardReaderOptions CardReader { get; } = new();

    public CrewLinkOptions Link { get; } = new();

    public OutgoingQueueOptions Queue { get; } = new();

    public OrderFeedOptions Orders { get; } = new();

    public PositionReporterOptions Positions { get; } = new();

    /// <exception cref="ValidationException">A value is missing or outside its range; the message names it.</exception>
    internal void Validate()
    {
        foreach (object part in new object[] { this, CardReader, Link, Queue, Orders, Positions })
        {
            Validator.ValidateObject(
                part,
                new ValidationContext(part),
                validateAllProperties: true
            );
        }
    }
}
