using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>A node beside a position and the milliseconds between the two, along a part of one edge.</summary>
/// <param name="Node">−1: there is no such node (the street is one-way).</param>
/// <param name="Edge">The edge driven in part, −1 where the position is the node.</param>
internal readonly record struct EdgeEnd(int Node, int Milliseconds, int Edge)
{
    public static readonly EdgeEnd None = new(-1, 0, -1);

    public bool Exists => Node >= 0;
}

/// <summary>
/// How a position is left and reached. Inside an edge at fraction f: left by its head after (1 − f) of it, and, where the street
/// is two-way, by its tail after f of its twin; reached the same two ways mirrored.
/// </summary>
internal readonly struct EdgeEnds(RoadGraph graph, EdgeWeights weights)
{
    public (EdgeEnd ByHead, EdgeEnd ByTail) Exits(RoadPosition position)
    {
        if (position.IsNode)
        {
            return (new EdgeEnd(position.Node, 0, -1), EdgeEnd.None);
        }

        int edge = position.Edge;
        int twin = graph.Twin(edge);
        int weight = weights.Within(edge);
        var byHead = new EdgeEnd(
            graph.Head[edge],
            weight - EdgeWeights.Part(weight, position.Fraction),
            edge
        );
        return twin < 0
            ? (byHead, EdgeEnd.None)
            : (
                byHead,
                new EdgeEnd(
                    graph.Head[twin],
                    EdgeWeights.Part(weights.Within(twin), position.Fraction),
                    twin
                )
            );
    }

    public (EdgeEnd ByTail, EdgeEnd ByHead) Entries(RoadPosition position)
    {
        if (position.IsNode)
        {
            return (new EdgeEnd(graph.ArrivalAt(position.Node), 0, -1), EdgeEnd.None);
        }

        int edge = position.Edge;
        int twin = graph.Twin(edge);
        var byTail = new EdgeEnd(
            graph.Tail[edge],
            EdgeWeights.Part(weights.Within(edge), position.Fraction),
            edge
        );
        if (twin < 0)
        {
            return (byTail, EdgeEnd.None);
        }

        int back = weights.Within(twin);
        return (
            byTail,
            new EdgeEnd(graph.Tail[twin], back - EdgeWeights.Part(back, position.Fraction), twin)
        );
    }

    /// <summary>Milliseconds without leaving the street, or <see cref="TravelTime.Unreachable"/> where that is not possible.</summary>
    public int Direct(RoadPosition source, RoadPosition target)
    {
        if (source.IsNode || target.IsNode)
        {
            return source.IsNode && source.Node == target.Node ? 0 : TravelTime.Unreachable;
        }

        if (source.Edge != target.Edge)
        {
            return TravelTime.Unreachable;
        }

        int along = source.Fraction <= target.Fraction ? source.Edge : graph.Twin(source.Edge);
        return along < 0
            ? TravelTime.Unreachable
            // The part between them, rather than the difference of two rounded parts, which could shrink as the street gets slower.
            : EdgeWeights.Part(weights.Within(along), Math.Abs(target.Fraction - source.Fraction));
    }
}
