namespace MinaKyukyu.Forecasting.Trees;

/// <summary>Pool adjacent violators: makes the leaves along a chain rise, and changes no more of them than that takes.</summary>
/// <param name="weights">Drawn rows of each leaf.</param>
/// <param name="errors">What pooled leaves should add; null: the mean of what they add already.</param>
internal readonly ref struct Pools(ReadOnlySpan<int> weights, LeafErrors? errors)
{
    /// <summary>A leaf without rows has a value too; it gives way to any other.</summary>
    private const double LeastWeight = 1e-3;

    private readonly ReadOnlySpan<int> _weights = weights;

    /// <param name="values">Of all leaves.</param>
    /// <returns>Whether any had to be pooled.</returns>
    public bool Pool(Span<int> values, Chain chain, int first)
    {
        int length = chain.Bits.Length + 1;
        Span<int> leaves = stackalloc int[length];
        Span<int> pooled = stackalloc int[length];
        Span<int> begins = stackalloc int[length + 1];
        int pools = 0;
        for (int step = 0; step < length; step++)
        {
            leaves[step] = chain.Leaf(first, step);
            pooled[pools] = values[leaves[step]];
            begins[pools] = step;
            pools++;
            while (pools > 1 && pooled[pools - 2] > pooled[pools - 1])
            {
                pools--;
                pooled[pools - 1] = Value(
                    leaves[begins[pools - 1]..(step + 1)],
                    pooled[pools - 1],
                    begins[pools] - begins[pools - 1],
                    pooled[pools]
                );
            }
        }

        begins[pools] = length;
        for (int pool = 0; pools < length && pool < pools; pool++)
        {
            for (int step = begins[pool]; step < begins[pool + 1]; step++)
            {
                values[leaves[step]] = pooled[pool];
            }
        }

        return pools < length;
    }

    /// <summary>Of two pools that become one: between the two, whatever rows say.</summary>
    /// <param name="ofLeft">How many of the leaves were in the left pool.</param>
    private int Value(ReadOnlySpan<int> leaves, int left, int ofLeft, int right)
    {
        double leftWeight = Weight(leaves[..ofLeft]);
        double rightWeight = Weight(leaves[ofLeft..]);
        double mean = left + (((double)right - left) * (rightWeight / (leftWeight + rightWeight)));
        return Math.Clamp(errors?.Value(leaves) ?? (int)Math.Floor(mean), right, left);
    }

    private double Weight(ReadOnlySpan<int> leaves)
    {
        double weight = 0;
        foreach (int leaf in leaves)
        {
            weight += Math.Max(_weights[leaf], LeastWeight);
        }

        return weight;
    }
}
