using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Features;

/// <summary>Running averages of what ended recently: one for each live feature and each value of its column. Not thread-safe.</summary>
/// <param name="usual">What each average is drawn to while it rests on little.</param>
/// <param name="memoryMs">
/// So long an average can still be found as it was then: who learns from a run when it ends asks what was known when it was decided.
/// </param>
internal sealed class LiveAverages(
    ImmutableArray<LiveFeature> features,
    ImmutableArray<float> usual,
    long memoryMs = 0
)
{
    private readonly Dictionary<int, Trail>[] _trails =
    [
        .. features.Select(_ => new Dictionary<int, Trail>()),
    ];

    /// <summary>What ended after that moment is not in it.</summary>
    /// <param name="code">Of the feature's column; any number where it has none.</param>
    public float Find(int feature, int code, long now)
    {
        LiveFeature live = features[feature];
        float drawnTo = usual[feature];
        if (
            !_trails[feature].TryGetValue(live.By is null ? 0 : code, out Trail? trail)
            || !trail.TryFind(now, out Average average)
        )
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
        if (!_trails[feature].TryGetValue(key, out Trail? trail))
        {
            _trails[feature].Add(key, trail = new Trail());
        }

        Average before = trail.Last;
        // A run that is told late counts as if it had ended with the one told before it.
        long at = Math.Max(endedAt, before.At);
        double left = before.Weight > 0 ? Left(live, before.At, at) : 0;
        trail.Add(
            new Average((before.Weight * left) + 1, (before.Sum * left) + value, at),
            at - memoryMs
        );
    }

    private static double Left(LiveFeature live, long then, long now) =>
        Math.Exp(-(now - then) / (live.Minutes * 60_000));

    private readonly record struct Average(double Weight, double Sum, long At);

    /// <summary>One average as it stood after each of the last runs, in the order of time.</summary>
    private sealed class Trail
    {
        private Average[] _states = new Average[2];
        private int _count;

        public Average Last => _count == 0 ? new Average(0, 0, long.MinValue) : _states[_count - 1];

        public bool TryFind(long now, out Average average)
        {
            for (int i = _count - 1; i >= 0; i--)
            {
                if (_states[i].At <= now)
                {
                    average = _states[i];
                    return true;
                }
            }

            average = default;
            return false;
        }

        public void Add(Average state, long oldest)
        {
            if (_count == _states.Length)
            {
                Forget(oldest);
            }

            _states[_count++] = state;
        }

        /// <summary>Keeps the state that was in force at that moment, and all later ones.</summary>
        private void Forget(long oldest)
        {
            int first = _count - 1;
            while (first > 0 && _states[first].At > oldest)
            {
                first--;
            }

            Average[] from = _states;
            _count -= first;
            if (_count > _states.Length / 2)
            {
                _states = new Average[_states.Length * 2];
            }

            Array.Copy(from, first, _states, 0, _count);
        }
    }
}
