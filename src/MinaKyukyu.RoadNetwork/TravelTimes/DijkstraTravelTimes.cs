using System.Collections.Concurrent;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>
/// Travel times by plain Dijkstra: one backward search for many to one, one forward search for one to many, ended as soon as
/// everything wanted is settled. Exact and obvious; it stays as the oracle of every faster engine.
/// </summary>
/// <remarks>Scratch is rented for each query and given back after it; a query that throws gives nothing back, so no half-used scratch is seen again.</remarks>
public sealed class DijkstraTravelTimes : ITravelTimes
{
    private readonly RoadGraph _graph;
    private readonly SearchMetric _ordinary;
    private readonly SearchMetric _emergency;
    private readonly ConcurrentBag<DijkstraSearch> _scratch = [];

    internal DijkstraTravelTimes(RoadGraph graph, EdgeWeights ordinary, EdgeWeights emergency)
    {
        _graph = graph;
        _ordinary = new SearchMetric(graph, ordinary);
        _emergency = new SearchMetric(graph, emergency);
    }

    /// <inheritdoc/>
    public void ManyToOne(
        ReadOnlySpan<RoadPosition> sources,
        RoadPosition target,
        DrivingProfile profile,
        Span<int> milliseconds
    )
    {
        _graph.CheckAll(sources, target, milliseconds.Length);
        SearchMetric metric = Of(profile);
        DijkstraSearch search = Rent();
        foreach (RoadPosition source in sources)
        {
            (EdgeEnd one, EdgeEnd other) = metric.Ends.Exits(source);
            search.Want(one);
            search.Want(other);
        }

        (EdgeEnd byTail, EdgeEnd byHead) = metric.Ends.Entries(target);
        search.Start(byTail);
        search.Start(byHead);
        search.Run(metric.Backward);
        for (int i = 0; i < sources.Length; i++)
        {
            (EdgeEnd one, EdgeEnd other) = metric.Ends.Exits(sources[i]);
            milliseconds[i] = TravelTime.Least(
                metric.Ends.Direct(sources[i], target),
                Through(search, one),
                Through(search, other)
            );
        }

        _scratch.Add(search);
    }

    /// <inheritdoc/>
    public void OneToMany(
        RoadPosition source,
        ReadOnlySpan<RoadPosition> targets,
        DrivingProfile profile,
        Span<int> milliseconds
    )
    {
        _graph.CheckAll(targets, source, milliseconds.Length);
        SearchMetric metric = Of(profile);
        DijkstraSearch search = Rent();
        foreach (RoadPosition target in targets)
        {
            (EdgeEnd one, EdgeEnd other) = metric.Ends.Entries(target);
            search.Want(one);
            search.Want(other);
        }

        (EdgeEnd byHead, EdgeEnd byTail) = metric.Ends.Exits(source);
        search.Start(byHead);
        search.Start(byTail);
        search.Run(metric.Forward);
        for (int i = 0; i < targets.Length; i++)
        {
            (EdgeEnd one, EdgeEnd other) = metric.Ends.Entries(targets[i]);
            milliseconds[i] = TravelTime.Least(
                metric.Ends.Direct(source, targets[i]),
                Through(search, one),
                Through(search, other)
            );
        }

        _scratch.Add(search);
    }

    /// <inheritdoc/>
    public Route? PointToPoint(RoadPosition source, RoadPosition target, DrivingProfile profile)
    {
        _graph.Check(source);
        _graph.Check(target);
        SearchMetric metric = Of(profile);
        DijkstraSearch search = Rent();
        (EdgeEnd byTail, EdgeEnd byHead) = metric.Ends.Entries(target);
        search.Want(byTail);
        search.Want(byHead);
        (EdgeEnd exitByHead, EdgeEnd exitByTail) = metric.Ends.Exits(source);
        search.Start(exitByHead);
        search.Start(exitByTail);
        search.Run(metric.Forward);

        int direct = metric.Ends.Direct(source, target);
        int throughTail = Through(search, byTail);
        int throughHead = Through(search, byHead);
        int fastest = TravelTime.Least(direct, throughTail, throughHead);
        Route? route = null;
        if (TravelTime.IsReachable(fastest))
        {
            var sketch = new RouteSketch(_graph);
            if (fastest == direct)
            {
                sketch.DriveWithin(source, target, direct);
            }
            else
            {
                EdgeEnd entry = fastest == throughTail ? byTail : byHead;
                Unwind(sketch, search, metric, source, (exitByHead, exitByTail), entry);
                sketch.Enter(target, entry);
            }

            route = sketch.Draw(source, fastest, metric.Weights);
        }

        _scratch.Add(search);
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
        _graph.CheckAll(sources, target, lengths.Length);
        for (int i = 0; i < sources.Length; i++)
        {
            lengths[i] = PointToPoint(sources[i], target, profile) is { } route
                ? LengthsOf(route)
                : null;
        }
    }

    private WayLengths LengthsOf(Route route)
    {
        ILookup<RoadTier, double> lengths = route.Steps.ToLookup(
            step => _graph.TierOf(step.Edge),
            step => _graph.LengthMeters[step.Edge] * (step.ToFraction - step.FromFraction)
        );
        return new WayLengths(
            lengths[RoadTier.Fast].Sum(),
            lengths[RoadTier.Main].Sum(),
            lengths[RoadTier.Local].Sum()
        );
    }

    private void Unwind(
        RouteSketch sketch,
        DijkstraSearch search,
        SearchMetric metric,
        RoadPosition source,
        (EdgeEnd ByHead, EdgeEnd ByTail) exits,
        EdgeEnd entry
    )
    {
        var edges = new Stack<int>();
        int node = entry.Node;
        for (int edge = search.ArcTakenTo(node); edge >= 0; edge = search.ArcTakenTo(node))
        {
            edges.Push(edge);
            node = _graph.Tail[edge];
        }

        // Both exits may be the same node where a street runs in a ring; the one whose time was kept is the one driven.
        bool isByHead =
            exits.ByHead.Node == node && exits.ByHead.Milliseconds == search.DistanceTo(node);
        sketch.Leave(source, isByHead ? exits.ByHead : exits.ByTail);
        foreach (int edge in edges)
        {
            sketch.Drive(edge, metric.Weights.Through(edge));
        }
    }

    private static int Through(DijkstraSearch search, EdgeEnd end)
    {
        if (!end.Exists)
        {
            return TravelTime.Unreachable;
        }

        int milliseconds = search.DistanceTo(end.Node) + end.Milliseconds;
        return milliseconds < EdgeWeights.Infinity ? milliseconds : TravelTime.Unreachable;
    }

    private SearchMetric Of(DrivingProfile profile) =>
        profile switch
        {
            DrivingProfile.Ordinary => _ordinary,
            DrivingProfile.Emergency => _emergency,
            _ => throw new ArgumentOutOfRangeException(
                nameof(profile),
                profile,
                "There is no such profile."
            ),
        };

    private DijkstraSearch Rent()
    {
        if (!_scratch.TryTake(out DijkstraSearch? search))
        {
            search = new DijkstraSearch(_graph.NodeCount, _graph.EdgeCount);
        }

        search.Begin();
        return search;
    }

    private sealed class SearchMetric(RoadGraph graph, EdgeWeights weights)
    {
        public EdgeWeights Weights { get; } = weights;

        public EdgeEnds Ends { get; } = new(graph, weights);

        public SearchArcs Forward { get; } = SearchArcs.Forward(graph, weights);

        public SearchArcs Backward { get; } = SearchArcs.Backward(graph, weights);
    }
}
