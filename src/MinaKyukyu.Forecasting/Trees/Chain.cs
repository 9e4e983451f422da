namespace MinaKyukyu.Forecasting.Trees;

/// <summary>The leaves through which a row goes when one rising feature rises, once for each answer of all other decisions.</summary>
/// <param name="Bins">The thresholds of the feature that the tree asks, rising.</param>
/// <param name="Bits">What each adds to the number of the leaf.</param>
/// <param name="Firsts">Leaves of values below all these thresholds.</param>
internal sealed record Chain(int Feature, int[] Bins, int[] Bits, int[] Firsts)
{
    /// <param name="thresholds">Of the feature; a decision above all of them parts missing values from others and orders nothing.</param>
    public static Chain Of(int feature, IReadOnlyList<Split> splits, int thresholds)
    {
        // Two decisions at one threshold, which differ in where missing values go, say yes together.
        var steps = splits
            .Select((split, level) => (split.Feature, split.Bin, Bit: Shape.BitOf(level)))
            .Where(asked => asked.Feature == feature && asked.Bin < thresholds)
            .GroupBy(asked => asked.Bin)
            .OrderBy(same => same.Key)
            .Select(same => (Bin: same.Key, Bits: same.Sum(asked => asked.Bit)))
            .ToList();
        int mine = steps.Sum(step => step.Bits);
        return new Chain(
            feature,
            [.. steps.Select(step => step.Bin)],
            [.. steps.Select(step => step.Bits)],
            [.. Enumerable.Range(0, Shape.Leaves).Where(leaf => (leaf & mine) == 0)]
        );
    }

    /// <summary>The leaf after so many steps.</summary>
    public int Leaf(int first, int steps)
    {
        int leaf = first;
        for (int step = 0; step < steps; step++)
        {
            leaf |= Bits[step];
        }

        return leaf;
    }
}
