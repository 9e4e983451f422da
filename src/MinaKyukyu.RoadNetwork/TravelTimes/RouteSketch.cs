using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>Collects the steps of a way in driving order and draws it at the end.</summary>
internal sealed class RouteSketch(RoadGraph graph, EdgeWeights weights)
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

    public Route Finish(RoadPosition source, int milliseconds)
    {
        var polyline = new List<GeoPoint>();
        var names = new List<string>();
        double meters = 0;
        double onFoot = 0;
        foreach (RouteStep step in _steps)
        {
            Polylines.AddPart(polyline, graph.Line(step.Edge), step.FromFraction, step.ToFraction);
            double length = graph.LengthMeters[step.Edge] * (step.ToFraction - step.FromFraction);
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

        return new Route(milliseconds, meters, onFoot, polyline, names, _steps);
    }

    /// <summary>Where the position lies on the edge it was written on, or on that edge's twin.</summary>
    private static double On(int edge, RoadPosition position) =>
        edge == position.Edge ? position.Fraction : 1 - position.Fraction;

    private void Add(RouteStep step) => _steps.Add(step);
}
