using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>A climb that remembers how it came to each rank. For one way on the map, not for many times.</summary>
internal sealed class TracedClimb
{
    private readonly ContractedRoads _roads;
    private readonly SortedSet<int> _left = [];
    private readonly Dictionary<int, Reached> _reached = [];

    public TracedClimb(ContractedRoads roads, int[] arcTimes, EdgeEnd one, EdgeEnd other)
    {
        _roads = roads;
        Begin(one);
        Begin(other);
        while (_left.Count > 0)
        {
            int rank = _left.Min;
            _left.Remove(rank);
            int time = _reached[rank].Milliseconds;
            for (int arc = roads.UpFirst[rank]; arc < roads.UpFirst[rank + 1]; arc++)
            {
                Reach(roads.UpHead[arc], new Reached(time + arcTimes[arc], arc, EdgeEnd.None));
            }
        }
    }

    /// <summary>Ranks reached, ascending.</summary>
    public IEnumerable<int> Ranks => _reached.Keys.Order();

    public int TimeTo(int rank) =>
        _reached.TryGetValue(rank, out Reached reached)
            ? reached.Milliseconds
            : EdgeWeights.Infinity;

    /// <summary>The arcs climbed to the rank, from the top down.</summary>
    public IEnumerable<int> ArcsTo(int rank)
    {
        for (int arc = _reached[rank].Arc; arc >= 0; arc = _reached[rank].Arc)
        {
            yield return arc;
            rank = _roads.UpTail[arc];
        }
    }

    /// <summary>The end of the place at which the climb to the rank began.</summary>
    public EdgeEnd EndBelow(int rank)
    {
        foreach (int arc in ArcsTo(rank))
        {
            rank = _roads.UpTail[arc];
        }

        return _reached[rank].Begun;
    }

    private void Begin(EdgeEnd end)
    {
        if (end.Exists)
        {
            Reach(_roads.RankOf[end.Node], new Reached(end.Milliseconds, -1, end));
        }
    }

    private void Reach(int rank, Reached way)
    {
        if (way.Milliseconds < TimeTo(rank))
        {
            _reached[rank] = way;
            _left.Add(rank);
        }
    }

    private readonly record struct Reached(int Milliseconds, int Arc, EdgeEnd Begun);
}
