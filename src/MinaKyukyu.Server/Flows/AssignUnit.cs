using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Flows;

/// <summary>What a dispatcher chose, and what he looked at.</summary>
internal sealed record Choice(UnitId Unit, RecommendationId? Recommendation, Code? OverrideReason);

/// <summary>The dispatcher decides: an order is given, replaced or taken back. Its commit holds the advice that it rests on.</summary>
internal sealed class AssignUnit(
    CommandDesk desk,
    Department department,
    RecommendationBook book,
    Ownership ownership,
    IIdSource ids
)
{
    private const string RecommendationNotFound = "RECOMMENDATION_NOT_FOUND";

    public Task<CommandAnswer<Order>> AssignAsync(
        Command command,
        IncidentId incident,
        Choice choice,
        Func<Order, byte[]> encode,
        CancellationToken stop
    )
    {
        var id = new AssignmentId(ids.Next());
        return desk.RunAsync(
            command,
            [Turns.Orders, Turns.Of(incident)],
            now =>
                WithAdvice(
                    choice,
                    department.Incidents.Find(incident) is null ? null : incident,
                    IncidentRefusal.IncidentNotFound,
                    ground =>
                        Ordering.Assign(
                            department.Incidents,
                            department.Fleet,
                            incident,
                            choice.Unit,
                            id,
                            ground,
                            ownership.Epoch,
                            now
                        )
                ),
            encode,
            stop
        );
    }

    public Task<CommandAnswer<Order>> ReassignAsync(
        Command command,
        AssignmentId replaced,
        Choice choice,
        Func<Order, byte[]> encode,
        CancellationToken stop
    )
    {
        var id = new AssignmentId(ids.Next());
        IncidentId? incident = department.Incidents.FindOrder(replaced)?.Incident;
        return desk.RunAsync(
            command,
            incident is { } known ? [Turns.Orders, Turns.Of(known)] : [Turns.Orders],
            now =>
                WithAdvice(
                    choice,
                    incident,
                    IncidentRefusal.AssignmentNotFound,
                    ground =>
                        Ordering.Reassign(
                            department.Incidents,
                            department.Fleet,
                            replaced,
                            choice.Unit,
                            id,
                            ground,
                            ownership.Epoch,
                            now
                        )
                ),
            encode,
            stop
        );
    }

    public Task<CommandAnswer<Order>> CancelAsync(
        Command command,
        AssignmentId order,
        Code reason,
        Func<Order, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            department.Incidents.FindOrder(order)?.Incident is { } incident
                ? [Turns.Orders, Turns.Of(incident)]
                : [Turns.Orders],
            now => Ordering.Cancel(department.Incidents, order, reason, now).ToFlow(),
            encode,
            stop
        );

    private Decided<Order> WithAdvice(
        Choice choice,
        IncidentId? incident,
        IncidentRefusal absent,
        Func<OrderGround, IncidentDecision<Order>> decide
    )
    {
        if (incident is null)
        {
            return Refusal.Of(absent);
        }

        if (department.City.Plan.FindUnit(choice.Unit) is null)
        {
            return Refusal.Of(IncidentRefusal.UnitNotFound);
        }

        if (choice.Recommendation is not { } id)
        {
            return decide(new OrderGround(null, null, choice.OverrideReason)).ToFlow();
        }

        if (book.Find(id) is not { } given || given.Incident != incident)
        {
            return new Refusal(RecommendationNotFound, "recommendation_id");
        }

        return decide(new OrderGround(id, given.Advice.Advised, choice.OverrideReason))
            .ToFlow()
            .With(_ => CommitPart.Of(AdviceFacts.Write(given)));
    }
}
