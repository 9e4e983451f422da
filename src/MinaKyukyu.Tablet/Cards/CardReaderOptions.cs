using System.ComponentModel.DataAnnotations;

namespace MinaKyukyu.Tablet.Cards;

/// <summary>Which reader, and how long it is waited for.</summary>
public sealed class CardReaderOptions
{
    /// <summary>The reader's name, exactly as the platform gives it. Null: the only one that is plugged in.</summary>
    public string? ReaderName { get; set; }

    /// <summary>How long a card that is not there yet is waited for.</summary>
    /// <value>10 seconds: enough to lay a card down; a crew that needs longer taps again. A choice, not a measurement.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan CardWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the card may take for one command, and the reader for powering it.</summary>
    /// <value>5 seconds: a guess with reserve; a signature of RSA-2048 is the longest command.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:30")]
    public TimeSpan CommandWithin { get; set; } = TimeSpan.FromSeconds(5);
}
