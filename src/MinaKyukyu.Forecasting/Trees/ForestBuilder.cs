namespace MinaKyukyu.Forecasting.Trees;

/// <summary>Lays grown trees flat.</summary>
internal sealed class ForestBuilder(IReadOnlyList<FeatureBins> features, Growth growth)
{
    private readonly List<int> _asked = [];
    private readonly List<float> _thresholds = [];
    private readonly List<float> _flips = [];
    private readonly List<int> _leaves = [];
    private readonly double[] _gains = new double[features.Count];

    public void Add(Tree tree)
    {
        int turned = 0;
        for (int level = 0; level < Shape.Levels; level++)
        {
            Split split = level < tree.Splits.Count ? tree.Splits[level] : Split.None;
            float threshold = split.IsFound
                ? split.ThresholdIn(features[split.Feature])
                : Shape.Never;
            _asked.Add(split.IsFound ? split.Feature : 0);
            _flips.Add(split.IsMissingRight ? -0f : 0f);
            if (split.IsMissingRight)
            {
                // x > t is not −x > the number just below −t; a missing value is above nothing, so it stays with x > t.
                _thresholds.Add(MathF.BitDecrement(-threshold));
                turned |= Shape.BitOf(level);
            }
            else
            {
                _thresholds.Add(threshold);
            }

            if (split.IsFound)
            {
                _gains[split.Feature] += split.Gain;
            }
        }

        for (int quantile = 0; quantile < Quantiles.Count; quantile++)
        {
            for (int leaf = 0; leaf < Shape.Leaves; leaf++)
            {
                _leaves.Add(tree.Values[(quantile * Shape.Leaves) + (leaf ^ turned)]);
            }
        }
    }

    public SymmetricForest Build()
    {
        double all = _gains.Sum();
        return new SymmetricForest(
            features.Count,
            growth.Step,
            growth.Starts,
            [.. _asked],
            [.. _thresholds],
            [.. _flips],
            [.. _leaves],
            [.. _gains.Select(gain => all > 0 ? gain / all : 0)]
        );
    }
}
