using System.Collections.Concurrent;
using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.Metrics;

/// <summary>
/// The metrics that a map has when nothing is out of the ordinary. Each is made, or read and checked, when first asked for, and
/// kept. Safe for any number of threads.
/// </summary>
internal sealed class MetricSource
{
    private readonly Lazy<ContractedRoads> _roads;
    private readonly UsualTimes _usual;
    private readonly Func<MetricKey, ArcTimes?> _stored;
    private readonly ConcurrentDictionary<MetricKey, Lazy<Metric>> _metrics = new();

    /// <param name="stored">The arc times that a file holds for a metric, or null where they must be reckoned.</param>
    public MetricSource(
        RoadGraph graph,
        Lazy<ContractedRoads> roads,
        UsualTimes usual,
        Func<MetricKey, ArcTimes?>? stored = null
    )
    {
        Graph = graph;
        _roads = roads;
        _usual = usual;
        _stored = stored ?? (_ => null);
    }

    public RoadGraph Graph { get; }

    public ContractedRoads Roads => _roads.Value;

    public UsualTimes Usual => _usual;

    public EdgeWeights UsualWeights(MetricKey key) => Get(key).Weights;

    /// <summary>The metric when nothing is out of the ordinary.</summary>
    public Metric Get(MetricKey key) =>
        _metrics.GetOrAdd(key, missing => new Lazy<Metric>(() => Make(missing))).Value;

    private Metric Make(MetricKey key)
    {
        EdgeWeights weights = _usual.Weights(key);
        ArcTimes times = _stored(key) ?? Customization.Of(Roads, weights.Milliseconds);
        return new Metric(this, key, RoadConditions.Clear, weights, times);
    }
}
