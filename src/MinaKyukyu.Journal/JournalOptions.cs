using System.ComponentModel.DataAnnotations;

namespace MinaKyukyu.Journal;

/// <summary>The journal's limits.</summary>
public sealed class JournalOptions
{
    /// <summary>How many commits may wait for the writer; one more is answered <c>Full</c> at once.</summary>
    /// <value>4,096: 0.4 s of work at 10,000 commits a second, the throughput this journal is held to.</value>
    [Range(1, 1_048_576)]
    public int QueueCapacity { get; set; } = 4_096;

    /// <summary>How many commits share one flush at most.</summary>
    /// <value>256: at 50 µs each they hold the writer for about 13 ms, which bounds what a late comer waits.</value>
    [Range(1, 65_536)]
    public int BatchLimit { get; set; } = 256;

    /// <summary>How long a caller waits for its outcome; then it is <c>Unknown</c>, and the commit may still stand.</summary>
    /// <value>2 seconds: the latest moment at which a crew gets a definite word.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan CommitWaitLimit { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the answer to a command is kept for a repeat of it.</summary>
    /// <value>72 hours: a tablet that was off over a long weekend still gets its first answer.</value>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan RequestRetention { get; set; } = TimeSpan.FromHours(72);

    /// <summary>How many old answers are deleted in one transaction, so that a purge never holds up a commit for long.</summary>
    [Range(1, 10_000)]
    public int PurgeBatch { get; set; } = 500;

    /// <summary>How often old answers are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan UpkeepInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How soon after a scope was forgotten its bytes leave the files.</summary>
    /// <value>5 seconds: joins the forgets of a busy moment into one checkpoint.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan ErasureDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long after a change the audit chain's head is signed and exported, at the latest.</summary>
    /// <value>60 seconds: what may be cut off a chain unseen is at most a minute long.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan AuditHeadInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an orderly end may wait for each place that keeps the head.</summary>
    /// <value>1 second: a local disk takes milliseconds; a share that takes longer has the head of a minute ago.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan LastHeadLimit { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many facts are read at a time at start.</summary>
    [Range(1, 65_536)]
    public int ReplayPage { get; set; } = 4_096;

    /// <summary>How long an orderly end may wait for what is queued.</summary>
    /// <value>5 seconds: half of the ten within which the server ends.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan CloseLimit { get; set; } = TimeSpan.FromSeconds(5);
}
