using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MinaKyukyu.Redis;

/// <summary>Counters of this room.</summary>
internal static class RedisTelemetry
{
    public const string Name = "MinaKyukyu.Redis";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Commands = Meter.CreateCounter<long>(
        "mina.redis.commands",
        "{command}",
        "Commands to Redis, by result (done, late, failed, full, resting, foreign, not_connected)."
    );

    public static void Count(string result) =>
        Commands.Add(1, new TagList { { "result", result } });
}
