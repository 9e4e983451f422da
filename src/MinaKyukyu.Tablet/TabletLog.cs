using Grpc.Core;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.Queue;

namespace MinaKyukyu.Tablet;

/// <summary>Numbers of this room: 14000 to 14999. No card data, no medical content, no number that calls back.</summary>
internal static partial class TabletLog
{
    [LoggerMessage(
        14001,
        LogLevel.Information,
        "Queue opened: {Waiting} commands wait, {Unreadable} lines unreadable, torn last line: {HadTornLine}"
    )]
    public static partial void QueueOpened(
        ILogger logger,
        int waiting,
        int unreadable,
        bool hadTornLine
    );

    [LoggerMessage(14002, LogLevel.Error, "Queue full at {Capacity}: {Kind} was not taken")]
    public static partial void QueueFull(ILogger logger, CommandKind kind, int capacity);

    [LoggerMessage(
        14003,
        LogLevel.Critical,
        "The disk did not keep a line; nothing more is taken until the tablet starts again"
    )]
    public static partial void DiskFailed(ILogger logger, Exception failure);

    [LoggerMessage(14004, LogLevel.Warning, "{Kind} was refused: {Code} {Reason}")]
    public static partial void CommandRefused(
        ILogger logger,
        CommandKind kind,
        StatusCode code,
        string reason
    );

    [LoggerMessage(14005, LogLevel.Error, "{Kind} was set aside after {Failures} failures: {Code}")]
    public static partial void CommandSetAside(
        ILogger logger,
        CommandKind kind,
        StatusCode code,
        int failures
    );

    [LoggerMessage(14006, LogLevel.Debug, "{Kind} has no answer after try {Tries}: {Code}")]
    public static partial void CommandRepeats(
        ILogger logger,
        CommandKind kind,
        StatusCode code,
        int tries
    );

    [LoggerMessage(14007, LogLevel.Warning, "Order {Assignment} was not obeyed: {Reason}")]
    public static partial void OrderNotObeyed(ILogger logger, string assignment, string reason);

    [LoggerMessage(
        14008,
        LogLevel.Information,
        "The watch for orders ended ({Code}); it begins again"
    )]
    public static partial void WatchEnded(ILogger logger, StatusCode code);

    [LoggerMessage(
        14009,
        LogLevel.Information,
        "Positions were not told ({Code}); {Kept} are kept for the next batch"
    )]
    public static partial void PositionsNotTold(ILogger logger, StatusCode code, int kept);

    [LoggerMessage(14010, LogLevel.Information, "The card step ended: {Word}")]
    public static partial void CardStepEnded(ILogger logger, string word);

    [LoggerMessage(14011, LogLevel.Information, "The card or its reader gave trouble: {State}")]
    public static partial void CardTrouble(ILogger logger, CardState state);

    [LoggerMessage(
        14012,
        LogLevel.Warning,
        "A call of the smart-card service has not come back; the reader rests until it does"
    )]
    public static partial void CardCallHangs(ILogger logger);
}
