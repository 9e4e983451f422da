using MinaKyukyu.Forecasting.Learners;

namespace MinaKyukyu.Forecasting.Trees;

/// <summary>
/// What each leaf adds: the quantile of the errors of its drawn rows, times the rate, believed as far as it has rows. A leaf
/// with fewer than <see cref="FitOptions.LeafRows"/> says what the smallest leaf above it says that has so many; else nothing.
/// </summary>
internal sealed class LeafValues(int rows, FitOptions options)
{
    private readonly int[] _starts = new int[Shape.Leaves + 1];
    private readonly float[][] _grouped =
    [
        .. Enumerable.Range(0, Quantiles.Count).Select(_ => new float[rows]),
    ];

    /// <summary>Drawn rows of each leaf of the last tree.</summary>
    public int[] Rows { get; } = new int[Shape.Leaves];

    /// <param name="errors">Of each quantile, of each row.</param>
    /// <param name="adds">0 for rows that were not drawn.</param>
    /// <param name="levels">Decisions that were asked; those after them are all no.</param>
    public float[] Of(float[][] errors, byte[] leafOf, ulong[] adds, int levels)
    {
        Array.Clear(Rows);
        for (int row = 0; row < rows; row++)
        {
            Rows[leafOf[row]] += adds[row] == 0 ? 0 : 1;
        }

        for (int leaf = 0; leaf < Shape.Leaves; leaf++)
        {
            _starts[leaf + 1] = _starts[leaf] + Rows[leaf];
        }

        float[] values = new float[Shape.Values];
        Parallel.For(
            0,
            Quantiles.Count,
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads },
            quantile =>
            {
                Group(errors[quantile], leafOf, adds, _grouped[quantile]);
                Fill(
                    _grouped[quantile],
                    Quantiles.Shares[quantile],
                    levels,
                    values.AsSpan(quantile * Shape.Leaves, Shape.Leaves)
                );
            }
        );
        return values;
    }

    private void Group(float[] errors, byte[] leafOf, ulong[] adds, float[] grouped)
    {
        Span<int> next = stackalloc int[Shape.Leaves];
        _starts.AsSpan(0, Shape.Leaves).CopyTo(next);
        for (int row = 0; row < rows; row++)
        {
            if (adds[row] != 0)
            {
                grouped[next[leafOf[row]]++] = errors[row];
            }
        }
    }

    private void Fill(float[] grouped, double share, int levels, Span<float> values)
    {
        int width = 1 << (Shape.Levels - levels);
        for (int leaf = 0; leaf < Shape.Leaves; leaf += width)
        {
            values.Slice(leaf, width).Fill(ValueOf(grouped, share, leaf, width));
        }
    }

    private float ValueOf(float[] grouped, double share, int leaf, int width)
    {
        for (int above = width; above <= Shape.Leaves; above *= 2)
        {
            // Leaves below one decision stand side by side.
            int first = leaf & -above;
            int count = _starts[first + above] - _starts[first];
            if (count >= options.LeafRows && count > 0)
            {
                float quantile = Selection.Quantile(grouped.AsSpan(_starts[first], count), share);
                return (float)(options.Rate * quantile * count / (count + LeafSums.Doubt));
            }
        }

        return 0;
    }
}
