using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Features;

/// <summary>Running averages of what ended recently: one for each live feature and each value of its column. Not thread-safe.</summary>
/// <param name="usual">What each average is drawn to while it rests on little.</param>
internal sealed class LiveAverages(
    ImmutableArray<LiveFeature> features,
    ImmutableArray<float> usual
)
{
    private readonly Dictionary<int, Average>[] _averages =
    [
        .. features.Select(_ => new Dictionary<int, Average>()),
    ];

    /// <param name="code">Of the feature's column; any number where it has none.</param>
    public float Find(int feature, int code, long now)
    {
        LiveFeature live = features[feature];
        float drawnTo = usual[feature];
        if (!_averages[feature].TryGetValue(live.By is null ? 0 : code, out Average average))
        {
            return drawnTo;
        }

        double left = Left(live, average.At, now);
        double weight = average.Weight * left;
        return (float)(
            ((average.Sum * left) + (live.Shrink * drawnTo)) / Math.Max(weight + live.Shrink, 1e-9)
        );
    }

    /// <summary>A run has ended; runs are told in the order of their ends.</summary>
    public void Add(int feature, int code, float value, long endedAt)
    {
        if (!float.IsFinite(value))
        {
            return;
        }

        LiveFeature live = features[feature];
        int key = live.By is null ? 0 : code;
        _averages[feature].TryGetValue(key, out Average before);
        double left = before.Weight > 0 ? Left(live, before.At, endedAt) : 0;
        _averages[feature][key] = new Average(
            (before.Weight * left) + 1,
            (before.Sum * left) + value,
            endedAt
        );
    }

    /// <summary>Clocks that ran back do not make an old run weigh more.</summary>
    private static double Left(LiveFeature live, long then, long now) =>
        Math.Exp(-Math.Max(0, now - then) / (live.Minutes * 60_000));

    private readonly record struct Average(double Weight, double Sum, long At);
}
