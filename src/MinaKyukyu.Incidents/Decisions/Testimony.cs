using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Incidents.Facts;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Incidents.Decisions;

/// <summary>What a crew tells: a milestone with a time.</summary>
/// <param name="Id">For the milestone, should it be a new one.</param>
/// <param name="DistanceToPlaceMeters">From where the unit was to the place; null when either is unknown.</param>
/// <param name="CardReturned">With handover: whether the card was given back; null when no card was in hand.</param>
public sealed record MilestoneReport(
    string Id,
    IncidentId Incident,
    AssignmentId Order,
    long Token,
    MilestoneKind Kind,
    DateTimeOffset OccurredAt,
    DeviceId Device,
    double? DistanceToPlaceMeters,
    bool? CardReturned
);

/// <summary>A milestone that stands.</summary>
/// <param name="AlreadyTold">The same fact was told before, by this tablet or another; nothing new became true.</param>
public sealed record Testified(Milestone Milestone, Order Order, bool AlreadyTold);

/// <summary>A milestone that was taken back.</summary>
/// <param name="WasUsed">Advice or an order had rested on it; somebody may have to look again.</param>
public sealed record Retracted(Milestone Milestone, bool WasUsed);

/// <summary>
/// Milestones are testimonies: kept as told, with their gaps and delays. Refused is only what cannot be. Pure.
/// </summary>
public static class Testimony
{
    /// <summary>Later than this after it happened, a report is marked late.</summary>
    /// <value>2 minutes: a tap on the road, not one from memory.</value>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(2);

    public static IncidentDecision<Testified> Report(
        IncidentsState state,
        MilestoneReport report,
        DateTimeOffset now
    )
    {
        if (state.Find(report.Incident) is not { } incident)
        {
            return IncidentRefusal.IncidentNotFound;
        }

        if (incident.FindOrder(report.Order) is not { } order)
        {
            return IncidentRefusal.AssignmentNotFound;
        }

        if (WhyImpossible(incident, order, report, now) is { } reason)
        {
            return reason;
        }

        if (incident.FindMilestone(order.Id, report.Kind) is { } told)
        {
            return new IncidentDecision<Testified>.Accepted(
                new Testified(told, order, true),
                CommitPart.Nothing
            );
        }

        var milestone = new Milestone(
            report.Id,
            report.Kind,
            order.Id,
            order.Unit,
            report.OccurredAt,
            now,
            report.Device,
            now - report.OccurredAt > LateAfter,
            HasGap(incident, order, report.Kind),
            false
        );
        return new IncidentDecision<Testified>.Accepted(
            new Testified(milestone, order, false),
            PartOf(incident, order, milestone, report)
        );
    }

    private static IncidentRefusal? WhyImpossible(
        Incident incident,
        Order order,
        MilestoneReport report,
        DateTimeOffset now
    )
    {
        if (report.Kind <= MilestoneKind.Dispatched)
        {
            return IncidentRefusal.MilestoneNotOfCrew;
        }

        // What happened before the order was taken away is still true, however late it is told; and a unit that was called off drives
        // home and says so.
        bool endedBefore =
            order.End is OrderEnd.Cancelled or OrderEnd.Replaced
            && report.OccurredAt > order.EndedAt
            && report.Kind < MilestoneKind.Cleared;
        if (order.Token != report.Token || endedBefore)
        {
            return IncidentRefusal.OrderTokenOutdated;
        }

        if (report.OccurredAt < incident.CallReceivedAt)
        {
            return IncidentRefusal.MilestoneBeforeCall;
        }

        if (report.OccurredAt > now + Opening.ClockTolerance)
        {
            return IncidentRefusal.MilestoneInFuture;
        }

        return report.OccurredAt < order.DispatchedAt - Opening.ClockTolerance
            ? IncidentRefusal.MilestoneBeforeOrder
            : null;
    }

    private static CommitPart PartOf(
        Incident incident,
        Order order,
        Milestone milestone,
        MilestoneReport report
    )
    {
        var body = new MilestoneV1(
            incident.Id.Value,
            milestone.Id,
            order.Id.Value,
            order.Unit.Value,
            (int)milestone.Kind,
            milestone.OccurredAt,
            milestone.ReceivedAt,
            report.Device.Value,
            milestone.IsLate,
            milestone.HasGapBefore,
            milestone.Kind == MilestoneKind.OnScene ? report.DistanceToPlaceMeters : null,
            milestone.Kind == MilestoneKind.Handover ? report.CardReturned : null
        );
        var part = CommitPart.Of(
            IncidentFacts.Write(
                IncidentFacts.MilestoneReported,
                incident.Id.Value,
                body,
                IncidentJson.Default.MilestoneV1
            )
        );
        return report.Kind >= MilestoneKind.Cleared && order.IsActive
            ? part.And(Clearing(incident, order))
            : part;
    }

    /// <summary>The unit is free; with the last one, what was kept only for the run is erased.</summary>
    private static CommitPart Clearing(Incident incident, Order order) =>
        new()
        {
            Releases = [Ordering.ClaimOf(order)],
            Forgets = incident.ActiveOrders.All(o => o.Id == order.Id)
                ? [Opening.PerishableScope(incident.Id)]
                : [],
        };

    /// <summary>Whether a milestone before this one was never told. A run that carries nobody skips what only carrying needs.</summary>
    private static bool HasGap(Incident incident, Order order, MilestoneKind kind)
    {
        // What a unit that was called off did not do is not missing.
        if (order.End is OrderEnd.Cancelled or OrderEnd.Replaced && kind >= MilestoneKind.Cleared)
        {
            return false;
        }

        bool carriesNobody =
            incident.Patients.All(p => p.Outcome is { Transported: false })
            || incident.FindMilestone(order.Id, MilestoneKind.SceneDeparture) is null
                && kind is MilestoneKind.Cleared or MilestoneKind.BackAtStation;
        for (MilestoneKind earlier = MilestoneKind.EnRoute; earlier < kind; earlier++)
        {
            bool skipped =
                carriesNobody
                && earlier is >= MilestoneKind.PatientLoaded and <= MilestoneKind.Handover;
            if (!skipped && incident.FindMilestone(order.Id, earlier) is null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes a milestone back. If that alone had ended the run, the unit's claim is taken again, unless it obeys another order by now.</summary>
    /// <param name="usedByAdvice">Whether advice rested on it.</param>
    public static IncidentDecision<Retracted> Withdraw(
        IncidentsState state,
        FleetState fleet,
        IncidentId incidentId,
        string milestoneId,
        DeviceId device,
        bool usedByAdvice,
        DateTimeOffset now
    )
    {
        if (state.Find(incidentId) is not { } incident)
        {
            return IncidentRefusal.IncidentNotFound;
        }

        Milestone? told = incident.Milestones.FirstOrDefault(m => m.Id == milestoneId);
        if (told is not { Device: not null, Order: { } orderId, Unit: { } unit })
        {
            return IncidentRefusal.MilestoneNotFound;
        }

        if (told.IsWithdrawn)
        {
            return new IncidentDecision<Retracted>.Accepted(
                new Retracted(told, usedByAdvice),
                CommitPart.Nothing
            );
        }

        Order order = incident.FindOrder(orderId)!;
        bool resumes = EndedBy(incident, order, told);
        Order? latest = state.FindLastOrder(unit);
        bool usedByOrder = resumes && latest is not null && latest.Id != orderId;
        bool wasUsed = usedByAdvice || usedByOrder;
        // A crew that has signed off cannot take the run up again; somebody must look.
        bool isElsewhere =
            resumes && (fleet.Find(unit) is null || (usedByOrder && latest!.IsActive));
        var body = new MilestoneWithdrawnV1(
            incidentId.Value,
            milestoneId,
            now,
            device.Value,
            wasUsed,
            isElsewhere
        );
        var part = CommitPart.Of(
            IncidentFacts.Write(
                IncidentFacts.MilestoneWithdrawn,
                incidentId.Value,
                body,
                IncidentJson.Default.MilestoneWithdrawnV1
            )
        );
        return new IncidentDecision<Retracted>.Accepted(
            new Retracted(told, wasUsed),
            resumes && !isElsewhere ? part with { Takes = [Ordering.ClaimOf(order)] } : part
        );
    }

    /// <summary>Whether nothing else says that the run is over. What was cancelled, order or incident, does not come back to life.</summary>
    private static bool EndedBy(Incident incident, Order order, Milestone told) =>
        incident.CancelledAt is null
        && order.End is OrderEnd.Cleared
        && told.Kind >= MilestoneKind.Cleared
        && !incident
            .StandingMilestonesOf(order.Id)
            .Any(m => m.Kind >= MilestoneKind.Cleared && m.Id != told.Id);
}
