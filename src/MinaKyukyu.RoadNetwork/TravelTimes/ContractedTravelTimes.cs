using System.Collections.Concurrent;
using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>
/// Travel times on the contracted roads, equal to <see cref="DijkstraTravelTimes"/> to the millisecond. Remembers nothing
/// between two questions but its scratch, which all maps of the same roads share; who asks for the same places again and again uses <see cref="StandingPlaces"/>.
/// </summary>
internal sealed class ContractedTravelTimes(
    Func<DrivingProfile, Metric> metricOf,
    RoadGraph graph,
    ConcurrentBag<Descent> scratch,
    ConcurrentBag<FastestWay> ways
) : ITravelTimes
{
    /// <inheritdoc/>
    public void ManyToOne(
        ReadOnlySpan<RoadPosition> sources,
        RoadPosition target,
        DrivingProfile profile,
        Span<int> milliseconds
    ) => Ask(target, sources, metricOf(profile), isOneLeft: false, milliseconds);

    /// <inheritdoc/>
    public void OneToMany(
        RoadPosition source,
        ReadOnlySpan<RoadPosition> targets,
        DrivingProfile profile,
        Span<int> milliseconds
    ) => Ask(source, targets, metricOf(profile), isOneLeft: true, milliseconds);

    /// <inheritdoc/>
    public Route? PointToPoint(RoadPosition source, RoadPosition target, DrivingProfile profile)
    {
        graph.Check(source);
        graph.Check(target);
        Metric metric = metricOf(profile);
        FastestWay way = Rent(metric);
        way.To(target, metric);
        Route? route = way.Draw(source, metric);
        ways.Add(way);
        return route;
    }

    /// <inheritdoc/>
    public void MeasureWays(
        ReadOnlySpan<RoadPosition> sources,
        RoadPosition target,
        DrivingProfile profile,
        Span<WayLengths?> lengths
    )
    {
        graph.CheckAll(sources, target, lengths.Length);
        Metric metric = metricOf(profile);
        FastestWay way = Rent(metric);
        way.To(target, metric);
        for (int i = 0; i < sources.Length; i++)
        {
            lengths[i] = way.Measure(sources[i], metric);
        }

        ways.Add(way);
    }

    private FastestWay Rent(Metric metric) =>
        ways.TryTake(out FastestWay? used) ? used : new FastestWay(metric.Roads, graph);

    /// <summary>From the one to the many, or from the many to the one: the same way climbed and descended.</summary>
    private void Ask(
        RoadPosition one,
        ReadOnlySpan<RoadPosition> many,
        Metric metric,
        bool isOneLeft,
        Span<int> milliseconds
    )
    {
        graph.CheckAll(many, one, milliseconds.Length);
        Descent descent = scratch.TryTake(out Descent? used) ? used : new Descent(metric.Roads);
        (EdgeEnd first, EdgeEnd second) = metric.EndsOf(one, isOneLeft);
        descent.Begin(first, second, metric.ClimbTimes(isOneLeft));
        TimesByArc back = metric.ClimbTimes(!isOneLeft);
        for (int i = 0; i < many.Length; i++)
        {
            (first, second) = metric.EndsOf(many[i], !isOneLeft);
            milliseconds[i] = TravelTime.Least(
                isOneLeft ? metric.Ends.Direct(one, many[i]) : metric.Ends.Direct(many[i], one),
                Through(descent, first, back),
                Through(descent, second, back)
            );
        }

        scratch.Add(descent);
    }

    private static int Through(Descent descent, EdgeEnd end, TimesByArc arcTimes)
    {
        if (!end.Exists)
        {
            return TravelTime.Unreachable;
        }

        int milliseconds = descent.TimeTo(end.Node, arcTimes) + end.Milliseconds;
        return milliseconds < EdgeWeights.Infinity ? milliseconds : TravelTime.Unreachable;
    }
}
