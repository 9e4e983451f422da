using MinaKyukyu.RoadNetwork.Driving;

namespace MinaKyukyu.RoadNetwork.Metrics;

/// <summary>
/// A metric under the conditions of one moment, made when first asked for out of the nearest one already there: only what
/// differs costs anything. Safe for any number of threads.
/// </summary>
internal sealed class MetricInForce
{
    private readonly Lazy<Metric> _metric;
    private Metric? _nearest;

    /// <param name="before">The same way of driving at the moment before, or null.</param>
    public MetricInForce(
        MetricSource source,
        MetricKey key,
        RoadConditions conditions,
        MetricInForce? before
    )
    {
        _nearest = before?.Nearest is { } nearest && nearest.Key == key ? nearest : null;
        _metric = new Lazy<Metric>(() => (_nearest ?? source.Get(key)).Under(conditions));
    }

    public Metric Metric
    {
        get
        {
            Metric metric = _metric.Value;
            // What came before is not kept alive by what came after.
            _nearest = null;
            return metric;
        }
    }

    private Metric? Nearest => _metric.IsValueCreated ? _metric.Value : _nearest;
}
