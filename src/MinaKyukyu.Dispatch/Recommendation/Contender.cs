using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.State;

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
    private readonly long _untilRolling = Whole(freeIn ?? TimeSpan.Zero) + Whole(turnout);

    public UnitPlan Unit { get; } = unit;

    public UnitActivity Activity { get; } = activity;

    public Whereabouts Whereabouts { get; } = whereabouts;

    public TimeSpan Turnout { get; } = turnout;

    /// <summary>Null: free now.</summary>
    public TimeSpan? FreeIn { get; } = freeIn;

    /// <summary>The drive in milliseconds; meaningless until it was reckoned.</summary>
    public int RoadMilliseconds { get; private set; }

    /// <summary>Metres to the road it was reckoned from; null: by straight line.</summary>
    public double? SnapMeters { get; private set; }

    /// <summary>Place of its station in the static order, from 0; 0 at other levels.</summary>
    public int StationRank { get; set; }

    /// <summary>Whole milliseconds from now until on scene: what candidates are compared by.</summary>
    public long EtaMilliseconds => _untilRolling + RoadMilliseconds;

    /// <param name="snapMeters">Null: by straight line.</param>
    public void Drives(int milliseconds, double? snapMeters)
    {
        RoadMilliseconds = milliseconds;
        SnapMeters = snapMeters;
    }

    private static long Whole(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>By time, then idle before soon free, then by id: total, so that two consoles never disagree.</summary>
    public static IComparer<Contender> NearestFirst { get; } =
        Comparer<Contender>.Create(
            static (a, b) =>
            {
                int byTime = a.EtaMilliseconds.CompareTo(b.EtaMilliseconds);
                int byIdle = (a.FreeIn is not null).CompareTo(b.FreeIn is not null);
                return byTime != 0 ? byTime
                    : byIdle != 0 ? byIdle
                    : ById(a, b);
            }
        );

    /// <summary>Without times: who is free, by station, those that wait there before those still on their way to it, then by id.</summary>
    public static IComparer<Contender> ByStation { get; } =
        Comparer<Contender>.Create(
            static (a, b) =>
            {
                int byIdle = (a.FreeIn is not null).CompareTo(b.FreeIn is not null);
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
