using System.Collections.Concurrent;
using MinaKyukyu.Forecasting.Learners;

namespace MinaKyukyu.Forecasting.Trees;

/// <summary>Finds the decision that serves all leaves of a level best. One for each fit; one level at a time.</summary>
internal sealed class SplitSearch(IReadOnlyList<FeatureBins> features, FitOptions options)
{
    private readonly ConcurrentBag<Scratch> _scratch = [];
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = options.Threads };

    /// <param name="drawn">The features that may be asked.</param>
    public Split Best(IReadOnlyList<int> drawn, byte[] leafOf, ulong[] adds, int leaves)
    {
        var found = new Split[drawn.Count];
        Parallel.For(
            0,
            drawn.Count,
            _parallel,
            at =>
            {
                Scratch scratch = _scratch.TryTake(out Scratch? free) ? free : new Scratch();
                found[at] = BestOf(drawn[at], leafOf, adds, leaves, scratch);
                _scratch.Add(scratch);
            }
        );
        Split best = Split.None;
        foreach (Split one in found)
        {
            best = one.Gain > best.Gain ? one : best;
        }

        return best;
    }

    private Split BestOf(int number, byte[] leafOf, ulong[] adds, int leaves, Scratch scratch)
    {
        FeatureBins feature = features[number];
        int bins = feature.Thresholds.Length + 1;
        if (bins == 1 && !feature.HasMissing)
        {
            return Split.None;
        }

        scratch.Counts.Count(feature.Bins, leafOf, adds, leaves);
        Array.Clear(scratch.Left);
        Array.Clear(scratch.Right);
        double before = 0;
        for (int leaf = 0; leaf < leaves; leaf++)
        {
            before += Weigh(feature, scratch.Counts.Leaf(leaf), scratch);
        }

        var best = Split.None;
        for (int bin = 0; bin < bins; bin++)
        {
            // The last bin has nothing above it but missing values.
            bool isLast = bin == bins - 1;
            double right = scratch.Right[bin] - before;
            double left = scratch.Left[bin] - before;
            if (right > best.Gain && (feature.HasMissing || !isLast))
            {
                best = new Split(number, bin, feature.HasMissing, right);
            }

            if (feature.HasMissing && !isLast && left > best.Gain)
            {
                best = new Split(number, bin, IsMissingRight: false, left);
            }
        }

        return best;
    }

    /// <summary>Adds the scores of every way to split one leaf; tells its score when it is left whole.</summary>
    private double Weigh(FeatureBins feature, ReadOnlySpan<int> counts, Scratch scratch)
    {
        int bins = feature.Thresholds.Length + 1;
        var missing = LeafSums.At(counts[(4 * FeatureBins.Missing)..]);
        LeafSums whole = missing;
        for (int bin = 0; bin < bins; bin++)
        {
            whole += LeafSums.At(counts[(4 * bin)..]);
        }

        double before = whole.Score;
        var left = default(LeafSums);
        for (int bin = 0; bin < bins; bin++)
        {
            left += LeafSums.At(counts[(4 * bin)..]);
            bool isRising = feature.IsRising && bin < bins - 1;
            scratch.Right[bin] += Score(left, whole - left, isRising, before);
            LeafSums withMissing = left + missing;
            scratch.Left[bin] += feature.HasMissing
                ? Score(withMissing, whole - withMissing, isRising, before)
                : 0;
        }

        return before;
    }

    /// <summary>A side too small to have a value of its own gains nothing.</summary>
    private double Score(LeafSums left, LeafSums right, bool isRising, double before) =>
        left.Rows < options.LeafRows || right.Rows < options.LeafRows ? before
        : isRising ? LeafSums.RisingScore(left, right)
        : left.Score + right.Score;

    private sealed class Scratch
    {
        public Counts Counts { get; } = new();

        /// <summary>By bin: the score when missing values go left, and when they go right.</summary>
        public double[] Left { get; } = new double[Counts.Bins];

        public double[] Right { get; } = new double[Counts.Bins];
    }
}
