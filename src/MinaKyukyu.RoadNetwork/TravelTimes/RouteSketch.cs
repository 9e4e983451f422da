using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>Collects the steps of a way in driving order; then it can be measured or drawn. Used again after <see cref="Clear"/>; not safe for threads.</summary>
internal sealed class RouteSketch(RoadGraph graph)
{
    private readonly List<RouteStep> _steps = [];

    /// <summary>From one place to another of the same street without leaving it, or to the same node.</summary>
    public void DriveWithin(RoadPosition source, RoadPosition target, int milliseconds)
    {
        if (source.IsNode)
        {
            return;
        }

        int edge = source.Fraction <= target.Fraction ? source.Edge : graph.Twin(source.Edge);
        Add(new RouteStep(edge, On(edge, source), On(edge, target), milliseconds));
    }

    public void Leave(RoadPosition source, EdgeEnd exit)
    {
        if (exit.Edge >= 0)
        {
            Add(new RouteStep(exit.Edge, On(exit.Edge, source), 1, exit.Milliseconds));
        }
    }

    public void Drive(int edge, int milliseconds) => Add(new RouteStep(edge, 0, 1, milliseconds));

    public void Enter(RoadPosition target, EdgeEnd entry)
    {
        if (entry.Edge >= 0)
        {
            Add(new RouteStep(entry.Edge, 0, On(entry.Edge, target), entry.Milliseconds));
        }
    }

    public void Clear() => _steps.Clear();

    /// <summary>How far, by class of road; without drawing anything.</summary>
    public WayLengths Measure()
    {
        var lengths = default(WayLengths);
        foreach (RouteStep step in _steps)
        {
            lengths += WayLengths.On(graph.TierOf(step.Edge), LengthOf(step));
        }

        return lengths;
    }

    public Route Draw(RoadPosition source, int milliseconds, EdgeWeights weights)
    {
        var polyline = new List<GeoPoint>();
        var names = new List<string>();
        double meters = 0;
        double onFoot = 0;
        foreach (RouteStep step in _steps)
        {
            Polylines.AddPart(polyline, graph.Line(step.Edge), step.FromFraction, step.ToFraction);
            double length = LengthOf(step);
            meters += length;
            onFoot += weights.IsOnFoot(step.Edge) ? length : 0;
            string name = graph.StreetName(step.Edge);
            if (name.Length > 0 && (names.Count == 0 || names[^1] != name))
            {
                names.Add(name);
            }
        }

        if (polyline.Count == 0)
        {
            polyline.Add(graph.PlaceOf(source));
        }

        return new Route(milliseconds, meters, onFoot, polyline, names, [.. _steps]);
    }

    /// <summary>Where the position lies on the edge it was written on, or on that edge's twin.</summary>
    private static double On(int edge, RoadPosition position) =>
        edge == position.Edge ? position.Fraction : 1 - position.Fraction;

    private double LengthOf(RouteStep step) =>
        graph.LengthMeters[step.Edge] * (step.ToFraction - step.FromFraction);

    private void Add(RouteStep step) => _steps.Add(step);
}
