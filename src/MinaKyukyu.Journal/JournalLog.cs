using Microsoft.Extensions.Logging;

namespace MinaKyukyu.Journal;

internal static partial class JournalLog
{
    [LoggerMessage(
        1001,
        LogLevel.Information,
        "Replayed {Facts} facts up to position {Position} in {Milliseconds} ms; the journal is open."
    )]
    public static partial void Opened(
        ILogger logger,
        long facts,
        long position,
        double milliseconds
    );

    [LoggerMessage(
        1002,
        LogLevel.Critical,
        "The journal failed and takes no more commits; the outcome of {Commits} is unknown. The process must end and start anew from what the disk holds."
    )]
    public static partial void Failed(ILogger logger, Exception why, int commits);

    [LoggerMessage(
        1003,
        LogLevel.Warning,
        "A commit that nobody waits for was not written: {Reason}."
    )]
    public static partial void PostNotWritten(ILogger logger, string reason);

    [LoggerMessage(
        1004,
        LogLevel.Warning,
        "The signed head of department {Department}'s audit chain could not be exported to {Place}; it is tried again."
    )]
    public static partial void HeadNotExported(
        ILogger logger,
        string department,
        string place,
        Exception why
    );

    [LoggerMessage(
        1008,
        LogLevel.Warning,
        "The last signed head of the audit chain was not taken by {Place} within {Limit}; compare it with the data directory's own."
    )]
    public static partial void LastHeadLate(ILogger logger, string place, TimeSpan limit);

    [LoggerMessage(1005, LogLevel.Information, "The journal is closed at position {Position}.")]
    public static partial void Closed(ILogger logger, long position);

    [LoggerMessage(
        1006,
        LogLevel.Error,
        "The journal did not finish what was queued within {Limit}; the outcome of what was left is unknown."
    )]
    public static partial void ClosedLate(ILogger logger, TimeSpan limit);

    [LoggerMessage(
        1007,
        LogLevel.Warning,
        "The journal was closed without tidying its files; the next start does it."
    )]
    public static partial void NotTidied(ILogger logger, Exception why);
}
