using System.Runtime.CompilerServices;
using MinaKyukyu.Fleet.Positions;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Watching;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Flows;

/// <summary>An order as its unit hears of it.</summary>
internal sealed record OrderNews(Order Order, Incident Incident);

/// <summary>The tablet's side of an order: it arrives, is acknowledged, and the unit moves.</summary>
internal sealed class FollowOrders(
    CommandDesk desk,
    Department department,
    ChangeBell bell,
    RollingSigns rolling,
    TimeProvider time
)
{
    /// <summary>
    /// The unit's active order at once, then each order as it is given, taken up again, or ends. A slow tablet sees the newest, not
    /// every step; but of the order that it was told last it always hears the end.
    /// </summary>
    public async IAsyncEnumerable<OrderNews> WatchAsync(
        UnitId unit,
        long afterToken,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        using ChangeBell.Listener listener = bell.Listen();
        // What the tablet knows of the order whose token it names: that it stands.
        Told? told = department.Incidents.FindOrderByToken(unit, afterToken) is { } known
            ? new Told(known.Id, null)
            : null;
        while (true)
        {
            IncidentsState state = department.Incidents;
            if (told is not null && state.FindOrder(told.Order) is { } last && last.End != told.End)
            {
                yield return new OrderNews(last, state.Incidents[last.Incident]);
                told = new Told(last.Id, last.End);
            }

            if (state.FindLastOrder(unit) is { IsActive: true } order && order.Id != told?.Order)
            {
                yield return new OrderNews(order, state.Incidents[order.Incident]);
                told = new Told(order.Id, order.End);
            }

            await listener.WaitAsync(stop);
        }
    }

    private sealed record Told(AssignmentId Order, OrderEnd? End);

    /// <summary>The tablet took the order off the wire.</summary>
    public Task NoteDeliveryAsync(Order order, CancellationToken stop) =>
        order.DeliveredAt is null && order.IsActive
            ? desk.NoteAsync(
                department.City.Plan.Id,
                Ordering.Delivered(order, time.GetUtcNow()),
                stop
            )
            : Task.CompletedTask;

    public Task<CommandAnswer<Order>> AcknowledgeAsync(
        Command command,
        AssignmentId id,
        long token,
        Func<Order, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Orders],
            now =>
                department.Incidents.FindOrder(id) is { } order && order.Unit == command.By.Unit
                    ? Ordering.Acknowledge(department.Incidents, id, token, now).ToFlow()
                    : Refusal.Of(IncidentRefusal.AssignmentNotFound),
            encode,
            stop
        );

    /// <summary>Latest wins; movement after an order is taken as a sign that the unit rolls.</summary>
    public int TakePositions(UnitId unit, IEnumerable<UnitPosition> positions)
    {
        int accepted = 0;
        foreach (UnitPosition position in positions)
        {
            accepted += department.Positions.Report(position) ? 1 : 0;
        }

        if (accepted > 0 && rolling.Find(unit) is { } order)
        {
            desk.Post(department.City.Plan.Id, Ordering.Rolling(order, time.GetUtcNow()));
        }

        return accepted;
    }
}
