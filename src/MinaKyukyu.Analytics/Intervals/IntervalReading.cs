using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Analytics.Intervals;

/// <summary>What an interval was in one incident, or why it has none: a closed set.</summary>
public abstract record IntervalReading
{
    private IntervalReading() { }

    public sealed record Measured(TimeSpan Duration) : IntervalReading;

    public sealed record Excluded(ExclusionReason Reason) : IntervalReading;

    /// <summary>Reads an interval from the standing milestones of the first arriving unit. Pure.</summary>
    /// <remarks>
    /// Where no unit arrived, the oldest order that is still obeyed counts, or else the last one that was given. Milestones of two units are never
    /// mixed into one interval, so a run in which another unit carried the patient has no transport here and is counted as missing.
    /// </remarks>
    public static IntervalReading Of(Incident incident, IntervalDefinition interval)
    {
        Order? order = CountedOrder(incident);
        DateTimeOffset? start = MomentOf(incident, order, interval.Start);
        DateTimeOffset? end = MomentOf(incident, order, interval.End);
        if (start is { } began && end is { } ended)
        {
            return ended < began
                ? new Excluded(ExclusionReason.OutOfOrder)
                : new Measured(ended - began);
        }

        return new Excluded(WhyMissing(incident, order, interval, start is null));
    }

    /// <summary>The order of the unit that was on scene first; ties go to the order given first.</summary>
    public static Order? FindFirstArriving(Incident incident) =>
        incident
            .Orders.Select(o => (Order: o, At: MomentOf(incident, o, MilestoneKind.OnScene)))
            .Where(o => o.At is not null)
            .OrderBy(o => o.At)
            .ThenBy(o => o.Order.Token)
            .Select(o => o.Order)
            .FirstOrDefault();

    private static Order? CountedOrder(Incident incident) =>
        FindFirstArriving(incident)
        ?? incident.ActiveOrders.MinBy(o => o.Token)
        ?? incident.Orders.MaxBy(o => o.Token);

    private static DateTimeOffset? MomentOf(Incident incident, Order? order, MilestoneKind kind) =>
        kind == MilestoneKind.CallReceived ? incident.CallReceivedAt
        : order is null ? null
        : incident.FindMilestone(order.Id, kind)?.OccurredAt;

    private static ExclusionReason WhyMissing(
        Incident incident,
        Order? order,
        IntervalDefinition interval,
        bool startIsMissing
    )
    {
        MilestoneKind missing = startIsMissing ? interval.Start : interval.End;
        if (
            missing is >= MilestoneKind.SceneDeparture and <= MilestoneKind.Handover
            && CarriesNobody(incident)
        )
        {
            return ExclusionReason.NoTransport;
        }

        return WasCutShort(incident, order, missing) ? ExclusionReason.Cancelled
            : startIsMissing ? ExclusionReason.MissingStart
            : ExclusionReason.MissingEnd;
    }

    private static bool CarriesNobody(Incident incident) =>
        !incident.Patients.IsEmpty
        && incident.Patients.All(p => p.Outcome is { Transported: false });

    /// <summary>Cancelling explains only what had not come yet: a button that was skipped before stays a gap.</summary>
    private static bool WasCutShort(Incident incident, Order? order, MilestoneKind missing)
    {
        bool cancelled = order is null
            ? incident.CancelledAt is not null
            : order.End is OrderEnd.Cancelled;
        return cancelled
            && (
                order is null || !incident.StandingMilestonesOf(order.Id).Any(m => m.Kind > missing)
            );
    }
}
