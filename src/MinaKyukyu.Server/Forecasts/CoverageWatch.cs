using MinaKyukyu.Dispatch.Ports;

namespace MinaKyukyu.Server.Forecasts;

/// <summary>How the last arrivals lay to what was said of them.</summary>
/// <param name="Arrivals">At most <see cref="CoverageWatch.Window"/>.</param>
/// <param name="CoverageP10">Share that took no longer than P10.</param>
internal sealed record Coverage(
    int Arrivals,
    double CoverageP10,
    double CoverageP90,
    double MaeSeconds
)
{
    public static Coverage None { get; } = new(0, 0, 0, 0);

    /// <summary>Nine of ten between 85 and 95 %, one of ten between 5 and 15 %, over a full window: else nobody may be told the interval.</summary>
    public bool HoldsInterval =>
        Arrivals < CoverageWatch.Window
        || (CoverageP90 is >= 0.85 and <= 0.95 && CoverageP10 is >= 0.05 and <= 0.15);
}

/// <summary>Counts over the last 500 arrivals of which the model had said something.</summary>
internal sealed class CoverageWatch
{
    public const int Window = 500;

    private readonly Lock _turn = new();
    private readonly Queue<(bool WithinP10, bool WithinP90, double Error)> _last = new();
    private volatile Coverage _now = Coverage.None;

    public Coverage Now => _now;

    public void Note(TimeToScene said, TimeSpan observed)
    {
        double milliseconds = observed.TotalMilliseconds;
        lock (_turn)
        {
            _last.Enqueue(
                (
                    milliseconds <= said.P10,
                    milliseconds <= said.P90,
                    Math.Abs(milliseconds - said.P50) / 1_000
                )
            );
            if (_last.Count > Window)
            {
                _last.Dequeue();
            }

            _now = new Coverage(
                _last.Count,
                _last.Average(a => a.WithinP10 ? 1.0 : 0),
                _last.Average(a => a.WithinP90 ? 1.0 : 0),
                _last.Average(a => a.Error)
            );
        }
    }

    /// <summary>Another model is in force: what the one before said is not held against it.</summary>
    public void Restart()
    {
        lock (_turn)
        {
            _last.Clear();
            _now = Coverage.None;
        }
    }
}
