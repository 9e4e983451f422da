using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Incidents.State;

/// <summary>車両動態: what a unit is doing. Derived from duty and the last milestone, never stored beside them.</summary>
public enum UnitState
{
    OffDuty = 1,
    AtStation = 2,
    Dispatched = 3,
    EnRoute = 4,
    OnScene = 5,
    Transporting = 6,
    AtHospital = 7,

    /// <summary>Cleared and driving home: may be sent from here.</summary>
    Returning = 8,
}

/// <summary>A unit's state and the order that it comes from.</summary>
/// <param name="Since">When it began, as far as the facts tell.</param>
public readonly record struct UnitActivity(UnitState State, Order? Order, DateTimeOffset? Since)
{
    public bool MayBeDispatched => State is UnitState.AtStation or UnitState.Returning;

    public static UnitActivity Of(UnitId unit, FleetState fleet, IncidentsState incidents)
    {
        if (fleet.Find(unit) is not { } duty)
        {
            return new UnitActivity(UnitState.OffDuty, null, null);
        }

        // An order from before this shift is somebody else's; only an active one still binds the unit.
        if (
            incidents.FindLastFollowedOrder(unit) is not { } order
            || (order.EndedAt is { } ended && ended <= duty.Since)
        )
        {
            return new UnitActivity(UnitState.AtStation, null, duty.Since);
        }

        Incident incident = incidents.Incidents[order.Incident];
        // A clearing that was taken back while the unit was elsewhere ends nothing: the unit is still at work there.
        bool isAtWork =
            order.IsActive
            || (
                order.End is OrderEnd.Cleared
                && incident.CancelledAt is null
                && incident.FindEnding(order.Id) is null
            );
        return isAtWork ? Busy(order, incident) : Free(order, incident);
    }

    /// <summary>The furthest milestone counts, in whichever order they were told.</summary>
    private static UnitActivity Busy(Order order, Incident incident)
    {
        Milestone? last = incident.StandingMilestonesOf(order.Id).MaxBy(m => m.Kind);
        UnitState state = last?.Kind switch
        {
            MilestoneKind.EnRoute => UnitState.EnRoute,
            MilestoneKind.OnScene or MilestoneKind.PatientContact or MilestoneKind.PatientLoaded =>
                UnitState.OnScene,
            MilestoneKind.SceneDeparture => UnitState.Transporting,
            MilestoneKind.HospitalArrival or MilestoneKind.Handover => UnitState.AtHospital,
            _ => UnitState.Dispatched,
        };
        return new UnitActivity(state, order, last?.OccurredAt ?? order.DispatchedAt);
    }

    private static UnitActivity Free(Order order, Incident incident) =>
        incident.FindMilestone(order.Id, MilestoneKind.BackAtStation) is { } back
            ? new UnitActivity(UnitState.AtStation, order, back.OccurredAt)
            : new UnitActivity(UnitState.Returning, order, order.EndedAt);
}
