using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.Snapping;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.RoadNetwork;

/// <summary>The roads of one area, ready to be asked: graph, weights, snapping, travel times. Immutable; any number of threads may use it.</summary>
public sealed class RoadMap
{
    private readonly EdgeWeights _ordinary;
    private readonly EdgeWeights _emergency;

    internal RoadMap(
        RoadGraph graph,
        EdgeWeights ordinary,
        EdgeWeights emergency,
        ImportReport report,
        SnappingOptions snapping
    )
    {
        Graph = graph;
        _ordinary = ordinary;
        _emergency = emergency;
        Report = report;
        Snapper = new RoadSnapper(graph, snapping);
        TravelTimes = new DijkstraTravelTimes(graph, ordinary, emergency);
    }

    public RoadGraph Graph { get; }

    public RoadSnapper Snapper { get; }

    public ITravelTimes TravelTimes { get; }

    public ImportReport Report { get; }

    public GeoBounds Bounds => Graph.Bounds;

    public EdgeWeights Weights(DrivingProfile profile) =>
        profile == DrivingProfile.Emergency ? _emergency : _ordinary;

    /// <summary>Every street once, for drawing; grouped by class so that small streets can be drawn beneath large ones.</summary>
    public ILookup<string, RoadSegment> ListSegmentsByClass() =>
        Graph.ListSegments().ToLookup(segment => segment.RoadClass, StringComparer.Ordinal);
}
