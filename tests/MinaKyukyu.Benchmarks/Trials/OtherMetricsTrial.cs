using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;

namespace MinaKyukyu.Benchmarks.Trials;

/// <summary>After a closure, all metrics but the one that answered first, one after another on one thread.</summary>
internal sealed class OtherMetricsTrial : Trial
{
    private readonly Situation _situation;
    private readonly RoadMap[] _usual;
    private readonly int[] _streets;
    private RoadConditions _conditions = RoadConditions.Clear;
    private RoadMap _last;
    private int _run;

    public OtherMetricsTrial(Situation situation)
        : base("all other metrics follow")
    {
        _situation = situation;
        _streets = situation.Edges(256);
        _last = situation.Roads;
        _usual = [.. MomentsOf(situation.Roads)];
        // Read from the file or reckoned beforehand; here only the closure is of interest.
        foreach (RoadMap roads in _usual)
        {
            Touch(roads);
        }
    }

    public int Metrics { get; private set; }

    public override void Run()
    {
        _conditions = Closures.Of(_situation.Graph, _streets[_run++ % _streets.Length]);
        Metrics = 0;
        foreach (RoadMap roads in _usual)
        {
            _last = roads.Under(_conditions);
            Touch(_last);
        }
    }

    public override Func<Agreement> Keep()
    {
        RoadMap last = _last;
        RoadPosition[] units = _situation.Asked[..100];
        RoadPosition asked = _situation.Graph.PositionOn(
            _streets[(_run - 1) % _streets.Length],
            0.5
        );
        var answers = new int[units.Length];
        last.TravelTimes.ManyToOne(units, asked, Situation.Profile, answers);
        return () => Situation.Compare(last, units, asked, answers);
    }

    private void Touch(RoadMap roads)
    {
        foreach (DrivingProfile profile in Enum.GetValues<DrivingProfile>())
        {
            bool isFirst = profile == Situation.Profile && roads.Bucket == _situation.Roads.Bucket;
            if (!isFirst)
            {
                roads.Metric(profile);
                Metrics++;
            }
        }
    }

    /// <summary>The same roads in every part of the week; one where the hour does not matter.</summary>
    private static IEnumerable<RoadMap> MomentsOf(RoadMap roads)
    {
        if (roads.Frame.Metrics.Usual.Kinds != MetricKinds.ByProfileAndTime)
        {
            return [roads];
        }

        TimeZoneInfo zone = roads.Frame.Metrics.Usual.Rules.TimeZone;
        // A Friday and the Saturday after it, at the beginning of each part of the day.
        var friday = new DateTime(2026, 4, 3);
        return Enumerable
            .Range(0, TimeBucket.Count)
            .Select(part =>
            {
                DateTime begin = friday.AddHours(48.0 / TimeBucket.Count * part);
                return roads.At(new DateTimeOffset(begin, zone.GetUtcOffset(begin)));
            });
    }
}
