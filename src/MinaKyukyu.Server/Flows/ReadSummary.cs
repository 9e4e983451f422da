using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
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
    TimeProvider time
)
{
    /// <summary>Written before the first byte of each reading, also of a repeated one.</summary>
    public const string OpenedEvent = "summary.opened";

    public async IAsyncEnumerable<SummaryStep> ReadAsync(
        Caller by,
        IncidentId incident,
        GrantId grantId,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        if (Find(by, incident, grantId) is not { } grant || !await NoteOpeningAsync(grant, stop))
        {
            yield return new SummaryStep.Over();
            yield break;
        }

        await foreach (SummaryEvent step in summaries.ReadAsync(grant, stop))
        {
            if (Find(by, incident, grantId) is null)
            {
                yield return new SummaryStep.Over();
                yield break;
            }

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

    private AccessGrant? Find(Caller by, IncidentId incident, GrantId id) =>
        by.Crew is { } crew ? records.Find(incident, id, by.Key, crew) : null;

    private Task<bool> NoteOpeningAsync(AccessGrant grant, CancellationToken stop)
    {
        var detail = new SummaryOpened(
            grant.Id.Value,
            grant.Incident.Value,
            grant.PatientRef.Value,
            grant.Unit.Value,
            grant.Crew.Value,
            grant.Device.Value,
            CardReasons.LetterOf(grant.Level),
            time.GetUtcNow()
        );
        var row = new AuditEntry(
            OpenedEvent,
            $"incident/{grant.Incident}",
            JsonSerializer.SerializeToUtf8Bytes(detail, SummaryAuditJson.Default.SummaryOpened)
        );
        return desk.NoteAsync(grant.Department, new CommitPart { Audit = [row] }, stop);
    }

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

internal sealed record SummaryOpened(
    string GrantId,
    string IncidentId,
    string PatientRef,
    string UnitId,
    string CrewId,
    string DeviceId,
    string Level,
    DateTimeOffset At
);

[JsonSerializable(typeof(SummaryOpened))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class SummaryAuditJson : JsonSerializerContext;
