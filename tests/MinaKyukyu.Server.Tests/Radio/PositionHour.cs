using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Tablet.Positions;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Server.Tests.Radio;

/// <summary>An hour of positions at 0.2 Hz in seconds: the tablet's own batching, on a clock that is moved by hand.</summary>
internal static class PositionHour
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>As many streams as the hour has: each ends with its deadline.</summary>
    public static async Task TellAsync(RadioCrew crew)
    {
        TimeSpan stream = new CrewLinkOptions().WatchDeadline;
        DateTimeOffset began = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1);
        for (TimeSpan at = TimeSpan.Zero; at < TimeSpan.FromHours(1); at += stream)
        {
            await TellAsync(crew, began + at, stream);
        }
    }

    private static async Task TellAsync(RadioCrew crew, DateTimeOffset from, TimeSpan span)
    {
        var time = new ManualTime(from);
        var options = new PositionReporterOptions();
        using var reporter = new PositionReporter(
            crew.Tablet.Link,
            crew.Unit.Id,
            options,
            time,
            NullLogger.Instance
        );
        using var end = new CancellationTokenSource();
        Task telling = reporter.RunAsync(end.Token);
        int steps = (int)(span / Every);
        int stepsOfABatch = (int)(options.BatchEvery / Every);
        for (int step = 1; step <= steps; step++)
        {
            reporter.Observe(RadioCrew.OnTheWay(step), accuracyMeters: 8);
            time.Advance(Every);
            if (step % stepsOfABatch == 0)
            {
                await UntilToldAsync(reporter, step);
            }
        }

        await end.CancelAsync();
        await telling;
        Assert.Equal(steps, reporter.ToldCount);
    }

    private static async Task UntilToldAsync(PositionReporter reporter, int count)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (reporter.ToldCount < count)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < RadioCrew.Patience);
            await Task.Delay(1);
        }
    }
}
