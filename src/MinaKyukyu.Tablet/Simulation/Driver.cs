using MinaKyukyu.Tablet.Positions;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>Moves the unit in quick motion, and lets the tablet see where it is.</summary>
internal sealed class Driver(
    PositionReporter positions,
    SimulatedCrewOptions options,
    TimeProvider time
)
{
    /// <summary>One sigma of a satellite receiver in a town.</summary>
    private const double ReceiverMeters = 8;

    /// <summary>Null until anything is known.</summary>
    public GeoPoint? Here { get; private set; } = options.Station;

    /// <summary>Lets something last as long as the time scale says.</summary>
    public Task LastAsync(TimeSpan real, CancellationToken cancellation) =>
        Task.Delay(real / options.TimeScale, time, cancellation);

    /// <param name="untilShare">Stops there, from 0 to 1 of the time.</param>
    public async Task DriveAsync(Drive drive, double untilShare, CancellationToken cancellation)
    {
        TimeSpan whole = drive.Duration / options.TimeScale;
        long began = time.GetTimestamp();
        while (true)
        {
            TimeSpan elapsed = time.GetElapsedTime(began);
            double share =
                whole > TimeSpan.Zero ? Math.Min(elapsed / whole, untilShare) : untilShare;
            Here = drive.PointAt(share);
            positions.Observe(Here.Value, ReceiverMeters);
            if (share >= untilShare)
            {
                return;
            }

            TimeSpan left = (whole * untilShare) - elapsed;
            TimeSpan step = left < options.ObserveEvery ? left : options.ObserveEvery;
            await Task.Delay(
                step > TimeSpan.FromMilliseconds(1) ? step : TimeSpan.FromMilliseconds(1),
                time,
                cancellation
            );
        }
    }
}
