using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>
/// A climb that remembers how it came to each rank: for ways, where <see cref="Climb"/> is for times. Used again and again; not
/// safe for threads.
/// </summary>
internal sealed class TracedClimb(ContractedRoads roads)
{
    private readonly int[] _time = Unreached(roads.NodeCount);
    private readonly int[] _arc = new int[roads.NodeCount];
    private readonly int[] _ranks = new int[roads.NodeCount == 0 ? 0 : 2 * roads.Height];
    private int _size;
    private EdgeEnd _one = EdgeEnd.None;
    private EdgeEnd _other = EdgeEnd.None;

    /// <summary>Ranks reached, ascending.</summary>
    public ReadOnlySpan<int> Ranks => _ranks.AsSpan(0, _size);

    /// <summary>Climbs from a place with one or two ends; what was climbed before is forgotten.</summary>
    /// <param name="arcTimes"><see cref="ArcTimes.Up"/> for ways from the place, <see cref="ArcTimes.Down"/> for ways to it.</param>
    public void From(EdgeEnd one, EdgeEnd other, TimesByArc arcTimes)
    {
        foreach (int rank in Ranks)
        {
            _time[rank] = EdgeWeights.Infinity;
        }

        _size = 0;
        (_one, _other) = (one, other);
        int first = Begin(one);
        int second = Begin(other);
        // Two ways to the top become one where they meet; the lower of the two is always the next.
        while (first >= 0 || second >= 0)
        {
            int rank = (int)Math.Min((uint)first, (uint)second);
            Leave(rank, arcTimes);
            int parent = roads.Parent[rank];
            (first, second) = (first == rank ? parent : first, second == rank ? parent : second);
        }
    }

    public int TimeTo(int rank) => _time[rank];

    /// <summary>The arc by which the climb came to the rank; −1 where it began there.</summary>
    public int ArcTo(int rank) => _arc[rank];

    /// <summary>The end of the place at which the climb to the rank began.</summary>
    public EdgeEnd EndBelow(int rank)
    {
        for (int arc = _arc[rank]; arc >= 0; arc = _arc[rank])
        {
            rank = roads.UpTail[arc];
        }

        bool isByOne =
            _one.Exists && roads.RankOf[_one.Node] == rank && _one.Milliseconds == _time[rank];
        return isByOne ? _one : _other;
    }

    private int Begin(EdgeEnd end)
    {
        if (!end.Exists)
        {
            return -1;
        }

        int rank = roads.RankOf[end.Node];
        Reach(rank, end.Milliseconds, -1);
        return rank;
    }

    private void Leave(int rank, TimesByArc arcTimes)
    {
        int time = _time[rank];
        if (time >= EdgeWeights.Infinity)
        {
            return;
        }

        _ranks[_size++] = rank;
        int arc = roads.UpFirst[rank];
        foreach (int arcTime in arcTimes.Row(rank))
        {
            Reach(roads.UpHead[arc], time + arcTime, arc++);
        }
    }

    private void Reach(int rank, int milliseconds, int arc)
    {
        if (milliseconds < _time[rank])
        {
            (_time[rank], _arc[rank]) = (milliseconds, arc);
        }
    }

    private static int[] Unreached(int count)
    {
        var times = new int[count];
        Array.Fill(times, EdgeWeights.Infinity);
        return times;
    }
}
