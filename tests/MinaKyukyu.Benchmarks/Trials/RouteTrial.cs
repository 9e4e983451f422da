using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.Benchmarks.Trials;

/// <summary>One way with its line, its streets and its steps.</summary>
internal sealed class RouteTrial(Situation situation) : Trial("one way with its line and streets")
{
    private RoadPosition _source;
    private RoadPosition _target;
    private Route? _route;
    private int _run;

    public override void Run()
    {
        RoadPosition[] asked = situation.Asked;
        _run = (_run + 1) % (asked.Length - 1);
        (_source, _target) = (asked[_run], asked[_run + 1]);
        _route = situation.Roads.TravelTimes.PointToPoint(_source, _target, Situation.Profile);
    }

    public override Func<Agreement> Keep()
    {
        (RoadPosition source, RoadPosition target) = (_source, _target);
        int[] answer = [_route?.Milliseconds ?? TravelTime.Unreachable];
        return () => situation.Compare([source], target, answer);
    }
}
