using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.Benchmarks.Trials;

/// <summary>One of the standing units is put down somewhere else.</summary>
internal sealed class PutTrial : Trial
{
    private const int Steps = 64;

    private readonly Situation _situation;
    private readonly RoadPosition[] _units;
    private readonly RoadPosition[][] _ways;
    private readonly StandingPlaces _standing;
    private int _run;

    private PutTrial(string name, Situation situation, RoadPosition[][] ways)
        : base(name)
    {
        _situation = situation;
        _ways = ways;
        _units = [.. ways.Select(way => way[0])];
        _standing = Standing.At(situation, _units);
    }

    /// <summary>From its street to one that begins where it ends, as a unit moves that drives.</summary>
    public static PutTrial NextStreet(Situation situation, int units) =>
        new(
            "one unit put down, next street",
            situation,
            [.. situation.Places(units).Select(place => situation.Drive(place, Steps))]
        );

    /// <summary>Anywhere on the map: nothing of its old label is of use, and nothing of the new one is in a cache.</summary>
    public static PutTrial Anywhere(Situation situation, int units) =>
        new(
            "one unit put down, anywhere",
            situation,
            [.. Enumerable.Range(0, units).Select(_ => situation.Places(Steps))]
        );

    public override void Run()
    {
        _run++;
        int unit = _run % _units.Length;
        RoadPosition[] way = _ways[unit];
        // There and back again, so that the way never jumps from its end to its beginning.
        int step = _run / _units.Length % ((2 * way.Length) - 2);
        _units[unit] = way[step < way.Length ? step : (2 * way.Length) - 2 - step];
        _standing.Put(unit, _units[unit]);
    }

    public override Func<Agreement> Keep()
    {
        RoadPosition[] units = [.. _units];
        var answers = new int[units.Length];
        RoadPosition asked = _situation.Asked[_run % _situation.Asked.Length];
        _standing.Times(_situation.Roads, asked, answers);
        return () => _situation.Compare(units, asked, answers);
    }
}
