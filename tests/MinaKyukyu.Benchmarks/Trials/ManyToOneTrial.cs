using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.Benchmarks.Trials;

/// <summary>Many to one with nothing remembered between two questions: the engine, or Dijkstra as the baseline.</summary>
internal sealed class ManyToOneTrial : Trial
{
    private readonly Situation _situation;
    private readonly ITravelTimes _engine;
    private readonly RoadPosition[] _units;
    private readonly int[] _answers;
    private int _asked;

    private ManyToOneTrial(string name, Situation situation, ITravelTimes engine, int units)
        : base(name)
    {
        _situation = situation;
        _engine = engine;
        _units = situation.Places(units);
        _answers = new int[units];
    }

    public static ManyToOneTrial Stateless(Situation situation, int units) =>
        new($"{units} → 1, nothing remembered", situation, situation.Roads.TravelTimes, units);

    public static ManyToOneTrial Dijkstra(Situation situation, int units) =>
        new($"{units} → 1, Dijkstra", situation, situation.Truth, units);

    public override void Run()
    {
        _asked = (_asked + 1) % _situation.Asked.Length;
        _engine.ManyToOne(_units, _situation.Asked[_asked], Situation.Profile, _answers);
    }

    public override Func<Agreement> Keep()
    {
        int[] answers = [.. _answers];
        RoadPosition asked = _situation.Asked[_asked];
        return () => _situation.Compare(_units, asked, answers);
    }
}
