using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MinaKyukyu.Forecasting.Trees;

/// <summary>How many rows are walked at once.</summary>
internal enum KernelWidth
{
    One = 1,
    Eight = 8,
    Sixteen = 16,
}

/// <summary>
/// Walks rows through the trees. Values are whole numbers, so the bits are the same at every width and on every machine. A vector
/// of rows looks its leaves up by permuting registers: the leaves of one quantile of one tree are four registers of sixteen or
/// eight of eight, and the first decisions choose between what the last decisions picked.
/// </summary>
internal static class ForestKernel
{
    /// <summary>Rows that are carried through all trees together; their sums stay in the nearest cache.</summary>
    private const int Block = 512;

    public static KernelWidth Widest { get; } =
        IsSupported(KernelWidth.Sixteen) ? KernelWidth.Sixteen
        : IsSupported(KernelWidth.Eight) ? KernelWidth.Eight
        : KernelWidth.One;

    public static bool IsSupported(KernelWidth width) =>
        width switch
        {
            KernelWidth.Sixteen => Avx512F.IsSupported && Vector512.IsHardwareAccelerated,
            KernelWidth.Eight => Avx2.IsSupported,
            _ => true,
        };

    public static void Predict(
        SymmetricForest forest,
        ReadOnlySpan<float> columns,
        int stride,
        Span<float> low,
        Span<float> median,
        Span<float> high,
        KernelWidth width
    )
    {
        Span<int> sums = stackalloc int[Quantiles.Count * Block];
        for (int from = 0; from < low.Length; from += Block)
        {
            int rows = Math.Min(Block, low.Length - from);

            // A last vector that would hang over the end starts earlier; too few rows for one go one by one.
            KernelWidth fitting = (int)width <= low.Length ? width : KernelWidth.One;
            int lanes = (int)fitting;
            int padded = (rows + lanes - 1) / lanes * lanes;
            for (int quantile = 0; quantile < Quantiles.Count; quantile++)
            {
                sums.Slice(quantile * Block, padded).Fill(forest.Starts[quantile]);
            }

            int last = low.Length - lanes;
            switch (fitting)
            {
                case KernelWidth.Sixteen:
                    SixteenRows.Add(forest, columns, stride, from, last, padded, sums, Block);
                    break;
                case KernelWidth.Eight:
                    EightRows.Add(forest, columns, stride, from, last, padded, sums, Block);
                    break;
                default:
                    Add(forest, columns, stride, from, rows, sums);
                    break;
            }

            // The vector that started earlier carries rows of the one before it in its first lanes.
            int whole = Math.Min(padded, Math.Max(0, (last - from + lanes) / lanes * lanes));
            Sort(forest.Step, sums, 0, whole, low[from..], median[from..], high[from..]);
            int hanging = rows - whole;
            if (hanging > 0)
            {
                int to = from + whole;
                Sort(
                    forest.Step,
                    sums,
                    padded - hanging,
                    hanging,
                    low[to..],
                    median[to..],
                    high[to..]
                );
            }
        }
    }

    private static void Add(
        SymmetricForest forest,
        ReadOnlySpan<float> columns,
        int stride,
        int from,
        int rows,
        Span<int> sums
    )
    {
        for (int tree = 0; tree < forest.Trees; tree++)
        {
            ReadOnlySpan<int> asked = forest.Asked.AsSpan(tree * Shape.Levels, Shape.Levels);
            ReadOnlySpan<float> thresholds = forest.Thresholds.AsSpan(
                tree * Shape.Levels,
                Shape.Levels
            );
            ReadOnlySpan<float> flips = forest.Flips.AsSpan(tree * Shape.Levels, Shape.Levels);
            ReadOnlySpan<int> leaves = forest.Leaves.AsSpan(tree * Shape.Values, Shape.Values);
            for (int row = 0; row < rows; row++)
            {
                int leaf = 0;
                for (int level = 0; level < Shape.Levels; level++)
                {
                    float value = columns[(asked[level] * stride) + from + row];
                    value = float.IsNegative(flips[level]) ? -value : value;
                    leaf = (leaf << 1) | (value > thresholds[level] ? 1 : 0);
                }

                sums[row] += leaves[leaf];
                sums[Block + row] += leaves[Shape.Leaves + leaf];
                sums[(2 * Block) + row] += leaves[(2 * Shape.Leaves) + leaf];
            }
        }
    }

    private static void Sort(
        float step,
        ReadOnlySpan<int> sums,
        int at,
        int count,
        Span<float> low,
        Span<float> median,
        Span<float> high
    )
    {
        ReadOnlySpan<int> first = sums.Slice(at, count);
        ReadOnlySpan<int> second = sums.Slice(Block + at, count);
        ReadOnlySpan<int> third = sums.Slice((2 * Block) + at, count);
        for (int row = 0; row < count; row++)
        {
            int lower = Math.Min(first[row], second[row]);
            int upper = Math.Max(first[row], second[row]);
            low[row] = Math.Min(lower, third[row]) * step;
            median[row] = Math.Max(lower, Math.Min(upper, third[row])) * step;
            high[row] = Math.Max(upper, third[row]) * step;
        }
    }
}
