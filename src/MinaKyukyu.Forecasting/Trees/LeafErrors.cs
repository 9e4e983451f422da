using MinaKyukyu.Forecasting.Learners;

namespace MinaKyukyu.Forecasting.Trees;

/// <summary>What one quantile of the drawn rows is still wrong by, leaf beside leaf, and what a leaf should add for it.</summary>
internal sealed class LeafErrors(int rows, int quantile, FitOptions options, Grid grid)
{
    private readonly float[] _errors = new float[rows];
    private readonly float[] _pooled = new float[rows];
    private readonly int[] _starts = new int[Shape.Leaves + 1];

    /// <param name="errors">Of each row.</param>
    /// <param name="adds">0 for rows that were not drawn.</param>
    /// <param name="drawn">Drawn rows of each leaf.</param>
    public void Group(float[] errors, byte[] leafOf, ulong[] adds, ReadOnlySpan<int> drawn)
    {
        Span<int> next = stackalloc int[Shape.Leaves];
        for (int leaf = 0; leaf < Shape.Leaves; leaf++)
        {
            next[leaf] = _starts[leaf];
            _starts[leaf + 1] = _starts[leaf] + drawn[leaf];
        }

        for (int row = 0; row < rows; row++)
        {
            if (adds[row] != 0)
            {
                _errors[next[leafOf[row]]++] = errors[row];
            }
        }
    }

    /// <summary>
    /// The quantile of the errors, times the rate, believed as far as there are rows, in steps. A leaf with fewer rows than
    /// <see cref="FitOptions.LeafRows"/> says what the smallest leaf above it says that has so many; else nothing.
    /// </summary>
    /// <param name="width">Leaves side by side that are one, because the last decisions were not asked.</param>
    public int Value(int leaf, int width)
    {
        for (int above = width; above <= Shape.Leaves; above *= 2)
        {
            // Leaves below one decision stand side by side.
            int first = leaf & -above;
            int count = _starts[first + above] - _starts[first];
            if (count >= options.LeafRows)
            {
                // Finding a quantile reorders errors, and those of one leaf must not get into another.
                _errors.AsSpan(_starts[first], count).CopyTo(_pooled);
                return ValueOf(_pooled.AsSpan(0, count));
            }
        }

        return 0;
    }

    /// <summary>The same for leaves that must add the same.</summary>
    /// <returns>Null where there are too few rows to tell.</returns>
    public int? Value(ReadOnlySpan<int> leaves)
    {
        int count = 0;
        foreach (int leaf in leaves)
        {
            ReadOnlySpan<float> errors = _errors.AsSpan(_starts[leaf].._starts[leaf + 1]);
            errors.CopyTo(_pooled.AsSpan(count));
            count += errors.Length;
        }

        return count < options.LeafRows ? null : ValueOf(_pooled.AsSpan(0, count));
    }

    private int ValueOf(Span<float> errors) =>
        grid.Leaf(
            options.Rate
                * Selection.Quantile(errors, Quantiles.Shares[quantile])
                * errors.Length
                / (errors.Length + LeafSums.Doubt)
        );
}
