using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MinaKyukyu.Forecasting.Trees;

/// <summary>Eight rows at once, where the processor has AVX2.</summary>
internal static class EightRows
{
    private const int Lanes = 8;

    /// <inheritdoc cref="SixteenRows.Add"/>
    public static void Add(
        SymmetricForest forest,
        ReadOnlySpan<float> columns,
        int stride,
        int from,
        int last,
        int padded,
        Span<int> sums,
        int pitch
    )
    {
        // Every column number was checked when the forest was made, every row by Predict: this loop reads without asking again.
        ref float cells = ref MemoryMarshal.GetReference(columns);
        ref int low = ref MemoryMarshal.GetReference(sums);
        ref int median = ref Unsafe.Add(ref low, pitch);
        ref int high = ref Unsafe.Add(ref low, 2 * pitch);
        for (int tree = 0; tree < forest.Trees; tree++)
        {
            ref int leaves = ref forest.Leaves[tree * Shape.Values];
            var first = new Decision(forest, tree, 0, stride);
            var second = new Decision(forest, tree, 1, stride);
            var third = new Decision(forest, tree, 2, stride);
            var fourth = new Decision(forest, tree, 3, stride);
            var fifth = new Decision(forest, tree, 4, stride);
            var sixth = new Decision(forest, tree, 5, stride);
            for (int at = 0; at < padded; at += Lanes)
            {
                nint row = Math.Min(from + at, last);
                Vector256<int> half = first.Asks(ref cells, row);
                Vector256<int> quarter = second.Asks(ref cells, row);
                Vector256<int> eighth = third.Asks(ref cells, row);
                Vector256<int> leaf =
                    fourth.Bit(ref cells, row)
                    | fifth.Bit(ref cells, row)
                    | sixth.Bit(ref cells, row);
                AddTo(ref low, at, half, quarter, eighth, leaf, ref leaves);
                AddTo(
                    ref median,
                    at,
                    half,
                    quarter,
                    eighth,
                    leaf,
                    ref Unsafe.Add(ref leaves, Shape.Leaves)
                );
                AddTo(
                    ref high,
                    at,
                    half,
                    quarter,
                    eighth,
                    leaf,
                    ref Unsafe.Add(ref leaves, 2 * Shape.Leaves)
                );
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(
        ref int sums,
        int at,
        Vector256<int> half,
        Vector256<int> quarter,
        Vector256<int> eighth,
        Vector256<int> leaf,
        ref int leaves
    )
    {
        Vector256<int> value = Avx2.BlendVariable(
            Avx2.BlendVariable(
                Pair(ref leaves, 0, eighth, leaf),
                Pair(ref leaves, 2, eighth, leaf),
                quarter
            ),
            Avx2.BlendVariable(
                Pair(ref leaves, 4, eighth, leaf),
                Pair(ref leaves, 6, eighth, leaf),
                quarter
            ),
            half
        );
        (Vector256.LoadUnsafe(ref sums, (nuint)at) + value).StoreUnsafe(ref sums, (nuint)at);
    }

    /// <summary>What two neighbouring registers of leaves say.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Pair(
        ref int leaves,
        int register,
        Vector256<int> eighth,
        Vector256<int> leaf
    ) =>
        Avx2.BlendVariable(
            Avx2.PermuteVar8x32(Vector256.LoadUnsafe(ref leaves, (nuint)(register * Lanes)), leaf),
            Avx2.PermuteVar8x32(
                Vector256.LoadUnsafe(ref leaves, (nuint)((register + 1) * Lanes)),
                leaf
            ),
            eighth
        );

    private readonly struct Decision
    {
        private readonly Vector256<float> _threshold;
        private readonly Vector256<float> _flip;
        private readonly Vector256<int> _bit;
        private readonly nint _column;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Decision(SymmetricForest forest, int tree, int level, int stride)
        {
            int at = (tree * Shape.Levels) + level;
            _threshold = Vector256.Create(forest.Thresholds[at]);
            _flip = Vector256.Create(forest.Flips[at]);
            _bit = Vector256.Create(Shape.BitOf(level));
            _column = (nint)forest.Asked[at] * stride;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<int> Asks(ref float cells, nint row) =>
            Vector256
                .GreaterThan(
                    Vector256.LoadUnsafe(ref cells, (nuint)(_column + row)) ^ _flip,
                    _threshold
                )
                .AsInt32();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<int> Bit(ref float cells, nint row) => Asks(ref cells, row) & _bit;
    }
}
