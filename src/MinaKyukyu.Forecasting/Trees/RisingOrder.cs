namespace MinaKyukyu.Forecasting.Trees;

/// <summary>
/// Makes the leaves of a tree never fall along a rising feature; then no sum of trees does. All other decisions held, the
/// thresholds of the feature cut its values into a chain of leaves, and along each chain leaves are pooled until they rise. A row
/// without a value is outside the order: it may stand in any leaf, and no promise compares it with a row that has one.
/// </summary>
internal sealed class RisingOrder(IReadOnlyList<FeatureBins> features)
{
    private const int MostRounds = 20;

    /// <param name="values">One for each leaf; changed in place.</param>
    /// <param name="weights">Drawn rows of each leaf.</param>
    /// <param name="errors">Of this quantile, grouped by the leaves of this tree.</param>
    public void Project(
        Span<int> values,
        ReadOnlySpan<int> weights,
        LeafErrors errors,
        IReadOnlyList<Split> splits
    )
    {
        List<Chain> chains = ChainsOf(splits);
        bool hasChanged = chains.Count > 0;
        for (int round = 0; hasChanged && round < MostRounds; round++)
        {
            hasChanged = false;
            foreach (Chain chain in chains)
            {
                // Pooled leaves add the quantile of all their errors, which the mean of their quantiles is not: more trees of
                // means would predict worse. Where several features rise, means end what is left to pool.
                var pools = new Pools(weights, round == 0 ? errors : null);
                foreach (int first in chain.Firsts)
                {
                    hasChanged |= pools.Pool(values, chain, first);
                }
            }
        }

        if (hasChanged)
        {
            Close(values, chains);
        }
    }

    private List<Chain> ChainsOf(IReadOnlyList<Split> splits)
    {
        List<Chain> chains = [];
        foreach (int feature in splits.Select(split => split.Feature).Distinct())
        {
            if (features[feature].IsRising)
            {
                chains.Add(Chain.Of(feature, splits, features[feature].Thresholds.Length));
            }
        }

        return chains;
    }

    /// <summary>
    /// Ends what pooling along one feature, then another, may take long to end: each leaf goes midway between the highest below it
    /// and the lowest above it. Both rise everywhere, so their middle does.
    /// </summary>
    internal static void Close(Span<int> values, IReadOnlyList<Chain> chains)
    {
        Span<int> highest = stackalloc int[Shape.Leaves];
        values.CopyTo(highest);
        for (bool hasChanged = true; hasChanged; )
        {
            hasChanged = false;
            foreach (Chain chain in chains)
            {
                foreach (int first in chain.Firsts)
                {
                    for (int step = 0; step < chain.Bits.Length; step++)
                    {
                        int lower = chain.Leaf(first, step);
                        int upper = chain.Leaf(first, step + 1);
                        hasChanged |=
                            highest[lower] > highest[upper] || values[lower] > values[upper];
                        highest[upper] = Math.Max(highest[upper], highest[lower]);
                        values[lower] = Math.Min(values[lower], values[upper]);
                    }
                }
            }
        }

        for (int leaf = 0; leaf < Shape.Leaves; leaf++)
        {
            values[leaf] = (int)(((long)values[leaf] + highest[leaf]) >> 1);
        }
    }
}
