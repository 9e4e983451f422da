using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>
/// The scratch of one climb from a place to the top of the contracted roads, and its label: the ancestors that it reaches and
/// what that takes. Every fastest way climbs from its start and descends to its target, and meets at a rank that stands in the
/// labels of both. Used again and again; not safe for threads.
/// </summary>
internal sealed class Climb(ContractedRoads roads)
{
    private readonly int[] _time = Unreached(roads.NodeCount);
    private readonly int[] _labelRank = new int[roads.NodeCount == 0 ? 0 : 2 * roads.Height];
    private readonly int[] _labelTime = new int[roads.NodeCount == 0 ? 0 : 2 * roads.Height];
    private int _labelSize;

    /// <summary>Ranks of the last label, ascending.</summary>
    public ReadOnlySpan<int> Ranks => _labelRank.AsSpan(0, _labelSize);

    /// <summary>Milliseconds between the place and each of <see cref="Ranks"/>.</summary>
    public ReadOnlySpan<int> Times => _labelTime.AsSpan(0, _labelSize);

    /// <summary>Makes the label of a place with one or two ends.</summary>
    /// <param name="arcTimes"><see cref="ArcTimes.Up"/> for ways from the place, <see cref="ArcTimes.Down"/> for ways to it.</param>
    public void From(EdgeEnd one, EdgeEnd other, TimesByArc arcTimes)
    {
        int first = Begin(one);
        int second = Begin(other);
        _labelSize = 0;
        // Two ways to the top become one where they meet; the lower of the two is always the next.
        while (first >= 0 || second >= 0)
        {
            int rank = (int)Math.Min((uint)first, (uint)second);
            int parent = Leave(rank, arcTimes);
            (first, second) = (first == rank ? parent : first, second == rank ? parent : second);
        }
    }

    private int Begin(EdgeEnd end)
    {
        if (!end.Exists)
        {
            return -1;
        }

        int rank = roads.RankOf[end.Node];
        _time[rank] = Math.Min(_time[rank], end.Milliseconds);
        return rank;
    }

    /// <returns>The parent, read from the arcs that are at hand anyway: the lowest head, or −1 at a root.</returns>
    private int Leave(int rank, TimesByArc arcTimes)
    {
        int first = roads.UpFirst[rank];
        int end = roads.UpFirst[rank + 1];
        int parent = first < end ? roads.UpHead[first] : -1;
        int time = _time[rank];
        if (time >= EdgeWeights.Infinity)
        {
            return parent;
        }

        _time[rank] = EdgeWeights.Infinity;
        _labelRank[_labelSize] = rank;
        _labelTime[_labelSize++] = time;
        // The heads of a rank's arcs are its ancestors: each has its turn later in this climb and is cleared then.
        ref int head = ref MemoryMarshal.GetArrayDataReference(roads.UpHead);
        ref int arcTime = ref Unsafe.AsRef(in arcTimes.RowAt(rank, first));
        ref int reached = ref MemoryMarshal.GetArrayDataReference(_time);
        for (int arc = first; arc < end; arc++)
        {
            int longer = time + Unsafe.Add(ref arcTime, arc - first);
            ref int there = ref Unsafe.Add(ref reached, Unsafe.Add(ref head, arc));
            if (longer < there)
            {
                there = longer;
            }
        }

        return parent;
    }

    private static int[] Unreached(int count)
    {
        var times = new int[count];
        Array.Fill(times, EdgeWeights.Infinity);
        return times;
    }
}
