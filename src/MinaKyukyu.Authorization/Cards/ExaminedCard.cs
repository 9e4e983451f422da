using System.Collections.Immutable;
using MinaKyukyu.Authorization.Revocation;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>
/// What a tablet brought, its certificate read and its issuer's signature verified once; what changes with time is judged anew by
/// each moment that asks. Made by <see cref="CardVerifier.Examine"/>; for one thread at a time. Holds personal data: never logged,
/// never stored.
/// </summary>
public sealed class ExaminedCard : IDisposable
{
    private readonly CardRefusal? _misshapen;

    /// <summary>The pinned authorities that signed it: one, or two when an authority's own certificate was renewed.</summary>
    private readonly ImmutableArray<IssuingAuthority> _signers;

    private StatusQuestion? _question;

    internal ExaminedCard(CardEvidence evidence, TrustAnchors anchors)
    {
        Evidence = evidence;
        Certificate = CardCertificate.Read(evidence.Certificate);
        _misshapen = Certificate is null
            ? CardRefusal.Unreadable
            : CertificateProfile.Check(Certificate, anchors.Policy);
        _signers = _misshapen is null ? anchors.FindSigners(Certificate!) : [];
    }

    public CardEvidence Evidence { get; }

    /// <summary>Null when it cannot be read.</summary>
    internal CardCertificate? Certificate { get; }

    /// <summary>Why the certificate opens nothing at this moment; null: it is a card's, from an authority that is valid, in its time.</summary>
    internal CardRefusal? FindRefusal(DateTimeOffset now) =>
        _misshapen
        ?? (
            FindIssuer(now) is null
                ? CardRefusal.Untrusted
                : CardValidity.Check(Certificate!.NotBefore, Certificate.NotAfter, now)
        );

    /// <summary>What is still to be asked about it; null when it is refused anyway.</summary>
    internal StatusQuestion? FindQuestion(DateTimeOffset now)
    {
        if (FindRefusal(now) is not null)
        {
            return null;
        }

        IssuingAuthority issuer = FindIssuer(now)!;
        // The same before the look-up and at the decision, unless another signer has taken the issuer's place meanwhile.
        return _question =
            _question?.Issuer == issuer
                ? _question
                : new StatusQuestion(
                    issuer,
                    Certificate!.Parsed.SerialNumberBytes.Span,
                    Certificate.Identity,
                    GeneralNames.OfDistributionPoints(Certificate.Parsed)
                );
    }

    public void Dispose() => Certificate?.Dispose();

    public override string ToString() => "(withheld)";

    private IssuingAuthority? FindIssuer(DateTimeOffset now) =>
        _signers.FirstOrDefault(s => s.IsValid(now));
}
