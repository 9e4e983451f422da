using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.RoadNetwork.Metrics;

/// <summary>
/// One metric as it answers: a way of driving in one part of the week under the conditions of the moment. Immutable; whoever
/// holds it gets the same answers for ever.
/// </summary>
internal sealed class Metric
{
    private readonly MetricSource _source;

    internal Metric(
        MetricSource source,
        MetricKey key,
        RoadConditions conditions,
        EdgeWeights weights,
        ArcTimes times
    )
    {
        _source = source;
        Key = key;
        Conditions = conditions;
        Weights = weights;
        Times = times;
        Ends = new EdgeEnds(source.Graph, weights);
    }

    public MetricKey Key { get; }

    public RoadConditions Conditions { get; }

    public EdgeWeights Weights { get; }

    public ArcTimes Times { get; }

    public EdgeEnds Ends { get; }

    public ContractedRoads Roads => _source.Roads;

    public RoadGraph Graph => _source.Graph;

    /// <summary>The ends of a position by which it is left, or those by which it is reached.</summary>
    public (EdgeEnd One, EdgeEnd Other) EndsOf(RoadPosition position, bool isLeft) =>
        isLeft ? Ends.Exits(position) : Ends.Entries(position);

    /// <summary>By arc, what it takes to climb from a position that is left, or to one that is reached.</summary>
    public TimesByArc ClimbTimes(bool isLeft) => isLeft ? Times.Up : Times.Down;

    /// <summary>The same metric under other conditions, reckoned from this one by what differs; the usual one is there already.</summary>
    public Metric Under(RoadConditions conditions)
    {
        if (conditions.IsClear)
        {
            return _source.Get(Key);
        }

        int[] changed = Conditions.DifferencesTo(conditions);
        if (changed.Length == 0)
        {
            return this;
        }

        EdgeWeights usual = _source.UsualWeights(Key);
        EdgeWeights weights = usual.With(
            conditions.Edges.ToDictionary(
                edge => edge,
                edge =>
                    conditions.Weigh(
                        edge,
                        usual.Through(edge),
                        usual.Within(edge),
                        Graph.LengthMeters[edge]
                    )
            )
        );
        ArcTimes times = new PartialCustomization(Roads).Apply(Times, weights, changed);
        return new Metric(_source, Key, conditions, weights, times);
    }
}
