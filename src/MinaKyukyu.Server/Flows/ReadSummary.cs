using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.MedicalInfo.Needs;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Server.Flows;

/// <summary>What a crew reads of a summary: sections as they arrive, then the end with what care follows; or a question first.</summary>
internal abstract record SummaryStep
{
    private SummaryStep() { }

    public sealed record Section(SummarySection Content) : SummaryStep;

    /// <param name="IsHolderUnknown">What the call said could not be compared with the card's holder.</param>
    public sealed record End(
        SummaryOutcome Outcome,
        IReadOnlyList<CareNeedFinding> Findings,
        bool IsHolderUnknown
    ) : SummaryStep;

    /// <summary>The card's holder is not whom the call told of; nothing is shown before the crew says that it is this person.</summary>
    public sealed record HolderDiffers(ImmutableArray<HolderDifference> Differences) : SummaryStep;

    /// <summary>The grant is not there, not theirs, or over by now; nothing more is shown.</summary>
    public sealed record Over : SummaryStep;
}

/// <summary>Grant in hand: the summary streams; the grant is checked again before each section.</summary>
internal sealed class ReadSummary(
    CommandDesk desk,
    Department department,
    OpenRecords records,
    MedicalSummaries summaries,
    CareNeedBook needs,
    TimeProvider time,
    ILogger<ReadSummary> logger
)
{
    /// <summary>Up to a telephone's fix (300 m) a distance of some hundred metres still means something.</summary>
    private const double MostUncertainMeters = 300;

    /// <param name="isHolderConfirmed">The crew was asked about a difference and says that the card is this person's.</param>
    public async IAsyncEnumerable<SummaryStep> ReadAsync(
        Caller by,
        IncidentId incident,
        GrantId grantId,
        bool isHolderConfirmed,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        DateTimeOffset openedAt = time.GetUtcNow();
        if (Find(by, incident, grantId) is not { } grant)
        {
            yield return new SummaryStep.Over();
            yield break;
        }

        // An answer counts only after the question.
        bool isAnswered = isHolderConfirmed && records.WasAsked(grant);
        AuditEntry opened = SummaryAudit.Opened(grant, SeenFrom(grant), isAnswered, openedAt);
        if (!await NoteAsync(opened, grant, stop))
        {
            yield return new SummaryStep.Over();
            yield break;
        }

        var screen = new Screen(openedAt);
        Patient? heard = isAnswered ? null : FindHeard(grant);
        bool isHolderUnknown = false;
        try
        {
            await foreach (
                SummaryEvent step in summaries.ReadAsync(
                    grant,
                    holderFirst: heard is not null,
                    stop
                )
            )
            {
                if (Find(by, incident, grantId) is null)
                {
                    screen.End("grant-over");
                    yield return new SummaryStep.Over();
                    yield break;
                }

                if (step is SummaryEvent.HolderKnown(var holder))
                {
                    isHolderUnknown = holder is null;
                    if (FindDifferences(heard!, holder) is { IsEmpty: false } differences)
                    {
                        screen.End(SummaryAudit.HolderDiffers);
                        records.NoteAsked(grant);
                        yield return new SummaryStep.HolderDiffers(differences);
                        yield break;
                    }

                    continue;
                }

                screen.Show(step);
                yield return step switch
                {
                    SummaryEvent.SectionArrived(var section) => new SummaryStep.Section(section),
                    SummaryEvent.Ended(var outcome, var summary) => new SummaryStep.End(
                        outcome,
                        Follow(grant, summary),
                        isHolderUnknown
                    ),
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
            }
        }
        finally
        {
            // Also when nobody listens any more, which is what ends the reader's own token.
            if (!await NoteAsync(screen.ToAudit(grant, time), grant, CancellationToken.None))
            {
                ServerLog.ReadingEndNotWritten(logger, grant.Id.Value);
            }
        }
    }

    private AccessGrant? Find(Caller by, IncidentId incident, GrantId id) =>
        by.Crew is { } crew ? records.Find(incident, id, by.Key, crew) : null;

    private Task<bool> NoteAsync(AuditEntry row, AccessGrant grant, CancellationToken stop) =>
        desk.NoteAsync(grant.Department, new CommitPart { Audit = [row] }, stop);

    /// <summary>The patient as the call told of them; null when it said nothing that could be compared with a card.</summary>
    private Patient? FindHeard(AccessGrant grant) =>
        department.Incidents.Find(grant.Incident)?.FindPatient(grant.Patient) is { } patient
        && HolderComparison.IsWorthAsking(patient)
            ? patient
            : null;

    private ImmutableArray<HolderDifference> FindDifferences(Patient heard, CardHolder? holder) =>
        holder is null
            ? []
            : HolderComparison.Find(heard, holder, RecordDate.DayInJapan(time.GetUtcNow()));

    /// <summary>A distance to a place that is itself vague says nothing.</summary>
    private SeenFrom? SeenFrom(AccessGrant grant) =>
        department.Incidents.Find(grant.Incident)?.Place
            is { Point: { } place, UncertaintyMeters: <= MostUncertainMeters }
        && department.Positions.Find(grant.Unit) is { } position
            ? new SeenFrom(
                (int)position.Point.DistanceMetersTo(place),
                (int)Math.Max(0, (time.GetUtcNow() - position.ReceivedAt).TotalSeconds)
            )
            : null;

    /// <summary>The only place where a record becomes needs; Dispatch learns these and nothing else.</summary>
    private IReadOnlyList<CareNeedFinding> Follow(AccessGrant grant, MedicalSummary summary)
    {
        bool headInjury =
            department.Incidents.Find(grant.Incident)?.FindPatient(grant.Patient) is
            { ReportedHeadInjury: true };
        IReadOnlyList<CareNeedFinding> findings = CareNeedRules.Evaluate(
            summary,
            headInjury,
            RecordDate.DayInJapan(time.GetUtcNow())
        );
        needs.Keep(
            grant.Incident,
            grant.Patient,
            findings.Aggregate(CareNeeds.None, (all, finding) => all | finding.Need)
        );
        // The record may have closed in this very moment; then its needs close with it.
        if (records.Find(grant.Incident, grant.Id, grant.Key, grant.Crew) is null)
        {
            needs.Forget(grant.Incident, grant.Patient);
        }

        return findings;
    }
}
