using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>One way, street by street: up from the source, down to the target, every shortcut taken apart into its streets.</summary>
internal sealed class FastestWay(Metric metric)
{
    private readonly ContractedRoads _roads = metric.Roads;
    private readonly List<int> _edges = [];

    public Route? Find(RoadPosition source, RoadPosition target)
    {
        (EdgeEnd One, EdgeEnd Other) exits = metric.Ends.Exits(source);
        (EdgeEnd One, EdgeEnd Other) entries = metric.Ends.Entries(target);
        var up = new TracedClimb(_roads, metric.Times.Up, exits.One, exits.Other);
        var down = new TracedClimb(_roads, metric.Times.Down, entries.One, entries.Other);
        (int top, int milliseconds) = Meet(up, down);
        int direct = metric.Ends.Direct(source, target);
        var sketch = new RouteSketch(metric.Graph, metric.Weights);
        if (TravelTime.IsReachable(direct) && direct <= milliseconds)
        {
            sketch.DriveWithin(source, target, direct);
            return sketch.Finish(source, direct);
        }

        if (top < 0)
        {
            return null;
        }

        foreach (int arc in up.ArcsTo(top).Reverse())
        {
            Unpack(arc, goesUp: true);
        }

        foreach (int arc in down.ArcsTo(top))
        {
            Unpack(arc, goesUp: false);
        }

        sketch.Leave(source, up.EndBelow(top));
        foreach (int edge in _edges)
        {
            sketch.Drive(edge, metric.Weights.Through(edge));
        }

        sketch.Enter(target, down.EndBelow(top));
        return sketch.Finish(source, milliseconds);
    }

    /// <summary>The rank at which the two climbs meet earliest; of equal ones the lowest. −1 where they never do.</summary>
    private static (int Rank, int Milliseconds) Meet(TracedClimb up, TracedClimb down)
    {
        (int Rank, int Milliseconds) best = (-1, EdgeWeights.Infinity);
        foreach (int rank in up.Ranks)
        {
            int sum = up.TimeTo(rank) + down.TimeTo(rank);
            if (sum < best.Milliseconds)
            {
                best = (rank, sum);
            }
        }

        return best;
    }

    /// <summary>The streets of an arc in driving order: one street of its own weight, or the two sides of a lower triangle.</summary>
    private void Unpack(int arc, bool goesUp)
    {
        var left = new Stack<(int Arc, bool GoesUp)>();
        left.Push((arc, goesUp));
        while (left.TryPop(out (int Arc, bool GoesUp) part))
        {
            int time = (part.GoesUp ? metric.Times.Up : metric.Times.Down)[part.Arc];
            int street = StreetOf(part.Arc, part.GoesUp, time);
            if (street >= 0)
            {
                _edges.Add(street);
                continue;
            }

            (int first, int second) = SidesOf(part.Arc, part.GoesUp, time);
            left.Push((second, true));
            left.Push((first, false));
        }
    }

    private int StreetOf(int arc, bool goesUp, int time)
    {
        for (int at = _roads.EdgeFirst[arc]; at < _roads.EdgeFirst[arc + 1]; at++)
        {
            int edge = _roads.Edges[at];
            if (_roads.LeadsUp[edge] == goesUp && metric.Weights.Through(edge) == time)
            {
                return edge;
            }
        }

        return -1;
    }

    /// <summary>The side driven down to the lower rank, then the side driven up from it.</summary>
    private (int Down, int Up) SidesOf(int arc, bool goesUp, int time)
    {
        ArcTimes times = metric.Times;
        var triangles = new LowerTriangles(_roads, arc);
        while (triangles.Next())
        {
            (int first, int second) = goesUp
                ? (triangles.ToLow, triangles.ToHigh)
                : (triangles.ToHigh, triangles.ToLow);
            if (times.Down[first] + times.Up[second] == time)
            {
                return (first, second);
            }
        }

        throw new InvalidOperationException("An arc's time belongs to no street and no triangle.");
    }
}
