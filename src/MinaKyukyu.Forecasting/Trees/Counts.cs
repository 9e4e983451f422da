using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MinaKyukyu.Forecasting.Trees;

/// <summary>
/// Counts of rows by leaf and bin of one feature: how many, and how many of them lie above what is predicted of each quantile.
/// Whole numbers, so their sums do not depend on any order. Four counts of 16 bits are added at once, and emptied into wide ones
/// before any of them can run over.
/// </summary>
internal sealed class Counts
{
    public const int Bins = 256;

    private const int Lanes = 4;
    private const int MostAtOnce = ushort.MaxValue;

    private readonly ulong[] _packed = new ulong[Shape.Leaves / 2 * Bins];
    private readonly int[] _wide = new int[Shape.Leaves / 2 * Bins * Lanes];

    /// <summary>What a row adds: one to the number of rows, and one for each quantile that it lies above.</summary>
    public static ulong Of(bool isAboveLow, bool isAboveMedian, bool isAboveHigh) =>
        1UL
        | (isAboveLow ? 1UL << 16 : 0)
        | (isAboveMedian ? 1UL << 32 : 0)
        | (isAboveHigh ? 1UL << 48 : 0);

    /// <summary>Four for each bin of a leaf: rows, and rows above each quantile.</summary>
    public ReadOnlySpan<int> Leaf(int leaf) => _wide.AsSpan(leaf * Bins * Lanes, Bins * Lanes);

    /// <param name="leafOf">Of each row, less than <paramref name="leaves"/>.</param>
    /// <param name="adds">What each row adds; 0 for one that was not drawn.</param>
    public void Count(
        ReadOnlySpan<byte> bins,
        ReadOnlySpan<byte> leafOf,
        ReadOnlySpan<ulong> adds,
        int leaves
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leaves, Shape.Leaves / 2);

        int cells = leaves * Bins;
        _wide.AsSpan(0, cells * Lanes).Clear();
        for (int from = 0; from < bins.Length; from += MostAtOnce)
        {
            int rows = Math.Min(MostAtOnce, bins.Length - from);
            Add(bins.Slice(from, rows), leafOf.Slice(from, rows), adds.Slice(from, rows));
            Empty(cells);
        }
    }

    private void Add(ReadOnlySpan<byte> bins, ReadOnlySpan<byte> leafOf, ReadOnlySpan<ulong> adds)
    {
        // The cell is in range: a leaf is masked to those that fit, a bin is a byte.
        ref ulong cells = ref MemoryMarshal.GetArrayDataReference(_packed);
        for (int row = 0; row < bins.Length && row < leafOf.Length && row < adds.Length; row++)
        {
            int cell = ((leafOf[row] & ((Shape.Leaves / 2) - 1)) * Bins) + bins[row];
            Unsafe.Add(ref cells, cell) += adds[row];
        }
    }

    private void Empty(int cells)
    {
        for (int cell = 0; cell < cells; cell++)
        {
            ulong packed = _packed[cell];
            if (packed != 0)
            {
                _packed[cell] = 0;
                Span<int> wide = _wide.AsSpan(cell * Lanes, Lanes);
                wide[0] += (ushort)packed;
                wide[1] += (ushort)(packed >> 16);
                wide[2] += (ushort)(packed >> 32);
                wide[3] += (ushort)(packed >> 48);
            }
        }
    }
}
