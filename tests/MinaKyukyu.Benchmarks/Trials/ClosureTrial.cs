using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.Benchmarks.Trials;

/// <summary>A street is closed, then opened again, and so on; a change is over when all standing units answer by it.</summary>
internal sealed class ClosureTrial : Trial
{
    private readonly Situation _situation;
    private readonly RoadPosition[] _units;
    private readonly StandingPlaces _standing;
    private readonly int[] _streets;
    private readonly int[] _answers;
    private RoadMap _now;
    private int _run;

    public ClosureTrial(Situation situation, int units)
        : base($"closure visible, {units} units")
    {
        _situation = situation;
        _units = situation.Places(units);
        _standing = Standing.At(situation, _units);
        _streets = situation.Edges(1_024);
        _answers = new int[units];
        _now = situation.Roads;
    }

    public override void Run()
    {
        int street = _streets[_run / 2 % _streets.Length];
        _now = _now.Under(
            _run % 2 == 0 ? Closures.Of(_situation.Graph, street) : RoadConditions.Clear
        );
        _standing.Follow(_now);
        _run++;
    }

    public override Func<Agreement> Keep()
    {
        RoadMap now = _now;
        // Near what was closed, where a mistake would show.
        RoadPosition asked = _situation.Graph.PositionOn(
            _streets[(_run - 1) / 2 % _streets.Length],
            0.5
        );
        _standing.Times(now, asked, _answers);
        int[] answers = [.. _answers];
        return () => Situation.Compare(now, _units, asked, answers);
    }
}

internal static class Closures
{
    /// <summary>A street closed in both directions.</summary>
    public static RoadConditions Of(RoadGraph graph, int edge)
    {
        int twin = graph.Twin(edge);
        return RoadConditions.Of(twin < 0 ? [(edge, 0)] : [(edge, 0), (twin, 0)]);
    }
}
