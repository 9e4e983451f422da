using Microsoft.Extensions.Logging;

namespace MinaKyukyu.Redis;

/// <summary>What the night shift reads about Redis. Events 8000 to 8999; a number is never used again. No keys, no values.</summary>
internal static partial class RedisLog
{
    [LoggerMessage(
        8001,
        LogLevel.Warning,
        "Redis rests after repeated failures; everything goes on without it, more slowly"
    )]
    public static partial void Rests(ILogger logger);

    [LoggerMessage(8002, LogLevel.Information, "Redis answers again")]
    public static partial void AnswersAgain(ILogger logger);

    [LoggerMessage(
        8003,
        LogLevel.Warning,
        "The connection to Redis could not be set up ({Failure}); it is tried again at the next use"
    )]
    public static partial void ConnectionFailed(ILogger logger, string failure);

    [LoggerMessage(
        8004,
        LogLevel.Error,
        "Redis holds something of another type, or too large, where a cache entry should be; it counts as a miss"
    )]
    public static partial void ForeignValue(ILogger logger);
}
