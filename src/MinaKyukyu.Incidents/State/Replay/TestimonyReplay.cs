using MinaKyukyu.Incidents.Facts;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Incidents.State.Replay;

/// <summary>What a milestone does when it is told, and what goes with it when it is taken back.</summary>
internal static class TestimonyReplay
{
    public static IncidentsState Report(IncidentsState state, MilestoneV1 body, long position)
    {
        var kind = (MilestoneKind)body.Kind;
        var order = new AssignmentId(body.Assignment);
        var milestone = new Milestone(
            body.Milestone,
            kind,
            order,
            new UnitId(body.Unit),
            body.OccurredAt,
            body.ReceivedAt,
            new DeviceId(body.Device),
            body.Late,
            body.Gap,
            false
        );
        Incident incident = state.Get(body.Incident).ChangeOrder(order, o => After(o, kind, body));
        incident = incident with { Milestones = incident.Milestones.Add(milestone) };
        return state.With(CardStepReplay.Return(incident, body), position);
    }

    public static IncidentsState Withdraw(
        IncidentsState state,
        MilestoneWithdrawnV1 body,
        long position
    )
    {
        Incident incident = state.Get(body.Incident);
        Milestone told = incident.Milestones.First(m => m.Id == body.Milestone);
        incident = incident with
        {
            Milestones = incident.Milestones.Replace(told, told with { IsWithdrawn = true }),
        };
        if (told.Order is { } order)
        {
            incident = incident.ChangeOrder(order, o => Without(incident, o, told, body));
        }

        if (AlarmOf(body) is { } alarm)
        {
            incident = incident.WithAlarm(alarm, told.Order, body.At);
        }

        state = state.With(incident, position);

        // A run that goes on is the unit's latest again, whatever it was ordered to and released from in between.
        return
            told is { Order: { } resumed, Unit: { } unit } && incident.FindOrder(resumed)!.IsActive
            ? state with
            {
                LastOrderOfUnit = state.LastOrderOfUnit.SetItem(
                    unit,
                    new OrderKey(incident.Id, resumed)
                ),
            }
            : state;
    }

    private static IncidentAlarmKind? AlarmOf(MilestoneWithdrawnV1 body) =>
        body.UnitIsElsewhere ? IncidentAlarmKind.ClearedUnitIsElsewhere
        : body.WasUsed ? IncidentAlarmKind.WithdrawnMilestoneWasUsed
        : null;

    /// <summary>Whatever a crew reports of a run, it says that the unit rolls; the button for rolling itself may have been skipped.</summary>
    private static Order After(Order order, MilestoneKind kind, MilestoneV1 body)
    {
        Order rolling = order with { RollingAt = order.RollingAt ?? body.OccurredAt };
        return kind < MilestoneKind.Cleared
            ? Reached(rolling, kind, body)
            : Ended(order, kind, body);
    }

    private static Order Reached(Order order, MilestoneKind kind, MilestoneV1 body) =>
        kind switch
        {
            MilestoneKind.OnScene => order with
            {
                ArrivalDistanceMeters = body.DistanceToPlaceMeters,
            },
            MilestoneKind.HospitalArrival => order with
            {
                Destinations = HospitalInquiryReplay.Arrive(order.Destinations, body.OccurredAt),
            },
            _ => order,
        };

    private static Order Ended(Order order, MilestoneKind kind, MilestoneV1 body) =>
        kind switch
        {
            // A clearing that is told after the return to the station is still when the run ended.
            MilestoneKind.Cleared when order.End is null or OrderEnd.Cleared => order with
            {
                End = OrderEnd.Cleared,
                EndedAt = body.OccurredAt,
            },
            MilestoneKind.BackAtStation when order.IsActive => order with
            {
                End = OrderEnd.Cleared,
                EndedAt = body.OccurredAt,
            },
            _ => order,
        };

    /// <summary>What an order is once a milestone is taken back: all that had followed from it alone goes with it.</summary>
    private static Order Without(
        Incident incident,
        Order order,
        Milestone told,
        MilestoneWithdrawnV1 body
    )
    {
        if (told.Kind >= MilestoneKind.Cleared)
        {
            return WithoutEnding(incident, order, body);
        }

        DateTimeOffset? rolled = incident
            .StandingMilestonesOf(order.Id)
            .Where(m => m.Kind is >= MilestoneKind.EnRoute and < MilestoneKind.Cleared)
            .Min(m => (DateTimeOffset?)m.OccurredAt);
        return order with
        {
            RollingAt = Earlier(order.MovedAt, rolled),
            ArrivalDistanceMeters =
                told.Kind == MilestoneKind.OnScene ? null : order.ArrivalDistanceMeters,
            Destinations =
                told.Kind == MilestoneKind.HospitalArrival
                    ? HospitalInquiryReplay.Depart(order.Destinations, body.At)
                    : order.Destinations,
        };
    }

    private static Order WithoutEnding(Incident incident, Order order, MilestoneWithdrawnV1 body)
    {
        if (order.End is not OrderEnd.Cleared)
        {
            return order;
        }

        Milestone? ending = incident.FindEnding(order.Id);
        bool goesOn = ending is null && !body.UnitIsElsewhere && incident.CancelledAt is null;
        return goesOn
            ? order with
            {
                End = null,
                EndedAt = null,
            }
            : order with
            {
                EndedAt = ending?.OccurredAt ?? order.EndedAt,
            };
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) =>
        a is { } x && b is { } y ? (x < y ? x : y) : a ?? b;
}
