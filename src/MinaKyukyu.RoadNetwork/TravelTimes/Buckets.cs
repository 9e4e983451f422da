using System.Numerics;
using System.Runtime.InteropServices;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>
/// For every rank the places that can climb to it, and what that takes: a short list while they are few, one row with a number
/// for every place as soon as they are many, since a row is read eight places at a time. Lists are blocks of one slab; a block
/// that is no longer needed is the first to be used again, while it is still in the cache. Not safe for threads.
/// </summary>
internal sealed class Buckets
{
    private const int SmallestBlock = 4;

    /// <summary>A place's share of a row costs an eighth of a list's entry and less; below this many a list is never too long.</summary>
    private const int LongestShortList = 8;

    private const int IsRow = -1;
    private const int NoBlock = -1;

    private readonly Slot[] _slots;
    private readonly List<int[]> _rows = [];
    private readonly int[] _freeBlocks = [.. Enumerable.Repeat(NoBlock, 32)];
    private readonly int _longestList;
    private Entry[] _slab = new Entry[1_024];
    private int _used;

    public Buckets(int ranks, int places)
    {
        _slots = new Slot[ranks];
        int width = Vector<int>.Count;
        Width = (places + width - 1) / width * width;
        _longestList = Math.Max(LongestShortList, Width / 24);
    }

    /// <summary>Places there can be, rounded up to whole vectors.</summary>
    public int Width { get; }

    /// <summary>The place can climb to the rank, and could not before.</summary>
    public void Add(int rank, int place, int time)
    {
        ref Slot slot = ref _slots[rank];
        if (slot.Count == IsRow)
        {
            _rows[slot.First][place] = time;
            return;
        }

        if (slot.Count == _longestList)
        {
            BecomeRow(ref slot)[place] = time;
            return;
        }

        if (slot.Count == 0)
        {
            slot.First = Take(0);
        }
        else if (slot.Count == SmallestBlock << slot.SizeClass)
        {
            Grow(ref slot);
        }

        _slab[slot.First + slot.Count] = new Entry(place, time);
        slot.Count++;
    }

    /// <summary>The place, which could climb to the rank before, takes another time now.</summary>
    public void Change(int rank, int place, int time)
    {
        Slot slot = _slots[rank];
        if (slot.Count == IsRow)
        {
            _rows[slot.First][place] = time;
        }
        else
        {
            _slab[Find(slot, place)] = new Entry(place, time);
        }
    }

    /// <summary>The place can no longer climb to the rank.</summary>
    public void Remove(int rank, int place)
    {
        ref Slot slot = ref _slots[rank];
        if (slot.Count == IsRow)
        {
            _rows[slot.First][place] = EdgeWeights.Infinity;
            return;
        }

        slot.Count--;
        _slab[Find(slot, place)] = _slab[slot.First + slot.Count];
        if (slot.Count == 0)
        {
            Free(slot.First, slot.SizeClass);
            slot = default;
        }
    }

    /// <summary>Lowers each place's best time to that over the rank, where it is less.</summary>
    /// <param name="best">By place; as long as <see cref="Width"/>.</param>
    /// <param name="beyond">What it takes between the rank and the place that is asked about.</param>
    public void Lower(int rank, Span<int> best, int beyond)
    {
        Slot slot = _slots[rank];
        if (slot.Count == IsRow)
        {
            LowerByRow(best, _rows[slot.First], beyond);
            return;
        }

        foreach (Entry entry in _slab.AsSpan(slot.First, slot.Count))
        {
            ref int time = ref best[entry.Place];
            time = Math.Min(time, entry.Time + beyond);
        }
    }

    private static void LowerByRow(Span<int> best, ReadOnlySpan<int> times, int beyond)
    {
        var more = new Vector<int>(beyond);
        Span<Vector<int>> lowest = MemoryMarshal.Cast<int, Vector<int>>(best);
        ReadOnlySpan<Vector<int>> row = MemoryMarshal.Cast<int, Vector<int>>(times);
        for (int i = 0; i < lowest.Length && i < row.Length; i++)
        {
            lowest[i] = Vector.Min(lowest[i], row[i] + more);
        }
    }

    /// <summary>The entry of a place, or, where the last one was just taken off the count, that one.</summary>
    private int Find(Slot slot, int place)
    {
        int at = slot.First;
        int last = slot.First + slot.Count;
        while (at < last && _slab[at].Place != place)
        {
            at++;
        }

        return at;
    }

    private void Grow(ref Slot slot)
    {
        int larger = Take(slot.SizeClass + 1);
        _slab.AsSpan(slot.First, slot.Count).CopyTo(_slab.AsSpan(larger));
        Free(slot.First, slot.SizeClass);
        slot.First = larger;
        slot.SizeClass++;
    }

    private int[] BecomeRow(ref Slot slot)
    {
        var row = new int[Width];
        Array.Fill(row, EdgeWeights.Infinity);
        foreach (Entry entry in _slab.AsSpan(slot.First, slot.Count))
        {
            row[entry.Place] = entry.Time;
        }

        Free(slot.First, slot.SizeClass);
        slot = new Slot { First = _rows.Count, Count = IsRow };
        _rows.Add(row);
        return row;
    }

    /// <summary>A block of that size class, which doubles from one to the next. A free one holds the number of the next free one.</summary>
    private int Take(int sizeClass)
    {
        int block = _freeBlocks[sizeClass];
        if (block != NoBlock)
        {
            _freeBlocks[sizeClass] = _slab[block].Place;
            return block;
        }

        block = _used;
        _used += SmallestBlock << sizeClass;
        if (_used > _slab.Length)
        {
            Array.Resize(ref _slab, Math.Max(2 * _slab.Length, _used));
        }

        return block;
    }

    private void Free(int block, int sizeClass)
    {
        _slab[block] = new Entry(_freeBlocks[sizeClass], 0);
        _freeBlocks[sizeClass] = block;
    }

    private readonly record struct Entry(int Place, int Time);

    /// <summary>Where the places of a rank stand: their block and number, or their row and <see cref="IsRow"/>.</summary>
    private struct Slot
    {
        public int First;
        public short Count;
        public short SizeClass;
    }
}
