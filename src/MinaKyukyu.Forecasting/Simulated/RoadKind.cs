using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>The three classes of road that a <see cref="RoadMakeup"/> tells apart.</summary>
internal enum RoadKind
{
    Fast = 0,
    Main = 1,
    Local = 2,
}

/// <summary>A way by the kinds of its roads, by <see cref="RoadKind"/>.</summary>
internal readonly record struct WayByKind(RoadMakeup Meters, double[] RouterSeconds)
{
    public static WayByKind Of(RoadGraph graph, Route route)
    {
        var meters = new double[3];
        var seconds = new double[3];
        foreach (RouteStep step in route.Steps)
        {
            int kind = (int)KindOf(graph.RoadClass(step.Edge));
            meters[kind] +=
                graph.LengthMeters[step.Edge] * Math.Abs(step.ToFraction - step.FromFraction);
            seconds[kind] += step.Milliseconds / 1000.0;
        }

        return new WayByKind(new RoadMakeup(meters[0], meters[1], meters[2]), seconds);
    }

    /// <param name="roadClass">OpenStreetMap's <c>highway</c>; a link counts as the road that it leads to.</param>
    private static RoadKind KindOf(string roadClass) =>
        roadClass switch
        {
            "motorway" or "motorway_link" or "trunk" or "trunk_link" => RoadKind.Fast,
            "primary"
            or "primary_link"
            or "secondary"
            or "secondary_link"
            or "tertiary"
            or "tertiary_link" => RoadKind.Main,
            _ => RoadKind.Local,
        };
}
