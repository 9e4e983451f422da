using System.Numerics;
using System.Runtime.InteropServices;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>
/// The places that can climb to one rank, and what that takes: a short list while they are few, one row with a number for every
/// place as soon as they are many, since a row is read eight places at a time.
/// </summary>
internal sealed class Bucket
{
    private const int FirstSize = 4;

    /// <summary>A place's share of a row costs an eighth of a list's entry and less; below this many a list is never too long.</summary>
    private const int LongestShortList = 8;

    private int[] _places = new int[FirstSize];
    private int[] _times = new int[FirstSize];
    private int[]? _row;
    private int _count;

    /// <param name="capacity">Places there can be, a multiple of the width of a vector.</param>
    public void Put(int place, int time, int capacity)
    {
        if (_row is not null)
        {
            _row[place] = time;
            return;
        }

        int at = _places.AsSpan(0, _count).IndexOf(place);
        if (at >= 0)
        {
            _times[at] = time;
            return;
        }

        if (_count == _places.Length)
        {
            Array.Resize(ref _places, 2 * _count);
            Array.Resize(ref _times, 2 * _count);
        }

        (_places[_count], _times[_count]) = (place, time);
        _count++;
        if (_count > Math.Max(LongestShortList, capacity / 24))
        {
            BecomeRow(capacity);
        }
    }

    public void Remove(int place)
    {
        if (_row is not null)
        {
            _row[place] = EdgeWeights.Infinity;
            return;
        }

        int at = _places.AsSpan(0, _count).IndexOf(place);
        if (at >= 0)
        {
            _count--;
            (_places[at], _times[at]) = (_places[_count], _times[_count]);
        }
    }

    /// <summary>Lowers each place's best time to that over this rank, where it is less.</summary>
    /// <param name="best">By place; as long as the capacity.</param>
    public void Lower(Span<int> best, int beyond)
    {
        if (_row is null)
        {
            for (int i = 0; i < _count; i++)
            {
                ref int time = ref best[_places[i]];
                time = Math.Min(time, _times[i] + beyond);
            }

            return;
        }

        var more = new Vector<int>(beyond);
        Span<Vector<int>> lowest = MemoryMarshal.Cast<int, Vector<int>>(best);
        ReadOnlySpan<Vector<int>> row = MemoryMarshal.Cast<int, Vector<int>>(_row);
        for (int i = 0; i < lowest.Length && i < row.Length; i++)
        {
            lowest[i] = Vector.Min(lowest[i], row[i] + more);
        }
    }

    private void BecomeRow(int capacity)
    {
        _row = new int[capacity];
        Array.Fill(_row, EdgeWeights.Infinity);
        for (int i = 0; i < _count; i++)
        {
            _row[_places[i]] = _times[i];
        }

        (_places, _times) = ([], []);
    }
}
