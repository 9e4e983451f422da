namespace MinaKyukyu.Forecasting.Trees;

/// <summary>
/// Makes the leaves of a tree never fall along a rising feature. All other decisions held, the thresholds of the feature cut
/// its values into a chain of leaves; along each chain the values are pooled until they rise. A row without a value is outside
/// the order: it may stand in any leaf, and no promise compares it with a row that has one.
/// </summary>
internal static class RisingOrder
{
    private const int MostRounds = 20;

    /// <param name="values">One for each leaf; changed in place.</param>
    /// <param name="weights">Rows of each leaf.</param>
    public static void Project(
        Span<float> values,
        ReadOnlySpan<int> weights,
        IReadOnlyList<Split> splits,
        IReadOnlyList<FeatureBins> features
    )
    {
        List<int[]> chains = ChainsOf(splits, features);
        bool hasChanged = chains.Count > 0;
        for (int round = 0; hasChanged && round < MostRounds; round++)
        {
            hasChanged = false;
            foreach (int[] chain in chains)
            {
                hasChanged |= Pool(values, weights, chain);
            }
        }

        // Pooling along one feature may undo another. Raising each leaf to the highest below it ends, because leaves only rise to
        // values that are there already, and leaves nothing to undo.
        while (hasChanged)
        {
            hasChanged = false;
            foreach (int[] chain in chains)
            {
                hasChanged |= Raise(values, chain);
            }
        }
    }

    /// <summary>Every chain of leaves through which a row goes when one rising feature rises and nothing else changes.</summary>
    internal static List<int[]> ChainsOf(
        IReadOnlyList<Split> splits,
        IReadOnlyList<FeatureBins> features
    )
    {
        List<int[]> chains = [];
        foreach (
            IGrouping<int, (Split Split, int Bit)> asked in splits
                .Select((split, level) => (Split: split, Bit: Shape.BitOf(level)))
                .Where(asked => IsOrdered(asked.Split, features[asked.Split.Feature]))
                .GroupBy(asked => asked.Split.Feature)
        )
        {
            // Two decisions at one threshold, which differ in where missing values go, say yes together.
            int[] steps =
            [
                .. asked
                    .GroupBy(one => one.Split.Bin)
                    .OrderBy(same => same.Key)
                    .Select(same => same.Sum(one => one.Bit)),
            ];
            int mine = steps.Sum();
            chains.AddRange(
                Enumerable
                    .Range(0, Shape.Leaves)
                    .Where(leaf => (leaf & mine) == 0)
                    .Select(leaf => Chain(leaf, steps))
            );
        }

        return chains;
    }

    private static bool IsOrdered(Split split, FeatureBins feature) =>
        feature.IsRising && split.Bin < feature.Thresholds.Length;

    private static int[] Chain(int leaf, int[] steps)
    {
        int[] chain = new int[steps.Length + 1];
        chain[0] = leaf;
        for (int step = 0; step < steps.Length; step++)
        {
            chain[step + 1] = chain[step] | steps[step];
        }

        return chain;
    }

    /// <summary>Pool adjacent violators: the nearest values that rise, each leaf weighed by its rows.</summary>
    private static bool Pool(Span<float> values, ReadOnlySpan<int> weights, int[] chain)
    {
        Span<double> means = stackalloc double[chain.Length];
        Span<double> masses = stackalloc double[chain.Length];
        Span<int> lengths = stackalloc int[chain.Length];
        int pools = 0;
        foreach (int leaf in chain)
        {
            // A leaf without rows has a value too; it gives way first.
            (means[pools], masses[pools], lengths[pools]) = (
                values[leaf],
                Math.Max(weights[leaf], 1e-3),
                1
            );
            pools++;
            while (pools > 1 && means[pools - 2] > means[pools - 1])
            {
                double mass = masses[pools - 2] + masses[pools - 1];
                means[pools - 2] =
                    (
                        (means[pools - 2] * masses[pools - 2])
                        + (means[pools - 1] * masses[pools - 1])
                    ) / mass;
                masses[pools - 2] = mass;
                lengths[pools - 2] += lengths[pools - 1];
                pools--;
            }
        }

        bool hasChanged = pools < chain.Length;
        int at = 0;
        for (int pool = 0; hasChanged && pool < pools; pool++)
        {
            for (int one = 0; one < lengths[pool]; one++)
            {
                values[chain[at++]] = (float)means[pool];
            }
        }

        return hasChanged;
    }

    private static bool Raise(Span<float> values, int[] chain)
    {
        bool hasChanged = false;
        for (int at = 1; at < chain.Length; at++)
        {
            if (values[chain[at]] < values[chain[at - 1]])
            {
                values[chain[at]] = values[chain[at - 1]];
                hasChanged = true;
            }
        }

        return hasChanged;
    }
}
