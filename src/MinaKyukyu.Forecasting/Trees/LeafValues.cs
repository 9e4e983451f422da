using MinaKyukyu.Forecasting.Learners;

namespace MinaKyukyu.Forecasting.Trees;

/// <summary>Finds what each leaf of a tree adds to each quantile. One for each fit; one tree at a time.</summary>
internal sealed class LeafValues(int rows, FitOptions options, Grid grid, RisingOrder order)
{
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = options.Threads };

    private readonly LeafErrors[] _errors =
    [
        .. Enumerable
            .Range(0, Quantiles.Count)
            .Select(quantile => new LeafErrors(rows, quantile, options, grid)),
    ];

    /// <param name="errors">Of each quantile, of each row.</param>
    /// <param name="adds">0 for rows that were not drawn.</param>
    /// <returns><see cref="Shape.Values"/>, in steps.</returns>
    public int[] Of(float[][] errors, byte[] leafOf, ulong[] adds, IReadOnlyList<Split> splits)
    {
        int[] drawn = new int[Shape.Leaves];
        for (int row = 0; row < rows; row++)
        {
            drawn[leafOf[row]] += adds[row] == 0 ? 0 : 1;
        }

        int width = 1 << (Shape.Levels - splits.Count);
        int[] values = new int[Shape.Values];
        Parallel.For(
            0,
            Quantiles.Count,
            _parallel,
            quantile =>
            {
                LeafErrors mine = _errors[quantile];
                Span<int> into = values.AsSpan(quantile * Shape.Leaves, Shape.Leaves);
                mine.Group(errors[quantile], leafOf, adds, drawn);
                for (int leaf = 0; leaf < Shape.Leaves; leaf += width)
                {
                    into.Slice(leaf, width).Fill(mine.Value(leaf, width));
                }

                order.Project(into, drawn, mine, splits);
            }
        );
        return values;
    }
}
