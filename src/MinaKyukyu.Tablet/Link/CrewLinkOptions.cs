using System.ComponentModel.DataAnnotations;

namespace MinaKyukyu.Tablet.Link;

/// <summary>How long the tablet waits, by kind of call. No call is without a deadline.</summary>
public sealed class CrewLinkOptions
{
    /// <summary>Commands from the queue: milestones, acknowledgements, closings.</summary>
    /// <value>10 seconds: several 600 ms round trips of a poor radio link with losses; the queue repeats afterwards.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:01:00")]
    public TimeSpan CommandDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What a crew looks at and waits for: advice, lists, one incident.</summary>
    /// <value>5 seconds: longer than that a crew asks by voice.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:01:00")]
    public TimeSpan QueryDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>One batch of positions until its answer; the next batch carries what this one could not.</summary>
    /// <value>10 seconds: below the 15 s between two batches, and enough for a new connection and one loss at 600 ms round trip.</value>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:30")]
    public TimeSpan PositionDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Steps of the card check, which a crew stands and waits for.</summary>
    /// <value>8 seconds: after that the interview by voice has to go on.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:00:30")]
    public TimeSpan CardDeadline { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>The whole stream of a summary.</summary>
    /// <value>10 seconds: the source's fetch ends at 8 s, and the server says a definite word before.</value>
    [Range(typeof(TimeSpan), "00:00:02", "00:01:00")]
    public TimeSpan SummaryDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A new connection, with its encryption.</summary>
    /// <value>
    /// 6 seconds. At 600 ms round trip TCP and TLS 1.3 take 1.2 s, and each lost segment of them 1 s to 3 s more; still shorter than
    /// a command's deadline, so that a dead way is found out within one call.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.200", "00:00:30")]
    public TimeSpan ConnectDeadline { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>A connection on which nothing came for this long is asked whether it lives.</summary>
    /// <value>
    /// 20 seconds: longer than the 15 s between two batches of positions, whose answers say the same, so that a unit on duty pays for
    /// no question; the server asks after as long a silence.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan AliveCheckAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long that question may stay without an answer before the connection is given up.</summary>
    /// <value>5 seconds: several round trips of a poor link with losses.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan AliveCheckDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>One watch for orders, or one stream of positions; when it ends, the next one goes on after the last order token.</summary>
    /// <value>10 minutes: a stream that died without a word is found out at the latest then.</value>
    [Range(typeof(TimeSpan), "00:00:05", "01:00:00")]
    public TimeSpan WatchDeadline { get; set; } = TimeSpan.FromMinutes(10);
}
