using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.EmergencyReads;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.Facts;

/// <summary><c>authorization.emergency-closed/1</c>: the officer looked at an emergency read. The note stands here and not in the audit row.</summary>
internal sealed record EmergencyClosed(
    string GrantId,
    string IncidentId,
    string FindingCode,
    string Note,
    string ClosedByRole,
    string ClosedByDevice,
    DateTimeOffset ClosedAt
)
{
    public const string Kind = "authorization.emergency-closed";

    public EmergencyClosing ToClosing() =>
        new(
            new Code(EmergencyDecisions.FindingTable, FindingCode),
            Note,
            new OversightHand(ClosedByRole, new DeviceId(ClosedByDevice)),
            ClosedAt
        );
}

/// <summary><c>authorization.notice-printed/1</c>: a patient's notice was printed once more.</summary>
internal sealed record NoticePrinted(
    string GrantId,
    string IncidentId,
    long Number,
    int Copy,
    string PrintedByRole,
    string PrintedByDevice,
    DateTimeOffset PrintedAt
)
{
    public const string Kind = "authorization.notice-printed";
}

/// <summary>Detail of the audit row <c>access.emergency-closed</c>.</summary>
internal sealed record EmergencyClosedAudit(
    string GrantId,
    string IncidentId,
    string PatientRef,
    string FindingCode,
    string ClosedByRole,
    string ClosedByDevice,
    DateTimeOffset ReadAt,
    DateTimeOffset ClosedAt
);

/// <summary>Detail of the audit row <c>notice.printed</c>.</summary>
internal sealed record NoticeAudit(
    string GrantId,
    string IncidentId,
    string PatientRef,
    long Number,
    int Copy,
    string PrintedByRole,
    string PrintedByDevice,
    DateTimeOffset PrintedAt
);

/// <summary>How the officer's facts are written, and how they and the grants before them are read.</summary>
internal static class OversightFacts
{
    /// <summary>The emergency read that a grant is; null when it is none.</summary>
    public static EmergencyRead? ReadGranted(Fact fact)
    {
        AccessGranted body = Read(fact, FactsJson.Default.AccessGranted);
        bool isWithoutConsent = body.Consent.IsWithoutConsent;
        return EmergencyRead.IsEmergency(isWithoutConsent, body.Level)
            ? new EmergencyRead(
                new GrantId(body.GrantId),
                new IncidentId(body.IncidentId),
                new PatientSlot(body.Patient),
                new PatientRef(body.PatientRef),
                new UnitId(body.UnitId),
                new CrewId(body.CrewId),
                new DeviceId(body.DeviceId),
                body.Level,
                body.Scope,
                isWithoutConsent,
                WordOf(body.LegalBasis),
                body.GrantedAt,
                Closing: null,
                NoticesPrinted: 0
            )
            : null;
    }

    public static EmergencyClosed ReadClosed(Fact fact) =>
        Read(fact, OversightJson.Default.EmergencyClosed);

    public static NoticePrinted ReadPrinted(Fact fact) =>
        Read(fact, OversightJson.Default.NoticePrinted);

    public static CommitPart PartOf(EmergencyRead closed)
    {
        EmergencyClosing closing = closed.Closing!;
        EmergencyClosed fact = new(
            closed.Id.Value,
            closed.Incident.Value,
            closing.Finding.Value,
            closing.Note,
            closing.By.Role,
            closing.By.Device.Value,
            closing.At
        );
        EmergencyClosedAudit audit = new(
            fact.GrantId,
            fact.IncidentId,
            closed.PatientRef.Value,
            fact.FindingCode,
            fact.ClosedByRole,
            fact.ClosedByDevice,
            closed.ReadAt,
            fact.ClosedAt
        );
        string subject = Subjects.Of(closed.Incident);
        return new CommitPart
        {
            Facts =
            [
                new Fact(
                    EmergencyClosed.Kind,
                    1,
                    subject,
                    JsonSerializer.SerializeToUtf8Bytes(fact, OversightJson.Default.EmergencyClosed)
                ),
            ],
            Takes = [new Claim(EmergencyDecisions.ClosingClaim, fact.GrantId, fact.ClosedByDevice)],
            Audit =
            [
                new AuditEntry(
                    EmergencyDecisions.ClosedEvent,
                    subject,
                    JsonSerializer.SerializeToUtf8Bytes(
                        audit,
                        OversightJson.Default.EmergencyClosedAudit
                    )
                ),
            ],
        };
    }

    public static CommitPart PartOf(
        EmergencyRead read,
        long number,
        int copy,
        OversightHand by,
        DateTimeOffset now
    )
    {
        NoticePrinted fact = new(
            read.Id.Value,
            read.Incident.Value,
            number,
            copy,
            by.Role,
            by.Device.Value,
            now
        );
        NoticeAudit audit = new(
            fact.GrantId,
            fact.IncidentId,
            read.PatientRef.Value,
            number,
            copy,
            fact.PrintedByRole,
            fact.PrintedByDevice,
            now
        );
        string subject = Subjects.Of(read.Incident);
        return new CommitPart
        {
            Facts =
            [
                new Fact(
                    NoticePrinted.Kind,
                    1,
                    subject,
                    JsonSerializer.SerializeToUtf8Bytes(fact, OversightJson.Default.NoticePrinted)
                ),
            ],
            Audit =
            [
                new AuditEntry(
                    EmergencyDecisions.NoticeEvent,
                    subject,
                    JsonSerializer.SerializeToUtf8Bytes(audit, OversightJson.Default.NoticeAudit)
                ),
            ],
        };
    }

    public static T Read<T>(
        Fact fact,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type
    ) =>
        fact.Version == 1
            ? JsonSerializer.Deserialize(fact.Body.Span, type)!
            : throw new NotSupportedException(
                $"{fact.Kind} version {fact.Version} was written by a newer program."
            );

    /// <summary>As the audit writes it.</summary>
    private static string WordOf(LegalBasis basis) =>
        basis switch
        {
            LegalBasis.ConsentSpoken => "consent-spoken",
            LegalBasis.PublicDutyNecessity => "public-duty-necessity",
            LegalBasis.LifeOrBodyProvider => "life-or-body-provider",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(EmergencyClosed))]
[JsonSerializable(typeof(NoticePrinted))]
[JsonSerializable(typeof(EmergencyClosedAudit))]
[JsonSerializable(typeof(NoticeAudit))]
internal sealed partial class OversightJson : JsonSerializerContext;
