using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Dispatch.Recommendation;

/// <summary>解放見込: when a busy unit will be free, from usual durations and how long its present state has lasted.</summary>
internal static class ExpectedRelease
{
    /// <summary>The patient is handed over: only clearing is left, and that is short enough to wait for.</summary>
    public static bool IsSoon(UnitActivity activity, IncidentsState incidents) =>
        activity.State == UnitState.AtHospital && HandedOverAt(activity, incidents) is not null;

    public static TimeSpan In(
        UnitActivity activity,
        IncidentsState incidents,
        DateTimeOffset now,
        DispatchOptions options
    )
    {
        TimeSpan fromHospital = options.UsualHandover + options.UsualClearing;
        TimeSpan fromDeparture = options.UsualTransport + fromHospital;
        TimeSpan fromArrival = options.UsualScene + fromDeparture;
        DateTimeOffset since = activity.Since ?? now;
        TimeSpan left;
        switch (activity.State)
        {
            case UnitState.OnScene:
                left = fromArrival;
                break;
            case UnitState.Transporting:
                left = fromDeparture;
                break;
            case UnitState.AtHospital when HandedOverAt(activity, incidents) is { } handedOver:
                (left, since) = (options.UsualClearing, handedOver);
                break;
            case UnitState.AtHospital:
                left = fromHospital;
                break;
            default:
                left = options.UsualDrive + fromArrival;
                break;
        }

        left -= now > since ? now - since : TimeSpan.Zero;
        return left > options.FreeInAtLeast ? left : options.FreeInAtLeast;
    }

    private static DateTimeOffset? HandedOverAt(UnitActivity activity, IncidentsState incidents) =>
        activity.Order is { } order
            ? incidents
                .Find(order.Incident)
                ?.FindMilestone(order.Id, MilestoneKind.Handover)
                ?.OccurredAt
            : null;
}
