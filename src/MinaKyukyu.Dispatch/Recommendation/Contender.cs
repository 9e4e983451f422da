using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.Dispatch.Recommendation;

/// <summary>A unit that may go, while it is being reckoned.</summary>
internal sealed class Contender(
    UnitPlan unit,
    UnitActivity activity,
    Whereabouts whereabouts,
    TimeSpan turnout,
    TimeSpan? freeIn
)
{
    private readonly long _untilFree = Whole(freeIn ?? TimeSpan.Zero);
    private readonly long _turnout = Whole(turnout);

    public UnitPlan Unit { get; } = unit;

    public UnitActivity Activity { get; } = activity;

    public Whereabouts Whereabouts { get; } = whereabouts;

    public TimeSpan Turnout { get; } = turnout;

    /// <summary>Null: free now.</summary>
    public TimeSpan? FreeIn { get; } = freeIn;

    /// <summary>The drive in milliseconds; meaningless until it was reckoned.</summary>
    public int RoadMilliseconds { get; private set; }

    /// <summary>The place on the roads that it was reckoned from; null: by straight line.</summary>
    public RoadPosition? OnRoad { get; private set; }

    /// <summary>Metres to the road it was reckoned from; null: by straight line.</summary>
    public double? SnapMeters => OnRoad?.SnapMeters;

    /// <summary>Place of its station in the static order, from 0; 0 at other levels.</summary>
    public int StationRank { get; set; }

    /// <summary>Null where it cannot win any more, and at levels without roads.</summary>
    public Prospect? Prospect { get; set; }

    /// <summary>Whole milliseconds from now until on scene by road and the rule for turnout.</summary>
    public long RoadEtaMilliseconds => _untilFree + _turnout + RoadMilliseconds;

    /// <summary>Whole milliseconds from now until on scene, the model's where it was asked: what candidates are compared by.</summary>
    public long EtaMilliseconds => After(e => e.P50) ?? RoadEtaMilliseconds;

    /// <summary>Null without an estimate.</summary>
    public long? EtaP10Milliseconds => After(e => e.P10);

    /// <inheritdoc cref="EtaP10Milliseconds"/>
    public long? EtaP90Milliseconds => After(e => e.P90);

    public bool IsFree => FreeIn is null;

    /// <param name="from">Null: by straight line.</param>
    public void Drives(int milliseconds, RoadPosition? from)
    {
        RoadMilliseconds = milliseconds;
        OnRoad = from;
    }

    private long? After(Func<TimeToScene, int> quantile) =>
        Prospect?.Estimate is { } estimate ? _untilFree + quantile(estimate) : null;

    private static long Whole(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>By time, then by P90 where there is one, then idle before soon free, then by id: total, so that two consoles never disagree.</summary>
    public static IComparer<Contender> NearestFirst { get; } =
        Comparer<Contender>.Create(
            static (a, b) =>
            {
                int byTime = a.EtaMilliseconds.CompareTo(b.EtaMilliseconds);
                int byDoubt = Nullable.Compare(a.EtaP90Milliseconds, b.EtaP90Milliseconds);
                int byIdle = b.IsFree.CompareTo(a.IsFree);
                return byTime != 0 ? byTime
                    : byDoubt != 0 ? byDoubt
                    : byIdle != 0 ? byIdle
                    : ById(a, b);
            }
        );

    /// <summary>Without times: who is free, by station, those that wait there before those still on their way to it, then by id.</summary>
    public static IComparer<Contender> ByStation { get; } =
        Comparer<Contender>.Create(
            static (a, b) =>
            {
                int byIdle = b.IsFree.CompareTo(a.IsFree);
                int byStation = a.StationRank.CompareTo(b.StationRank);
                int byState = a.Activity.State.CompareTo(b.Activity.State);
                return byIdle != 0 ? byIdle
                    : byStation != 0 ? byStation
                    : byState != 0 ? byState
                    : ById(a, b);
            }
        );

    private static int ById(Contender a, Contender b) =>
        string.CompareOrdinal(a.Unit.Id.Value, b.Unit.Id.Value);
}
