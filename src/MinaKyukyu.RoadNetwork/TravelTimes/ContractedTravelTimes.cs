using System.Collections.Concurrent;
using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>
/// Travel times on the contracted roads, equal to <see cref="DijkstraTravelTimes"/> to the millisecond. Remembers nothing
/// between two questions; who asks for the same places again and again uses <see cref="StandingPlaces"/>.
/// </summary>
internal sealed class ContractedTravelTimes(Func<DrivingProfile, Metric> metricOf, RoadGraph graph)
    : ITravelTimes
{
    private readonly ConcurrentBag<Descent> _scratch = [];

    /// <inheritdoc/>
    public void ManyToOne(
        ReadOnlySpan<RoadPosition> sources,
        RoadPosition target,
        DrivingProfile profile,
        Span<int> milliseconds
    )
    {
        graph.CheckAll(sources, target, milliseconds.Length);
        Metric metric = metricOf(profile);
        ArcTimes times = metric.Times;
        Descent descent = Rent(metric.Roads);
        (EdgeEnd byTail, EdgeEnd byHead) = metric.Ends.Entries(target);
        descent.Begin(byTail, byHead, times.Down);
        for (int i = 0; i < sources.Length; i++)
        {
            (EdgeEnd one, EdgeEnd other) = metric.Ends.Exits(sources[i]);
            milliseconds[i] = TravelTime.Least(
                metric.Ends.Direct(sources[i], target),
                Through(descent, one, times.Up),
                Through(descent, other, times.Up)
            );
        }

        _scratch.Add(descent);
    }

    /// <inheritdoc/>
    public void OneToMany(
        RoadPosition source,
        ReadOnlySpan<RoadPosition> targets,
        DrivingProfile profile,
        Span<int> milliseconds
    )
    {
        graph.CheckAll(targets, source, milliseconds.Length);
        Metric metric = metricOf(profile);
        ArcTimes times = metric.Times;
        Descent descent = Rent(metric.Roads);
        (EdgeEnd byHead, EdgeEnd byTail) = metric.Ends.Exits(source);
        descent.Begin(byHead, byTail, times.Up);
        for (int i = 0; i < targets.Length; i++)
        {
            (EdgeEnd one, EdgeEnd other) = metric.Ends.Entries(targets[i]);
            milliseconds[i] = TravelTime.Least(
                metric.Ends.Direct(source, targets[i]),
                Through(descent, one, times.Down),
                Through(descent, other, times.Down)
            );
        }

        _scratch.Add(descent);
    }

    /// <inheritdoc/>
    public Route? PointToPoint(RoadPosition source, RoadPosition target, DrivingProfile profile)
    {
        graph.Check(source);
        graph.Check(target);
        return new FastestWay(metricOf(profile)).Find(source, target);
    }

    private static int Through(Descent descent, EdgeEnd end, int[] arcTimes)
    {
        if (!end.Exists)
        {
            return TravelTime.Unreachable;
        }

        int milliseconds = descent.TimeTo(end.Node, arcTimes) + end.Milliseconds;
        return milliseconds < EdgeWeights.Infinity ? milliseconds : TravelTime.Unreachable;
    }

    private Descent Rent(ContractedRoads roads) =>
        _scratch.TryTake(out Descent? descent) ? descent : new Descent(roads);
}
