using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Facts;

/// <summary>Consent as it is written: <c>spoken</c>, or <c>not-obtainable</c> with its four answers.</summary>
internal sealed record WrittenConsent(
    string Basis,
    string? JudgedBy = null,
    string? Jcs = null,
    string? ReasonCode = null,
    string? ConfirmedBy = null
)
{
    private const string NotObtainable = "not-obtainable";

    [JsonIgnore]
    public bool IsWithoutConsent => string.Equals(Basis, NotObtainable, StringComparison.Ordinal);

    public static WrittenConsent Of(ConsentBasis consent) =>
        consent switch
        {
            ConsentBasis.Spoken => new WrittenConsent("spoken"),
            ConsentBasis.NotObtainable j => new WrittenConsent(
                NotObtainable,
                j.JudgedBy,
                j.Jcs,
                j.ReasonCode,
                j.ConfirmedBy
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}

/// <summary><c>authorization.card-check-begun/1</c>: identity and consent were settled, and a challenge went out.</summary>
internal sealed record CardCheckBegun(
    string IncidentId,
    int Patient,
    string UnitId,
    string CrewId,
    string DeviceId,
    string ChallengeId,
    IdentityCheck IdentityCheck,
    WrittenConsent Consent,
    LegalBasis LegalBasis,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt
)
{
    public const string Kind = "authorization.card-check-begun";

    public static Fact Of(CardCheck check)
    {
        CardChallenge challenge = check.Challenge;
        ChallengeBinding to = challenge.Binding;
        CardCheckBegun body = new(
            to.Incident.Value,
            to.Patient.Number,
            to.Unit.Value,
            to.Crew.Value,
            to.Device.Value,
            challenge.Id.Value,
            check.Identity,
            WrittenConsent.Of(check.Consent),
            check.LegalBasis,
            challenge.IssuedAt,
            challenge.ExpiresAt
        );
        return new Fact(
            Kind,
            1,
            Subjects.Of(to.Incident),
            JsonSerializer.SerializeToUtf8Bytes(body, FactsJson.Default.CardCheckBegun)
        );
    }
}

/// <summary><c>authorization.access-granted/1</c>: this crew may see this patient's record until then. Says nothing of the record.</summary>
internal sealed record AccessGranted(
    string GrantId,
    string IncidentId,
    int Patient,
    string PatientRef,
    string UnitId,
    string CrewId,
    string DeviceId,
    string ChallengeId,
    CardLevel Level,
    GrantScope Scope,
    IdentityCheck IdentityCheck,
    WrittenConsent Consent,
    LegalBasis LegalBasis,
    DateTimeOffset GrantedAt,
    DateTimeOffset ExpiresAt
)
{
    public const string Kind = "authorization.access-granted";
}

/// <summary><c>authorization.consent-withdrawn/1</c>: the patient took the consent back, and viewing stopped.</summary>
internal sealed record ConsentWithdrawn(
    string IncidentId,
    int Patient,
    string UnitId,
    string CrewId,
    string DeviceId,
    ImmutableArray<string> EndedGrants,
    DateTimeOffset WithdrawnAt
)
{
    public const string Kind = "authorization.consent-withdrawn";
}

/// <summary>Detail of the audit rows <c>access.granted</c> and <c>access.emergency</c>; listed in docs/AUDIT_EVENTS.md.</summary>
internal sealed record AccessAudit(
    string GrantId,
    string IncidentId,
    int Patient,
    string PatientRef,
    string UnitId,
    string CrewId,
    string DeviceId,
    string ChallengeId,
    string Purpose,
    CardLevel Level,
    GrantScope Scope,
    IdentityCheck IdentityCheck,
    WrittenConsent Consent,
    LegalBasis LegalBasis,
    string? ApprovalId,
    RevocationTier Revocation,
    RevocationMethod? RevocationMethod,
    DateTimeOffset? RevocationThisUpdate,
    long? RevocationAgeSeconds,
    ImmutableArray<CardNote> Notes,
    bool Alert,
    DateTimeOffset GrantedAt,
    DateTimeOffset ExpiresAt
);

/// <summary>Detail of the audit row <c>access.rechecked</c>: what became of a card that was let in on less than a fresh answer.</summary>
internal sealed record RecheckAudit(
    string GrantId,
    string IncidentId,
    int Patient,
    string PatientRef,
    string UnitId,
    string CrewId,
    string DeviceId,
    RevocationTier Revocation,
    RevocationMethod? RevocationMethod,
    DateTimeOffset? RevocationThisUpdate,
    long? RevocationAgeSeconds,
    bool Ended,
    bool Alert,
    DateTimeOffset At
);

/// <summary>Ages as they are written: whole seconds, and never less than none.</summary>
internal static class RevocationAges
{
    public static long? Seconds(TimeSpan? age) =>
        age is { } known ? Math.Max(0, (long)known.TotalSeconds) : null;
}

/// <summary>What facts and audit rows of this room are about.</summary>
internal static class Subjects
{
    public static string Of(IncidentId incident) => $"incident/{incident.Value}";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [
        typeof(JsonStringEnumConverter<CardLevel>),
        typeof(JsonStringEnumConverter<GrantScope>),
        typeof(JsonStringEnumConverter<RevocationTier>),
        typeof(JsonStringEnumConverter<RevocationMethod>),
        typeof(JsonStringEnumConverter<CardNote>),
    ]
)]
[JsonSerializable(typeof(CardCheckBegun))]
[JsonSerializable(typeof(AccessGranted))]
[JsonSerializable(typeof(ConsentWithdrawn))]
[JsonSerializable(typeof(AccessAudit))]
[JsonSerializable(typeof(RecheckAudit))]
internal sealed partial class FactsJson : JsonSerializerContext;
