using System.Collections.Concurrent;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.Snapping;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.RoadNetwork;

/// <summary>What all moments of one map share. Immutable; what is costly is made when first asked for.</summary>
internal sealed class RoadFrame
{
    private readonly Lazy<RoadSnapper> _snapper;

    public RoadFrame(
        RoadGraph graph,
        MetricSource metrics,
        ImportReport report,
        string attribution,
        string fingerprint,
        SnappingOptions snapping
    )
    {
        Graph = graph;
        Metrics = metrics;
        Report = report;
        Attribution = attribution;
        Fingerprint = fingerprint;
        _snapper = new(() => new RoadSnapper(graph, snapping));
    }

    public RoadGraph Graph { get; }

    public MetricSource Metrics { get; }

    public ImportReport Report { get; }

    /// <summary>Whose data the roads are.</summary>
    public string Attribution { get; }

    /// <summary>Eight digits that differ where the roads or their times differ.</summary>
    public string Fingerprint { get; }

    public RoadSnapper Snapper => _snapper.Value;

    /// <summary>Scratch of questions that remember nothing; as many as were ever asked at once.</summary>
    public ConcurrentBag<Descent> Scratch { get; } = [];

    /// <summary>The same for single ways.</summary>
    public ConcurrentBag<FastestWay> Ways { get; } = [];

    public TimeBucket BucketAt(DateTimeOffset instant) =>
        TimeBucket.At(instant, Metrics.Usual.Rules.TimeZone);
}
