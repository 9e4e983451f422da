using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Incidents.Facts;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Incidents.Decisions;

/// <summary>What an order rests on.</summary>
/// <param name="Advised">The first of the advice; null when there was none to follow.</param>
public sealed record OrderGround(
    RecommendationId? Recommendation,
    UnitId? Advised,
    Code? OverrideReason
);

/// <summary>Giving, replacing, cancelling and following orders: pure.</summary>
public static class Ordering
{
    /// <summary>A unit has at most one active order: the order holds this claim until it ends.</summary>
    public const string UnitClaim = "unit";

    public static Claim ClaimOf(Order order) => new(UnitClaim, order.Unit.Value, order.Id.Value);

    /// <param name="epoch">Of the department's owner; tokens of a later owner are higher than all of an earlier one.</param>
    public static IncidentDecision<Order> Assign(
        IncidentsState state,
        FleetState fleet,
        IncidentId incidentId,
        UnitId unit,
        AssignmentId id,
        OrderGround ground,
        long epoch,
        DateTimeOffset now
    ) =>
        state.Find(incidentId) is { } incident
            ? Order(state, fleet, incident, unit, id, ground, epoch, now, null)
            : IncidentRefusal.IncidentNotFound;

    /// <summary>Another unit instead, in one act: the incident is never without an order in between.</summary>
    public static IncidentDecision<Order> Reassign(
        IncidentsState state,
        FleetState fleet,
        AssignmentId replaced,
        UnitId unit,
        AssignmentId id,
        OrderGround ground,
        long epoch,
        DateTimeOffset now
    )
    {
        if (state.FindOrder(replaced) is not { } before)
        {
            return IncidentRefusal.AssignmentNotFound;
        }

        return before.IsActive
            ? Order(
                state,
                fleet,
                state.Incidents[before.Incident],
                unit,
                id,
                ground,
                epoch,
                now,
                before
            )
            : IncidentRefusal.OrderTokenOutdated;
    }

    private static IncidentDecision<Order> Order(
        IncidentsState state,
        FleetState fleet,
        Incident incident,
        UnitId unit,
        AssignmentId id,
        OrderGround ground,
        long epoch,
        DateTimeOffset now,
        Order? replaces
    )
    {
        if (incident.IsClosed)
        {
            return IncidentRefusal.IncidentClosed;
        }

        if (fleet.Find(unit) is null)
        {
            return IncidentRefusal.UnitNotOnDuty;
        }

        if (!UnitActivity.Of(unit, fleet, state).MayBeDispatched)
        {
            return IncidentRefusal.UnitNotAvailable;
        }

        bool overrides = ground.Advised is { } advised && advised != unit;
        if (overrides && ground.OverrideReason is null)
        {
            return IncidentRefusal.OverrideReasonMissing;
        }

        var order = new Order
        {
            Id = id,
            Incident = incident.Id,
            Unit = unit,
            Token = Math.Max(state.LastOrderToken, epoch << 32) + 1,
            DispatchedAt = now,
            Recommendation = ground.Recommendation,
            OverrideReason = overrides ? ground.OverrideReason : null,
        };
        var body = new OrderedV1(
            incident.Id.Value,
            id.Value,
            unit.Value,
            order.Token,
            now,
            ground.Recommendation?.Value,
            IncidentFacts.Write(order.OverrideReason),
            replaces?.Id.Value
        );
        var part = CommitPart.Of(
            IncidentFacts.Write(
                IncidentFacts.Ordered,
                incident.Id.Value,
                body,
                IncidentJson.Default.OrderedV1
            )
        );
        return new IncidentDecision<Order>.Accepted(
            order,
            part with
            {
                Takes = [ClaimOf(order)],
                Releases = replaces is null ? [] : [ClaimOf(replaces)],
            }
        );
    }

    public static IncidentDecision<Order> Cancel(
        IncidentsState state,
        AssignmentId id,
        Code reason,
        DateTimeOffset now
    )
    {
        if (state.FindOrder(id) is not { } order)
        {
            return IncidentRefusal.AssignmentNotFound;
        }

        if (!order.IsActive)
        {
            return IncidentRefusal.OrderTokenOutdated;
        }

        var body = new OrderCancelledV1(
            order.Incident.Value,
            id.Value,
            now,
            IncidentFacts.Write(reason)!
        );
        var part = CommitPart.Of(
            IncidentFacts.Write(
                IncidentFacts.OrderCancelled,
                order.Incident.Value,
                body,
                IncidentJson.Default.OrderCancelledV1
            )
        );
        return new IncidentDecision<Order>.Accepted(
            order,
            part with
            {
                Releases = [ClaimOf(order)],
            }
        );
    }

    /// <summary>The crew has read the order. The same acknowledgement from a second tablet changes nothing.</summary>
    public static IncidentDecision<Order> Acknowledge(
        IncidentsState state,
        AssignmentId id,
        long token,
        DateTimeOffset now
    )
    {
        if (state.FindOrder(id) is not { } order)
        {
            return IncidentRefusal.AssignmentNotFound;
        }

        if (order.Token != token || !order.IsActive)
        {
            return IncidentRefusal.OrderTokenOutdated;
        }

        return new IncidentDecision<Order>.Accepted(
            order,
            order.AcknowledgedAt is null
                ? Seen(IncidentFacts.OrderAcknowledged, order, now)
                : CommitPart.Nothing
        );
    }

    /// <summary>The tablet has the order.</summary>
    public static CommitPart Delivered(Order order, DateTimeOffset now) =>
        Seen(IncidentFacts.OrderDelivered, order, now);

    /// <summary>The unit moves, though nobody has pressed the button.</summary>
    public static CommitPart Rolling(Order order, DateTimeOffset now) =>
        Seen(IncidentFacts.OrderRolling, order, now);

    private static CommitPart Seen(string kind, Order order, DateTimeOffset now) =>
        CommitPart.Of(
            IncidentFacts.Write(
                kind,
                order.Incident.Value,
                new OrderSeenV1(order.Incident.Value, order.Id.Value, now),
                IncidentJson.Default.OrderSeenV1
            )
        );
}
