using System.Collections.Immutable;
using System.Diagnostics;
using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Revocation;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>Says what a card's evidence proves, from what is at hand and without waiting. Safe to use from many threads.</summary>
public sealed class CardVerifier
{
    private readonly TrustAnchors _anchors;
    private readonly TrustedVerifier? _verifier;
    private readonly LevelGates _gates;
    private readonly CardStatuses _statuses;
    private readonly TimeSpan _clockTolerance;

    /// <param name="verifier">Null when no special verifier is known; level B then proves nothing.</param>
    /// <exception cref="ArgumentException">A simulated verifier beside production anchors.</exception>
    public CardVerifier(
        TrustAnchors anchors,
        TrustedVerifier? verifier,
        LevelGates gates,
        CardStatuses statuses,
        AuthorizationOptions options
    )
    {
        RequireTogether(anchors, verifier);
        _anchors = anchors;
        _verifier = verifier;
        _gates = gates;
        _statuses = statuses;
        _clockTolerance = options.VerifierClockTolerance;
    }

    /// <exception cref="ArgumentException">A simulated verifier beside production anchors.</exception>
    internal static void RequireTogether(TrustAnchors anchors, TrustedVerifier? verifier)
    {
        if (verifier is { IsSimulated: true } && anchors.Kind == AnchorKind.Production)
        {
            throw new ArgumentException(
                "A simulated verifier cannot stand beside production anchors.",
                nameof(verifier)
            );
        }
    }

    /// <summary>Reads the certificate and verifies who issued it, once for all that is asked about it afterwards.</summary>
    public ExaminedCard Examine(CardEvidence evidence) => new(evidence, _anchors);

    /// <summary>
    /// What is still to be asked about a card before it can be decided on; null when nothing is worth asking: no such level here,
    /// not a card's certificate, not issued by a pinned authority, or over anyway.
    /// </summary>
    public StatusQuestion? FindQuestion(ExaminedCard card, DateTimeOffset now) =>
        _gates.IsOpen(card.Evidence.Level, now, out _) ? card.FindQuestion(now) : null;

    /// <param name="challenge">What the server asked the card to prove itself over; the caller has taken it out of use before.</param>
    /// <param name="kind">An emergency read goes on where a normal one is refused for want of fresh status.</param>
    /// <param name="status">What the look-up brought; null: only what is at hand.</param>
    public CardVerdict Verify(
        ExaminedCard card,
        CardChallenge challenge,
        ReadKind kind,
        StatusEvidence? status,
        DateTimeOffset now
    ) =>
        Verify(
            card,
            new SignedChallenge(challenge.SignedOctets, challenge.IssuedAt),
            kind,
            status,
            now
        );

    /// <summary>The same for octets that no challenge of this server stands behind, as a reviewer has them in a file.</summary>
    internal CardVerdict Verify(
        ExaminedCard card,
        SignedChallenge challenge,
        ReadKind kind,
        StatusEvidence? status,
        DateTimeOffset now
    )
    {
        CardEvidence evidence = card.Evidence;
        if (!_gates.IsOpen(evidence.Level, now, out LevelApproval? approval))
        {
            return new CardVerdict.Refused(CardRefusal.LevelNotAllowed);
        }

        if (card.FindRefusal(now) is { } refusal)
        {
            return new CardVerdict.Refused(refusal);
        }

        CardCertificate certificate = card.Certificate!;
        StatusQuestion question = card.FindQuestion(now)!;
        RevocationFinding finding = _statuses.Decide(
            question,
            status ?? _statuses.AtHand(question)
        );
        if (RefusalOf(finding.Tier) is { } revoked)
        {
            return new CardVerdict.Refused(revoked);
        }

        if (CheckProof(evidence, certificate, challenge, now) is { } unproved)
        {
            return new CardVerdict.Refused(unproved);
        }

        // Last, because the way out of it is an emergency read, which makes sense for a proof that holds.
        if (
            !RevocationTable.Allows(
                finding.Tier,
                kind,
                isProduction: _anchors.Kind == AnchorKind.Production
            )
        )
        {
            return new CardVerdict.Refused(CardRefusal.RevocationUnknown);
        }

        return new CardVerdict.Accepted(
            evidence.Level,
            certificate.Identity,
            Notes(evidence, certificate, finding.Tier, now),
            finding,
            question,
            approval
        );
    }

    /// <summary>Those that refuse whatever the need.</summary>
    private static CardRefusal? RefusalOf(RevocationTier tier) =>
        tier switch
        {
            RevocationTier.Revoked => CardRefusal.Revoked,
            RevocationTier.UnknownSerial => CardRefusal.UnknownSerial,
            RevocationTier.AnswerForged => CardRefusal.RevocationAnswerInvalid,
            _ => null,
        };

    private CardRefusal? CheckProof(
        CardEvidence evidence,
        CardCertificate certificate,
        SignedChallenge challenge,
        DateTimeOffset now
    ) =>
        evidence switch
        {
            CardEvidence.PinChallenge pin => certificate.Key!.VerifiesCard(
                challenge.Octets.Span,
                pin.Signature.Span
            )
                ? null
                : CardRefusal.SignatureInvalid,
            CardEvidence.SpecialVerifier asserted => _verifier is null
                ? CardRefusal.AssertionInvalid
                : VerifierAssertion.Check(
                    asserted.Assertion,
                    certificate,
                    challenge,
                    _verifier,
                    _clockTolerance,
                    now
                ),
            // A copied certificate looks the same: nothing to check, and so it opens emergency items only.
            CardEvidence.CertificateRead => null,
            _ => throw new UnreachableException(),
        };

    private ImmutableArray<CardNote> Notes(
        CardEvidence evidence,
        CardCertificate certificate,
        RevocationTier tier,
        DateTimeOffset now
    )
    {
        ImmutableArray<CardNote>.Builder notes = ImmutableArray.CreateBuilder<CardNote>();
        if (CardValidity.EndsSoon(certificate.NotAfter, now))
        {
            notes.Add(CardNote.ExpiringSoon);
        }

        if (NoteOf(tier) is { } note)
        {
            notes.Add(note);
        }

        if (evidence is CardEvidence.SpecialVerifier && _verifier is { IsSimulated: true })
        {
            notes.Add(CardNote.Simulated);
        }

        return notes.ToImmutable();
    }

    private static CardNote? NoteOf(RevocationTier tier) =>
        tier switch
        {
            RevocationTier.OcspCached => CardNote.RevocationCached,
            RevocationTier.CrlOnly => CardNote.RevocationPossiblyStale,
            RevocationTier.NothingFresh => CardNote.RevocationUnknown,
            RevocationTier.NotConfigured => CardNote.RevocationNotChecked,
            _ => null,
        };
}

/// <summary>Octets that a card proves itself over, and when they went out.</summary>
internal readonly record struct SignedChallenge(
    ReadOnlyMemory<byte> Octets,
    DateTimeOffset IssuedAt
);
