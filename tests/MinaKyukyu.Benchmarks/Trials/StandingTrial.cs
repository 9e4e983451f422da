using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.Benchmarks.Trials;

/// <summary>Standing units to one place; before each question some of them may move, which is part of the time.</summary>
internal sealed class StandingTrial : Trial
{
    private const int Moves = 4_096;

    private readonly Situation _situation;
    private readonly RoadPosition[] _units;
    private readonly RoadPosition[] _moves;
    private readonly StandingPlaces _standing;
    private readonly int[] _answers;
    private readonly int _moving;
    private int _asked;
    private int _moved;

    /// <param name="moving">Units that move to any other place before each question.</param>
    public StandingTrial(Situation situation, int units, int moving)
        : base(moving == 0 ? $"{units} → 1, standing" : $"{units} → 1, {moving} moved before")
    {
        _situation = situation;
        _moving = moving;
        _units = situation.Places(units);
        _moves = moving == 0 ? [] : situation.Places(Moves);
        _answers = new int[units];
        _standing = Standing.At(situation, _units);
    }

    public override void Run()
    {
        for (int i = 0; i < _moving; i++)
        {
            _moved++;
            int unit = _moved % _units.Length;
            _units[unit] = _moves[_moved % _moves.Length];
            _standing.Put(unit, _units[unit]);
        }

        _asked = (_asked + 1) % _situation.Asked.Length;
        _standing.Times(_situation.Roads, _situation.Asked[_asked], _answers);
    }

    public override Func<Agreement> Keep()
    {
        RoadPosition[] units = [.. _units];
        int[] answers = [.. _answers];
        RoadPosition asked = _situation.Asked[_asked];
        return () => _situation.Compare(units, asked, answers);
    }
}

/// <summary>Places put down.</summary>
internal static class Standing
{
    public static StandingPlaces At(Situation situation, RoadPosition[] units)
    {
        var standing = new StandingPlaces(
            situation.Roads,
            Situation.Profile,
            DriveDirection.FromThem,
            units.Length
        );
        for (int unit = 0; unit < units.Length; unit++)
        {
            standing.Put(unit, units[unit]);
        }

        return standing;
    }
}
