using MinaKyukyu.Benchmarks.Trials;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.Benchmarks.Peers;

/// <summary>
/// From bare coordinates to times, nothing remembered: every unit and the place brought to their roads, then many to one. Units
/// off the map have no time.
/// </summary>
internal sealed class SnapTrial(RoadMap roads, PlacesFile places)
    : Trial($"{places.Sources.Count} coordinates → 1, snapped")
{
    private RoadPosition[] _units = [];
    private int[] _answers = [];
    private RoadPosition? _asked;
    private int _run;

    public override void Run()
    {
        Coordinate asked = places.Targets[_run++ % places.Targets.Count];
        _units =
        [
            .. places
                .Sources.Select(source => roads.Snapper.Snap(source.Point))
                .OfType<RoadPosition>(),
        ];
        _answers = new int[_units.Length];
        _asked = roads.Snapper.Snap(asked.Point);
        if (_asked is { } target)
        {
            roads.TravelTimes.ManyToOne(_units, target, Situation.Profile, _answers);
        }
    }

    public override Func<Agreement> Keep()
    {
        (RoadPosition[] units, int[] answers, RoadPosition? asked) = (_units, _answers, _asked);
        return () =>
            asked is { } target ? Situation.Compare(roads, units, target, answers) : default;
    }
}
