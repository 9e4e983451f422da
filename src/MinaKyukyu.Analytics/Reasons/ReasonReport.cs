using System.Collections.Immutable;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Analytics.Reasons;

/// <summary>How often a code was given.</summary>
public sealed record ReasonCount(Code Reason, long Count);

/// <summary>What a run without a card costs the crew.</summary>
/// <param name="UsedCount">Card steps closed without a view after a contact that was told.</param>
/// <param name="ExcludedCount">The others closed without a view: no contact was told, or the step was closed before it.</param>
/// <param name="MedianSeconds">From contact to closing, nearest rank, to the millisecond; null when none was used.</param>
public sealed record NoCardPath(long UsedCount, long ExcludedCount, double? MedianSeconds);

/// <summary>Why things went otherwise than the plain way: counts by code. Pure.</summary>
/// <param name="Counts">Of all tables (no view, override, refusal by a hospital, no transport, cancelling), by table and value.</param>
/// <param name="ViewedCount">Patients whose record was viewed, also where consent was withdrawn afterwards.</param>
public sealed record ReasonReport(
    ImmutableArray<ReasonCount> Counts,
    long ViewedCount,
    long IncidentCount,
    NoCardPath NoCard
)
{
    /// <summary>Over the incidents whose call came at or after <paramref name="from"/> and before <paramref name="to"/>.</summary>
    public static ReasonReport Of(
        IEnumerable<Incident> incidents,
        DateTimeOffset from,
        DateTimeOffset to
    )
    {
        ImmutableArray<Incident> counted = ReportPeriod.Within(incidents, from, to);
        return new ReasonReport(
            [
                .. counted
                    .SelectMany(ReasonsOf)
                    .CountBy(code => code)
                    .Select(c => new ReasonCount(c.Key, c.Value))
                    .OrderBy(c => c.Reason.Table, StringComparer.Ordinal)
                    .ThenBy(c => c.Reason.Value, StringComparer.Ordinal),
            ],
            counted.Sum(i => i.CardSteps.Count(WasViewed)),
            counted.Length,
            NoCardPathOf(counted)
        );
    }

    /// <summary>How often codes of one table were given, most frequent first.</summary>
    public IEnumerable<ReasonCount> ListOf(string table) =>
        Counts.Where(c => c.Reason.Table == table).OrderByDescending(c => c.Count);

    private static IEnumerable<Code> ReasonsOf(Incident incident)
    {
        IEnumerable<Code?> given =
        [
            incident.CancelReason,
            .. incident.Orders.Select(o => o.OverrideReason),
            .. incident.Orders.Select(o => o.CancelReason),
            .. incident.Orders.SelectMany(o =>
                o.Destinations.Where(d => d.State == DestinationState.Refused)
                    .Select(d => d.RefusalReason)
            ),
            .. incident.Patients.Select(p => p.Outcome?.NoTransportReason),
            .. incident.CardSteps.Where(WasClosedUnseen).Select(c => c.Reason),
        ];
        return given.OfType<Code>();
    }

    private static NoCardPath NoCardPathOf(ImmutableArray<Incident> incidents)
    {
        TimeSpan?[] spans =
        [
            .. incidents.SelectMany(i =>
                i.CardSteps.Where(WasClosedUnseen).Select(c => FromContactTo(i, c.UpdatedAt))
            ),
        ];
        TimeSpan[] used = [.. spans.OfType<TimeSpan>().Order()];
        return new NoCardPath(
            used.Length,
            spans.Length - used.Length,
            used.Length == 0 ? null : used[(used.Length - 1) / 2].TotalSeconds
        );
    }

    private static TimeSpan? FromContactTo(Incident incident, DateTimeOffset closedAt)
    {
        Milestone? contact = incident
            .Milestones.Where(m => m is { Kind: MilestoneKind.PatientContact, IsWithdrawn: false })
            .MinBy(m => m.OccurredAt);
        return contact is not null && contact.OccurredAt <= closedAt
            ? closedAt - contact.OccurredAt
            : null;
    }

    // A level is written only with a view and stays, whatever becomes of the step later.
    private static bool WasViewed(CardStep step) => step.Level.Length > 0;

    private static bool WasClosedUnseen(CardStep step) =>
        step.State == CardStepState.Closed && !WasViewed(step);
}
