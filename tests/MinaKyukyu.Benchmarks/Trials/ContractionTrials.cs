using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.Order;
using MinaKyukyu.RoadNetwork.Snapping;

namespace MinaKyukyu.Benchmarks.Trials;

/// <summary>A whole metric brought to the contracted roads.</summary>
internal sealed class CustomizationTrial : Trial
{
    private readonly Situation _situation;
    private readonly ContractedRoads _roads;
    private readonly int[] _weights;
    private ArcTimes? _times;

    public CustomizationTrial(Situation situation)
        : base("full customization")
    {
        _situation = situation;
        Metric metric = situation.Roads.Metric(Situation.Profile);
        _roads = metric.Roads;
        _weights = metric.Weights.Milliseconds.ToArray();
    }

    public override void Run() => _times = Customization.Of(_roads, _weights);

    public override Func<Agreement> Keep()
    {
        ArcTimes times = _times!;
        return () => Remade.Compare(_situation, _roads, _ => times);
    }
}

/// <summary>The order of contraction, and the contraction.</summary>
internal sealed class OrderTrial(Situation situation) : Trial("order and contraction")
{
    private ContractedRoads? _roads;

    public override void Run()
    {
        RoadGraph graph = situation.Graph;
        var streets = Streets.Of(graph.Tail, graph.Head, graph.NodeCount);
        _roads = Contractor.Contract(graph, streets, NestedDissection.Order(streets, graph.Places));
    }

    public override Func<Agreement> Keep()
    {
        ContractedRoads roads = _roads!;
        return () => Remade.Compare(situation, roads, _ => null);
    }
}

/// <summary>The roads of a situation, put together again from what was just made.</summary>
internal static class Remade
{
    private const int Units = 100;

    public static Agreement Compare(
        Situation situation,
        ContractedRoads contracted,
        Func<MetricKey, ArcTimes?> times
    )
    {
        RoadFrame frame = situation.Roads.Frame;
        var roads = new RoadMap(
            new RoadFrame(
                frame.Graph,
                new MetricSource(
                    frame.Graph,
                    new Lazy<ContractedRoads>(contracted),
                    frame.Metrics.Usual,
                    times
                ),
                frame.Report,
                frame.Attribution,
                frame.Fingerprint,
                new SnappingOptions()
            )
        );
        RoadPosition[] units = situation.Asked[..Units];
        var answers = new int[Units];
        roads.TravelTimes.ManyToOne(units, situation.Asked[^1], Situation.Profile, answers);
        return situation.Compare(units, situation.Asked[^1], answers);
    }
}
