using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>
/// Ways to one target, street by street: up from the source, down to the target, every shortcut taken apart into its streets. Used
/// again and again, with one target and metric after another; not safe for threads.
/// </summary>
internal sealed class FastestWay(ContractedRoads roads, RoadGraph graph)
{
    private const int NoWay = -1;
    private const int SameStreet = -2;

    private readonly TracedClimb _up = new(roads);
    private readonly TracedClimb _down = new(roads);
    private readonly Stack<(int Arc, bool GoesUp)> _left = new();
    private readonly RouteSketch _sketch = new(graph);
    private readonly ArcParts _parts = new(roads);
    private readonly ArcLengths _lengths = new(roads, graph);
    private RoadPosition _target;

    /// <summary>Every way from now on leads there, by this metric. It is not kept: an old one is large.</summary>
    public void To(RoadPosition target, Metric metric)
    {
        _target = target;
        (EdgeEnd one, EdgeEnd other) = metric.Ends.Entries(target);
        _down.From(one, other, metric.Times.Down);
    }

    /// <summary>Null where there is no way.</summary>
    /// <param name="metric">That of <see cref="To"/>.</param>
    public Route? Draw(RoadPosition source, Metric metric) =>
        Follow(source, metric) is { } milliseconds
            ? _sketch.Draw(source, milliseconds, metric.Weights)
            : null;

    /// <inheritdoc cref="Draw"/>
    public WayLengths? Measure(RoadPosition source, Metric metric)
    {
        _sketch.Clear();
        (int top, _) = Climb(source, metric);
        if (top < 0)
        {
            return top == NoWay ? null : _sketch.Measure();
        }

        _sketch.Leave(source, _up.EndBelow(top));
        _sketch.Enter(_target, _down.EndBelow(top));
        WayLengths lengths = _sketch.Measure();
        _lengths.Follow(metric);
        for (int arc = _up.ArcTo(top); arc >= 0; arc = _up.ArcTo(roads.UpTail[arc]))
        {
            lengths += _lengths.Of(arc, goesUp: true, metric);
        }

        for (int arc = _down.ArcTo(top); arc >= 0; arc = _down.ArcTo(roads.UpTail[arc]))
        {
            lengths += _lengths.Of(arc, goesUp: false, metric);
        }

        return lengths;
    }

    private int? Follow(RoadPosition source, Metric metric)
    {
        _sketch.Clear();
        (int top, int milliseconds) = Climb(source, metric);
        if (top < 0)
        {
            return top == NoWay ? null : milliseconds;
        }

        _sketch.Leave(source, _up.EndBelow(top));
        // From the top down: the arc that is driven first is the last one laid on the pile.
        for (int arc = _up.ArcTo(top); arc >= 0; arc = _up.ArcTo(roads.UpTail[arc]))
        {
            _left.Push((arc, true));
        }

        DriveWhatIsLeft(metric);
        for (int arc = _down.ArcTo(top); arc >= 0; arc = _down.ArcTo(roads.UpTail[arc]))
        {
            _left.Push((arc, false));
            DriveWhatIsLeft(metric);
        }

        _sketch.Enter(_target, _down.EndBelow(top));
        return milliseconds;
    }

    /// <summary>
    /// The rank over which the way leads; <see cref="SameStreet"/> where it never leaves the street, which is sketched then; or
    /// <see cref="NoWay"/>.
    /// </summary>
    private (int Top, int Milliseconds) Climb(RoadPosition source, Metric metric)
    {
        (EdgeEnd one, EdgeEnd other) = metric.Ends.Exits(source);
        _up.From(one, other, metric.Times.Up);
        (int top, int milliseconds) = Meet();
        int direct = metric.Ends.Direct(source, _target);
        if (TravelTime.IsReachable(direct) && direct <= milliseconds)
        {
            _sketch.DriveWithin(source, _target, direct);
            return (SameStreet, direct);
        }

        return (top, milliseconds);
    }

    /// <summary>The rank at which the two climbs meet earliest; of equal ones the lowest. <see cref="NoWay"/> where they never do.</summary>
    private (int Rank, int Milliseconds) Meet()
    {
        (int Rank, int Milliseconds) best = (NoWay, EdgeWeights.Infinity);
        foreach (int rank in _up.Ranks)
        {
            int sum = _up.TimeTo(rank) + _down.TimeTo(rank);
            if (sum < best.Milliseconds)
            {
                best = (rank, sum);
            }
        }

        return best;
    }

    /// <summary>The streets of the arcs on the pile in driving order: one street of its own weight, or the two sides of a lower triangle.</summary>
    private void DriveWhatIsLeft(Metric metric)
    {
        while (_left.TryPop(out (int Arc, bool GoesUp) part))
        {
            int time = (part.GoesUp ? metric.Times.Up : metric.Times.Down)[part.Arc];
            int street = _parts.StreetOf(part.Arc, part.GoesUp, time, metric.Weights);
            if (street >= 0)
            {
                _sketch.Drive(street, time);
                continue;
            }

            (int first, int second) = _parts.SidesOf(part.Arc, part.GoesUp, time, metric.Times);
            _left.Push((second, true));
            _left.Push((first, false));
        }
    }
}
