using Microsoft.Extensions.Logging;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Server.Telemetry;

namespace MinaKyukyu.Server.Advice;

/// <summary>Counts every answer that a model owed, and tells the night shift once an hour rather than with every decision.</summary>
internal sealed class ModelFailures(
    ServerMeter meter,
    TimeProvider time,
    ILogger<ModelFailures> logger
)
{
    private static readonly TimeSpan SaidAgainAfter = TimeSpan.FromHours(1);

    private long _saidAtTicks;

    public void Note(UnitRecommendation advice)
    {
        if (advice.ModelFault is not { } fault)
        {
            return;
        }

        meter.CountModelFailure();
        long now = time.GetUtcNow().UtcTicks;
        long said = Interlocked.Read(ref _saidAtTicks);
        if (
            now - said >= SaidAgainAfter.Ticks
            && Interlocked.CompareExchange(ref _saidAtTicks, now, said) == said
        )
        {
            ServerLog.ModelFailed(logger, fault);
        }
    }
}
