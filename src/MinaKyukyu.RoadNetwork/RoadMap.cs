using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.Snapping;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.RoadNetwork;

/// <summary>
/// The roads of one area as they are at one moment, ready to be asked: graph, snapping, travel times in one part of the week
/// under the conditions of the moment. Immutable: whoever holds it gets the same answers for ever, and any number of threads may
/// use it. <see cref="At"/> and <see cref="Under"/> give the same roads at another moment.
/// </summary>
public sealed class RoadMap
{
    private readonly RoadFrame _frame;
    private readonly MetricInForce _ordinary;
    private readonly MetricInForce _emergency;

    internal RoadMap(RoadFrame frame)
        : this(frame, TimeBucket.Usual, RoadConditions.Clear, null) { }

    private RoadMap(RoadFrame frame, TimeBucket bucket, RoadConditions conditions, RoadMap? before)
    {
        _frame = frame;
        Bucket = bucket;
        Conditions = conditions;
        MetricSource source = frame.Metrics;
        MetricKey ordinary = source.Usual.KeyFor(DrivingProfile.Ordinary, bucket);
        MetricKey emergency = source.Usual.KeyFor(DrivingProfile.Emergency, bucket);
        _ordinary = new MetricInForce(source, ordinary, conditions, before?._ordinary);
        _emergency =
            emergency == ordinary
                ? _ordinary
                : new MetricInForce(source, emergency, conditions, before?._emergency);
        TravelTimes = new ContractedTravelTimes(Metric, frame.Graph, frame.Scratch, frame.Ways);
    }

    public RoadGraph Graph => _frame.Graph;

    public RoadSnapper Snapper => _frame.Snapper;

    public ITravelTimes TravelTimes { get; }

    public ImportReport Report => _frame.Report;

    /// <summary>Whose data the roads are; stands beside every picture drawn from them.</summary>
    public string Attribution => _frame.Attribution;

    public GeoBounds Bounds => Graph.Bounds;

    /// <summary>The part of the week whose speeds answer.</summary>
    public TimeBucket Bucket { get; }

    /// <summary>What is closed or slow.</summary>
    public RoadConditions Conditions { get; }

    /// <summary>The same answers by plain Dijkstra: slow, obvious, and the oracle of <see cref="TravelTimes"/>.</summary>
    public ITravelTimes SlowTravelTimes() =>
        new DijkstraTravelTimes(
            Graph,
            Weights(DrivingProfile.Ordinary),
            Weights(DrivingProfile.Emergency)
        );

    public EdgeWeights Weights(DrivingProfile profile) => Metric(profile).Weights;

    /// <summary>Every street once, for drawing; grouped by class so that small streets can be drawn beneath large ones.</summary>
    public ILookup<string, RoadSegment> ListSegmentsByClass() =>
        Graph.ListSegments().ToLookup(segment => segment.RoadClass, StringComparer.Ordinal);

    /// <summary>The part of the week at that moment is the one whose speeds answer.</summary>
    public bool IsOf(DateTimeOffset instant) => _frame.BucketAt(instant) == Bucket;

    /// <summary>The offset from UTC of a clock on these roads that shows this time.</summary>
    public TimeSpan OffsetOf(DateTime local) =>
        _frame.Metrics.Usual.Rules.TimeZone.GetUtcOffset(
            DateTime.SpecifyKind(local, DateTimeKind.Unspecified)
        );

    /// <summary>The same roads under the same conditions at that moment; this map where nothing differs.</summary>
    public RoadMap At(DateTimeOffset instant) => Changed(_frame.BucketAt(instant), Conditions);

    /// <summary>The same roads at the same time under other conditions; this map where nothing differs.</summary>
    /// <exception cref="ArgumentException">The conditions name an edge that these roads do not have.</exception>
    public RoadMap Under(RoadConditions conditions) =>
        conditions.Edges.All(edge => edge >= 0 && edge < Graph.EdgeCount)
            ? Changed(Bucket, conditions)
            : throw new ArgumentException("The conditions are of other roads.", nameof(conditions));

    /// <summary>
    /// Names the metric that answers: road file, way of driving, part of the week, conditions. Equal names, equal answers.
    /// </summary>
    public string MetricVersion(DrivingProfile profile)
    {
        Metric metric = Metric(profile);
        return $"{_frame.Fingerprint}/{metric.Key}/{Conditions.Fingerprint}";
    }

    internal RoadFrame Frame => _frame;

    internal Metric Metric(DrivingProfile profile) =>
        profile switch
        {
            DrivingProfile.Ordinary => _ordinary.Metric,
            DrivingProfile.Emergency => _emergency.Metric,
            _ => throw new ArgumentOutOfRangeException(
                nameof(profile),
                profile,
                "There is no such profile."
            ),
        };

    private RoadMap Changed(TimeBucket bucket, RoadConditions conditions) =>
        bucket == Bucket && conditions.Equals(Conditions)
            ? this
            : new RoadMap(_frame, bucket, conditions, this);
}
