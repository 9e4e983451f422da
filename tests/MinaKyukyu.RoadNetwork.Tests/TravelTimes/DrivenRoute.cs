using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.RoadNetwork.Tests.TravelTimes;

/// <summary>Drives a route step by step and says where it first breaks.</summary>
internal static class DrivenRoute
{
    public static string? FirstFault(
        RoadGraph graph,
        RoadPosition source,
        RoadPosition target,
        Route route
    )
    {
        if (route.Steps.Sum(step => step.Milliseconds) != route.Milliseconds)
        {
            return "the steps do not sum to the time";
        }

        if (route.Steps.Count == 0)
        {
            return graph.PlaceOf(source) == graph.PlaceOf(target)
                ? null
                : "no step between two places";
        }

        RouteStep first = route.Steps[0];
        RouteStep last = route.Steps[^1];
        if (
            !IsAt(graph, source, first.Edge, first.FromFraction)
            || !IsAt(graph, target, last.Edge, last.ToFraction)
        )
        {
            return "it does not run from the source to the target";
        }

        for (int i = 0; i < route.Steps.Count; i++)
        {
            RouteStep step = route.Steps[i];
            if (step.FromFraction > step.ToFraction)
            {
                return $"step {i} runs backwards";
            }

            bool isJoined =
                i == 0
                || (
                    route.Steps[i - 1].ToFraction >= 1
                    && step.FromFraction <= 0
                    && graph.Head[route.Steps[i - 1].Edge] == graph.Tail[step.Edge]
                );
            if (!isJoined)
            {
                return $"step {i} does not start where the one before ended";
            }
        }

        return null;
    }

    private static bool IsAt(RoadGraph graph, RoadPosition position, int edge, double fraction)
    {
        RoadPosition here = graph.PositionOn(edge, fraction);
        return position.IsNode
            ? here.IsNode && here.Node == position.Node
            : here.Edge == position.Edge && Math.Abs(here.Fraction - position.Fraction) < 1e-12;
    }
}
