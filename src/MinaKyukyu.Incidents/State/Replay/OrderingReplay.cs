using MinaKyukyu.Incidents.Facts;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using static MinaKyukyu.Incidents.Facts.IncidentFacts;

namespace MinaKyukyu.Incidents.State.Replay;

/// <summary>What giving, replacing, cancelling and following an order do.</summary>
internal static class OrderingReplay
{
    public static IncidentsState Give(IncidentsState state, OrderedV1 body, long position)
    {
        Incident incident = state.Get(body.Incident);
        var unit = new UnitId(body.Unit);
        var order = new Order
        {
            Id = new AssignmentId(body.Assignment),
            Incident = incident.Id,
            Unit = unit,
            Token = body.Token,
            DispatchedAt = body.At,
            Before = state.LastOrderOfUnit.TryGetValue(unit, out OrderKey before) ? before : null,
            Recommendation = body.Recommendation is { } r ? new RecommendationId(r) : null,
            OverrideReason = Read(body.OverrideReason),
        };
        if (body.Replaces is { } replaced)
        {
            incident = incident.ChangeOrder(
                new AssignmentId(replaced),
                o => o with { End = OrderEnd.Replaced, EndedAt = body.At }
            );
        }

        incident = incident with
        {
            Orders = incident.Orders.Add(order),
            Milestones = incident.Milestones.Add(
                Milestone.NotedByCentre(
                    $"{body.Assignment}:dispatched",
                    MilestoneKind.Dispatched,
                    order.Id,
                    unit,
                    body.At
                )
            ),
        };
        return state.With(incident, position) with
        {
            LastOrderOfUnit = state.LastOrderOfUnit.SetItem(
                unit,
                new OrderKey(incident.Id, order.Id)
            ),
            IncidentOfOrder = state.IncidentOfOrder.SetItem(order.Id, incident.Id),
            LastOrderToken = Math.Max(state.LastOrderToken, body.Token),
        };
    }

    public static IncidentsState Deliver(IncidentsState state, OrderSeenV1 body, long position) =>
        See(state, body, position, o => o with { DeliveredAt = o.DeliveredAt ?? body.At });

    public static IncidentsState Acknowledge(
        IncidentsState state,
        OrderSeenV1 body,
        long position
    ) =>
        See(
            state,
            body,
            position,
            o =>
                o with
                {
                    DeliveredAt = o.DeliveredAt ?? body.At,
                    AcknowledgedAt = o.AcknowledgedAt ?? body.At,
                }
        );

    public static IncidentsState Roll(IncidentsState state, OrderSeenV1 body, long position) =>
        See(
            state,
            body,
            position,
            o => o with { MovedAt = o.MovedAt ?? body.At, RollingAt = o.RollingAt ?? body.At }
        );

    public static IncidentsState Cancel(
        IncidentsState state,
        OrderCancelledV1 body,
        long position
    ) =>
        state.ChangeOrder(
            body.Incident,
            body.Assignment,
            position,
            o =>
                o with
                {
                    End = OrderEnd.Cancelled,
                    EndedAt = body.At,
                    CancelReason = Read(body.Reason),
                }
        );

    private static IncidentsState See(
        IncidentsState state,
        OrderSeenV1 body,
        long position,
        Func<Order, Order> change
    ) => state.ChangeOrder(body.Incident, body.Assignment, position, change);
}
