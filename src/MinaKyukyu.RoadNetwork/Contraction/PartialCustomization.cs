using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.Contraction;

/// <summary>
/// Brings the change of a few edges to a metric: the arcs they became are reckoned again from their streets and lower
/// triangles, and where one changed, the arcs above it as well. The result is, bit for bit, that of <see cref="Customization"/>.
/// Keeps its scratch for the next change. Not safe for threads.
/// </summary>
internal sealed class PartialCustomization(ContractedRoads roads)
{
    // Arcs are numbered by their lower rank, so the arc with the lowest number never depends on another one still waiting.
    private readonly PriorityQueue<int, int> _waiting = new();
    private readonly HashSet<int> _isWaiting = [];

    /// <param name="before">The metric as it was.</param>
    /// <param name="weights">The new weights.</param>
    /// <param name="changedEdges">Those that differ from what <paramref name="before"/> was made of.</param>
    public ArcTimes Apply(ArcTimes before, EdgeWeights weights, ReadOnlySpan<int> changedEdges)
    {
        foreach (int edge in changedEdges)
        {
            Await(roads.ArcOfEdge[edge]);
        }

        TimesByArc.Draft ups = new(before.Up);
        TimesByArc.Draft downs = new(before.Down);
        while (_waiting.TryDequeue(out int arc, out _))
        {
            _isWaiting.Remove(arc);
            (int up, int down) = Reckon(arc, weights, ups, downs);
            if (up == ups[arc] && down == downs[arc])
            {
                continue;
            }

            (int upBefore, int downBefore) = (ups[arc], downs[arc]);
            (ups[arc], downs[arc]) = (up, down);
            AwaitAbove(arc, (upBefore, downBefore), ups, downs);
        }

        return new ArcTimes(ups.Finish(), downs.Finish());
    }

    private (int Up, int Down) Reckon(
        int arc,
        EdgeWeights weights,
        TimesByArc.Draft ups,
        TimesByArc.Draft downs
    )
    {
        int up = EdgeWeights.Infinity;
        int down = EdgeWeights.Infinity;
        for (int at = roads.EdgeFirst[arc]; at < roads.EdgeFirst[arc + 1]; at++)
        {
            int edge = roads.Edges[at];
            if (roads.LeadsUp[edge])
            {
                up = Math.Min(up, weights.Through(edge));
            }
            else
            {
                down = Math.Min(down, weights.Through(edge));
            }
        }

        var triangles = new LowerTriangles(roads, arc);
        while (triangles.Next())
        {
            up = Math.Min(up, downs[triangles.ToLow] + ups[triangles.ToHigh]);
            down = Math.Min(down, downs[triangles.ToHigh] + ups[triangles.ToLow]);
        }

        return (up, down);
    }

    /// <summary>
    /// The arcs that have a triangle with this one below them lie between its head and each other head of its tail. One of them can only
    /// change if its time came by that triangle, or if the triangle is now faster than its time.
    /// </summary>
    private void AwaitAbove(
        int arc,
        (int Up, int Down) before,
        TimesByArc.Draft ups,
        TimesByArc.Draft downs
    )
    {
        int tail = roads.UpTail[arc];
        int head = roads.UpHead[arc];
        (int up, int down) = (ups[arc], downs[arc]);
        for (int other = roads.UpFirst[tail]; other < roads.UpFirst[tail + 1]; other++)
        {
            int otherHead = roads.UpHead[other];
            if (otherHead == head)
            {
                continue;
            }

            int above = roads.FindArc(Math.Min(head, otherHead), Math.Max(head, otherHead));
            (TimesByArc.Draft there, TimesByArc.Draft back) =
                head < otherHead ? (ups, downs) : (downs, ups);
            if (
                Matters(before.Down + ups[other], down + ups[other], there[above])
                || Matters(before.Up + downs[other], up + downs[other], back[above])
            )
            {
                Await(above);
            }
        }

        static bool Matters(int triangleBefore, int triangle, int time) =>
            triangle != triangleBefore && (triangleBefore == time || triangle < time);
    }

    private void Await(int arc)
    {
        if (_isWaiting.Add(arc))
        {
            _waiting.Enqueue(arc, arc);
        }
    }
}
