using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
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

/// <summary>What a crew reads of a summary: sections as they arrive, then the end with what care follows.</summary>
internal abstract record SummaryStep
{
    private SummaryStep() { }

    public sealed record Section(SummarySection Content) : SummaryStep;

    public sealed record End(SummaryOutcome Outcome, IReadOnlyList<CareNeedFinding> Findings)
        : SummaryStep;

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

    public async IAsyncEnumerable<SummaryStep> ReadAsync(
        Caller by,
        IncidentId incident,
        GrantId grantId,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        DateTimeOffset openedAt = time.GetUtcNow();
        if (
            Find(by, incident, grantId) is not { } grant
            || !await NoteAsync(SummaryAudit.Opened(grant, SeenFrom(grant), openedAt), grant, stop)
        )
        {
            yield return new SummaryStep.Over();
            yield break;
        }

        var screen = new Screen(openedAt);
        try
        {
            await foreach (SummaryEvent step in summaries.ReadAsync(grant, stop))
            {
                if (Find(by, incident, grantId) is null)
                {
                    screen.End("grant-over");
                    yield return new SummaryStep.Over();
                    yield break;
                }

                screen.Show(step);
                yield return step switch
                {
                    SummaryEvent.SectionArrived(var section) => new SummaryStep.Section(section),
                    SummaryEvent.Ended(var outcome, var summary) => new SummaryStep.End(
                        outcome,
                        Follow(grant, summary)
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

/// <summary>What one reading brought to a screen: kinds alone.</summary>
internal sealed class Screen(DateTimeOffset openedAt)
{
    private readonly ImmutableArray<string>.Builder _shown = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<string>.Builder _missing =
        ImmutableArray.CreateBuilder<string>();
    private string _ended = SummaryAudit.BrokenOff;

    /// <summary>Noted before it is sent: what may have been seen counts as shown.</summary>
    public void Show(SummaryEvent step)
    {
        switch (step)
        {
            case SummaryEvent.SectionArrived({ State: SectionState.Unavailable } section):
                _missing.Add(Sections.NameOf(section.Kind));
                break;
            case SummaryEvent.SectionArrived(var section):
                _shown.Add(Sections.NameOf(section.Kind));
                break;
            case SummaryEvent.Ended(var outcome, _):
                End(WordOf(outcome));
                break;
        }
    }

    public void End(string word) => _ended = word;

    public AuditEntry ToAudit(AccessGrant grant, TimeProvider time) =>
        SummaryAudit.Shown(
            grant,
            _shown.ToImmutable(),
            _missing.ToImmutable(),
            _ended,
            openedAt,
            time.GetUtcNow()
        );

    /// <summary>Whether the source had anything on file is the patient's affair: "nothing" is written as any whole answer.</summary>
    private static string WordOf(SummaryOutcome outcome) =>
        outcome switch
        {
            SummaryOutcome.Complete or SummaryOutcome.NoRecord => "complete",
            SummaryOutcome.Partial => "partial",
            SummaryOutcome.Unavailable => "unavailable",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
