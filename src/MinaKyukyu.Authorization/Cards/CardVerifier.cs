using System.Collections.Immutable;
using System.Diagnostics;
using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Ports;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>Says what a card's evidence proves. Pure but for the revocation port; safe to use from many threads.</summary>
public sealed class CardVerifier
{
    private readonly TrustAnchors _anchors;
    private readonly TrustedVerifier? _verifier;
    private readonly LevelGates _gates;
    private readonly IRevocationSource _revocation;
    private readonly TimeSpan _clockTolerance;

    /// <param name="verifier">Null when no special verifier is known; level B then proves nothing.</param>
    /// <exception cref="ArgumentException">A simulated verifier beside production anchors.</exception>
    public CardVerifier(
        TrustAnchors anchors,
        TrustedVerifier? verifier,
        LevelGates gates,
        IRevocationSource revocation,
        AuthorizationOptions options
    )
    {
        if (verifier is { IsSimulated: true } && anchors.Kind == AnchorKind.Production)
        {
            throw new ArgumentException(
                "A simulated verifier cannot stand beside production anchors.",
                nameof(verifier)
            );
        }

        _anchors = anchors;
        _verifier = verifier;
        _gates = gates;
        _revocation = revocation;
        _clockTolerance = options.VerifierClockTolerance;
    }

    /// <param name="challenge">What the server asked the card to prove itself over; the caller has taken it out of use before.</param>
    public CardVerdict Verify(CardEvidence evidence, CardChallenge challenge, DateTimeOffset now)
    {
        if (!_gates.IsOpen(evidence.Level, now, out LevelApproval? approval))
        {
            return new CardVerdict.Refused(CardRefusal.LevelNotAllowed);
        }

        using CardCertificate? certificate = CardCertificate.Read(evidence.Certificate);
        if (certificate is null)
        {
            return new CardVerdict.Refused(CardRefusal.Unreadable);
        }

        if (CheckCertificate(certificate, now) is { } refusal)
        {
            return new CardVerdict.Refused(refusal);
        }

        CardIdentity identity = certificate.Identity;
        RevocationStatus status = _revocation.StatusOf(identity, now);
        if (status == RevocationStatus.Revoked)
        {
            return new CardVerdict.Refused(CardRefusal.Revoked);
        }

        if (CheckProof(evidence, certificate, challenge, now) is { } unproved)
        {
            return new CardVerdict.Refused(unproved);
        }

        return new CardVerdict.Accepted(
            evidence.Level,
            identity,
            Notes(evidence, certificate, status, now),
            status,
            approval
        );
    }

    private CardRefusal? CheckCertificate(CardCertificate certificate, DateTimeOffset now)
    {
        if (CertificateProfile.Check(certificate, _anchors.Policy) is { } misshapen)
        {
            return misshapen;
        }

        return _anchors.Issued(certificate, now)
            ? CardValidity.Check(certificate.NotBefore, certificate.NotAfter, now)
            : CardRefusal.Untrusted;
    }

    private CardRefusal? CheckProof(
        CardEvidence evidence,
        CardCertificate certificate,
        CardChallenge challenge,
        DateTimeOffset now
    ) =>
        evidence switch
        {
            CardEvidence.PinChallenge pin => SignatureAlgorithm.VerifiesCard(
                certificate.Parsed.PublicKey,
                challenge.SignedOctets.Span,
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
        RevocationStatus status,
        DateTimeOffset now
    )
    {
        ImmutableArray<CardNote>.Builder notes = ImmutableArray.CreateBuilder<CardNote>();
        if (CardValidity.EndsSoon(certificate.NotAfter, now))
        {
            notes.Add(CardNote.ExpiringSoon);
        }

        if (status == RevocationStatus.NotChecked)
        {
            notes.Add(CardNote.RevocationNotChecked);
        }

        if (evidence is CardEvidence.SpecialVerifier && _verifier is { IsSimulated: true })
        {
            notes.Add(CardNote.Simulated);
        }

        return notes.ToImmutable();
    }
}
