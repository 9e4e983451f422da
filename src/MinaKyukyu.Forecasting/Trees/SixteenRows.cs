using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MinaKyukyu.Forecasting.Trees;

/// <summary>Sixteen rows at once, where the processor has vectors of 512 bits.</summary>
internal static class SixteenRows
{
    private const int Lanes = 16;

    /// <summary>Adds what all trees say of rows <paramref name="from"/> … to <paramref name="sums"/>, vector after vector.</summary>
    /// <param name="last">No vector starts at a later row.</param>
    /// <param name="padded">Sums of each quantile that are wanted: whole vectors.</param>
    /// <param name="pitch">From the sums of one quantile to those of the next.</param>
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
            ReadOnlySpan<int> leaves = forest.Leaves.AsSpan(tree * Shape.Values, Shape.Values);
            var lowLeaves = new Leaves(leaves[..Shape.Leaves]);
            var medianLeaves = new Leaves(leaves.Slice(Shape.Leaves, Shape.Leaves));
            var highLeaves = new Leaves(leaves[(2 * Shape.Leaves)..]);
            var first = new Decision(forest, tree, 0, stride);
            var second = new Decision(forest, tree, 1, stride);
            var third = new Decision(forest, tree, 2, stride);
            var fourth = new Decision(forest, tree, 3, stride);
            var fifth = new Decision(forest, tree, 4, stride);
            var sixth = new Decision(forest, tree, 5, stride);
            for (int at = 0; at < padded; at += Lanes)
            {
                nint row = Math.Min(from + at, last);
                Vector512<float> isHigherHalf = first.Asks(ref cells, row);
                Vector512<int> leaf =
                    second.Bit(ref cells, row)
                    | third.Bit(ref cells, row)
                    | fourth.Bit(ref cells, row)
                    | fifth.Bit(ref cells, row)
                    | sixth.Bit(ref cells, row);
                lowLeaves.AddTo(ref low, at, isHigherHalf, leaf);
                medianLeaves.AddTo(ref median, at, isHigherHalf, leaf);
                highLeaves.AddTo(ref high, at, isHigherHalf, leaf);
            }
        }
    }

    private readonly struct Decision
    {
        private readonly Vector512<float> _threshold;
        private readonly Vector512<float> _flip;
        private readonly Vector512<int> _bit;
        private readonly nint _column;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Decision(SymmetricForest forest, int tree, int level, int stride)
        {
            int at = (tree * Shape.Levels) + level;
            _threshold = Vector512.Create(forest.Thresholds[at]);
            _flip = Vector512.Create(forest.Flips[at]);
            _bit = Vector512.Create(Shape.BitOf(level));
            _column = (nint)forest.Asked[at] * stride;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<float> Asks(ref float cells, nint row) =>
            Vector512.GreaterThan(
                Vector512.LoadUnsafe(ref cells, (nuint)(_column + row)) ^ _flip,
                _threshold
            );

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<int> Bit(ref float cells, nint row) =>
            Asks(ref cells, row).AsInt32() & _bit;
    }

    private readonly struct Leaves
    {
        private readonly Vector512<int> _0;
        private readonly Vector512<int> _1;
        private readonly Vector512<int> _2;
        private readonly Vector512<int> _3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Leaves(ReadOnlySpan<int> values)
        {
            _0 = Vector512.Create(values);
            _1 = Vector512.Create(values[Lanes..]);
            _2 = Vector512.Create(values[(2 * Lanes)..]);
            _3 = Vector512.Create(values[(3 * Lanes)..]);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void AddTo(ref int sums, int at, Vector512<float> isHigherHalf, Vector512<int> leaf)
        {
            Vector512<int> value = Vector512.ConditionalSelect(
                isHigherHalf.AsInt32(),
                Avx512F.PermuteVar16x32x2(_2, leaf, _3),
                Avx512F.PermuteVar16x32x2(_0, leaf, _1)
            );
            (Vector512.LoadUnsafe(ref sums, (nuint)at) + value).StoreUnsafe(ref sums, (nuint)at);
        }
    }
}
