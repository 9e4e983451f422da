using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.EmergencyReads;
using MinaKyukyu.Authorization.Facts;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Grants;

/// <summary>May this crew see this record now?</summary>
/// <param name="Request">The sender's request id: the same attempt may come again when its answer was lost.</param>
/// <param name="LeastLevel">The least level that the source of records accepts; nothing overrides it.</param>
public sealed record AccessRequest(
    RequestId Request,
    ChallengeId Challenge,
    ExaminedCard Card,
    CardLevel LeastLevel
)
{
    public CardEvidence Evidence => Card.Evidence;

    /// <summary>What was found about the card's revocation beforehand; null: only what is at hand decides.</summary>
    public StatusEvidence? Status { get; init; }
}

/// <summary>Yes, once it is durable; or no, with the reason: a closed set.</summary>
public abstract record AccessDecision
{
    private AccessDecision() { }

    /// <summary>Commit the part, then confirm the grant with the receipt.</summary>
    public sealed record Granted(PendingGrant Grant, CommitPart Part) : AccessDecision;

    /// <summary>Nothing was written, nothing was opened.</summary>
    public sealed record Refused(RefusalReason Reason) : AccessDecision;
}

/// <summary>Decides on access: crew, incident, challenge, level, card.</summary>
public sealed class AccessDecisions(
    ChallengeBook challenges,
    CardVerifier cards,
    GrantBook grants,
    IIdSource ids,
    PatientRefKey patientRefs,
    AuthorizationOptions options,
    TimeProvider time
)
{
    /// <summary>Claim that makes a challenge usable once, for ever and on every node; it is never given back.</summary>
    public const string ChallengeClaim = "challenge";

    public const string GrantedEvent = "access.granted";

    /// <summary>Beside <see cref="GrantedEvent"/> whenever nobody agreed or only a certificate was read: it alerts and must be closed with a note.</summary>
    public const string EmergencyEvent = "access.emergency";

    /// <summary>Reads what a tablet brought, once for the question and the decision.</summary>
    public ExaminedCard Examine(CardEvidence evidence) => cards.Examine(evidence);

    /// <summary>
    /// What is to be asked about the card before <see cref="Decide"/>; null when nothing is: whoever does not attend, has no open
    /// challenge or brings junk makes no responder work.
    /// </summary>
    /// <param name="crew">Null when there is no such incident, patient or crew.</param>
    public StatusQuestion? FindQuestion(AccessRequest request, AttendingCrew? crew) =>
        crew is { Attends: true }
        && request.Evidence.Level >= request.LeastLevel
        && challenges.MayBeAnswered(request.Challenge, crew.Binding, AttemptOf(request))
            ? cards.FindQuestion(request.Card, time.GetUtcNow())
            : null;

    /// <param name="crew">Null when there is no such incident, patient or crew.</param>
    public AccessDecision Decide(AccessRequest request, AttendingCrew? crew)
    {
        if (crew is not { Attends: true })
        {
            return Refuse(RefusalReason.NotFound);
        }

        if (request.Evidence.Level < request.LeastLevel)
        {
            return Refuse(RefusalReason.LevelNotAllowed);
        }

        if (!grants.HasRoom)
        {
            return Refuse(RefusalReason.TooManyOpen);
        }

        return challenges.Spend(request.Challenge, crew.Binding, AttemptOf(request)) switch
        {
            ChallengeSpending.Spent spent => DecideOnCard(request, spent.Check),
            ChallengeSpending.Unknown => Refuse(RefusalReason.ChallengeUnknown),
            ChallengeSpending.Expired => Refuse(RefusalReason.ChallengeExpired),
            ChallengeSpending.Used => Refuse(RefusalReason.ChallengeUsed),
            _ => throw new UnreachableException(),
        };
    }

    private static AccessDecision.Refused Refuse(RefusalReason reason) => new(reason);

    private static byte[] AttemptOf(AccessRequest request) =>
        SHA256.HashData([
            .. request.Evidence.Digest(),
            .. Encoding.UTF8.GetBytes(request.Request.Value),
        ]);

    private AccessDecision DecideOnCard(AccessRequest request, CardCheck check)
    {
        long begun = time.GetTimestamp();
        DateTimeOffset now = time.GetUtcNow();
        ReadKind kind = IsEmergency(check, request.Evidence.Level)
            ? ReadKind.Emergency
            : ReadKind.Normal;
        return cards.Verify(request.Card, check.Challenge, kind, request.Status, now) switch
        {
            CardVerdict.Refused refused => Refuse(refused.Reason.AsRefusalReason()),
            CardVerdict.Accepted accepted when !Carries(check.Identity, accepted.Level) => Refuse(
                RefusalReason.IdentityCheckNotEnough
            ),
            CardVerdict.Accepted accepted => Grant(check, accepted, begun, now),
            _ => throw new UnreachableException(),
        };
    }

    private static bool IsEmergency(CardCheck check, CardLevel level) =>
        EmergencyRead.IsEmergency(check.IsWithoutConsent, level);

    /// <summary>
    /// A PIN that was announced must come as the card's signature. A certificate merely read needs the photo, because nothing
    /// else ties it to this person; a guardian's word stands in for the photo only beside a verifier's word or a PIN.
    /// </summary>
    private static bool Carries(IdentityCheck identity, CardLevel level) =>
        (identity, level) switch
        {
            (IdentityCheck.PhotoMatchedByCrew, _) => true,
            (IdentityCheck.PinEntered, CardLevel.PinChallenge) => true,
            (IdentityCheck.GuardianConfirmed, CardLevel.PinChallenge) => true,
            (IdentityCheck.GuardianConfirmed, CardLevel.SpecialVerifier) => true,
            _ => false,
        };

    private AccessDecision.Granted Grant(
        CardCheck check,
        CardVerdict.Accepted accepted,
        long begun,
        DateTimeOffset now
    )
    {
        ChallengeBinding to = check.Challenge.Binding;
        GrantId id = new(ids.Next());
        PatientRef patientRef = accepted.Identity.ToPatientRef(patientRefs);
        GrantScope scope =
            accepted.Level == CardLevel.CertificateRead
                ? GrantScope.EmergencyItems
                : GrantScope.Summary;
        DateTimeOffset expiresAt = now + options.GrantLifetime;
        AccessGranted fact = new(
            id.Value,
            to.Incident.Value,
            to.Patient.Number,
            patientRef.Value,
            to.Unit.Value,
            to.Crew.Value,
            to.Device.Value,
            check.Challenge.Id.Value,
            accepted.Level,
            scope,
            check.Identity,
            WrittenConsent.Of(check.Consent),
            check.LegalBasis,
            now,
            expiresAt
        );
        ImmutableArray<AuditEntry> audit = AuditOf(fact, check, accepted);
        CommitPart part = new()
        {
            Facts =
            [
                new Fact(
                    AccessGranted.Kind,
                    1,
                    Subjects.Of(to.Incident),
                    JsonSerializer.SerializeToUtf8Bytes(fact, FactsJson.Default.AccessGranted)
                ),
            ],
            Takes = [new Claim(ChallengeClaim, check.Challenge.Id.Value, id.Value)],
            Audit = audit,
        };
        PendingGrant pending = new(
            id,
            to.Department,
            accepted.Level,
            scope,
            NotesOf(check, accepted),
            expiresAt,
            audit,
            () =>
                new AccessGrant(
                    id,
                    to.Department,
                    to.Incident,
                    to.Patient,
                    patientRef,
                    to.Unit,
                    to.Crew,
                    to.Device,
                    to.Key,
                    accepted.Level,
                    scope,
                    accepted.Identity.ToRecordHandle(),
                    now,
                    expiresAt
                )
                {
                    DecidedTimestamp = begun,
                    AskAgain = accepted.Revocation.Tier
                        is RevocationTier.OcspFresh
                            or RevocationTier.NotConfigured
                        ? null
                        : accepted.Question,
                }
        );
        return new AccessDecision.Granted(pending, part);
    }

    private static ImmutableArray<CardNote> NotesOf(
        CardCheck check,
        CardVerdict.Accepted accepted
    ) =>
        check.Identity == IdentityCheck.GuardianConfirmed
            ? accepted.Notes.Add(CardNote.NoPhoto)
            : accepted.Notes;

    private static ImmutableArray<AuditEntry> AuditOf(
        AccessGranted fact,
        CardCheck check,
        CardVerdict.Accepted accepted
    )
    {
        bool isEmergency = IsEmergency(check, accepted.Level);
        AccessAudit detail = new(
            fact.GrantId,
            fact.IncidentId,
            fact.Patient,
            fact.PatientRef,
            fact.UnitId,
            fact.CrewId,
            fact.DeviceId,
            fact.ChallengeId,
            CardChallenge.Purpose,
            fact.Level,
            fact.Scope,
            fact.IdentityCheck,
            fact.Consent,
            fact.LegalBasis,
            accepted.Approval?.ApprovalId,
            accepted.Revocation.Tier,
            accepted.Revocation.Method,
            accepted.Revocation.ThisUpdate,
            RevocationAges.Seconds(accepted.Revocation.Age),
            NotesOf(check, accepted),
            isEmergency,
            fact.GrantedAt,
            fact.ExpiresAt
        );
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(detail, FactsJson.Default.AccessAudit);
        string subject = Subjects.Of(check.Challenge.Binding.Incident);
        AuditEntry granted = new(GrantedEvent, subject, body);
        return isEmergency ? [granted, new AuditEntry(EmergencyEvent, subject, body)] : [granted];
    }
}
