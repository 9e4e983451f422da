using System.Security.Cryptography;
using MinaKyukyu.Authorization.Grants;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>What a tablet brings from a card: a closed set, one case for each level. Holds personal data: never logged, never stored.</summary>
public abstract class CardEvidence
{
    private CardEvidence(ReadOnlyMemory<byte> certificate) => Certificate = certificate;

    /// <summary>The user-authentication certificate as read, DER.</summary>
    public ReadOnlyMemory<byte> Certificate { get; }

    /// <summary>The level that this evidence can prove at best.</summary>
    public abstract CardLevel Level { get; }

    private protected abstract ReadOnlyMemory<byte> Proof { get; }

    public override string ToString() => $"{GetType().Name} (withheld)";

    /// <summary>SHA-256 of the whole evidence: tells one attempt from another without keeping either.</summary>
    internal byte[] Digest()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([(byte)Level]);
        hash.AppendData(SHA256.HashData(Certificate.Span));
        hash.AppendData(SHA256.HashData(Proof.Span));
        return hash.GetHashAndReset();
    }

    /// <summary>Level C: the patient typed the PIN and the card signed our challenge.</summary>
    /// <param name="signature">RSA: PKCS#1 v1.5 over SHA-256. ECDSA P-384: r ‖ s over SHA-384.</param>
    public sealed class PinChallenge(
        ReadOnlyMemory<byte> certificate,
        ReadOnlyMemory<byte> signature
    ) : CardEvidence(certificate)
    {
        public ReadOnlyMemory<byte> Signature { get; } = signature;

        public override CardLevel Level => CardLevel.PinChallenge;

        private protected override ReadOnlyMemory<byte> Proof => Signature;
    }

    /// <summary>Level B: an approved special verifier (特定利用者証明検証者) says, bound to our challenge, that the card is there.</summary>
    public sealed class SpecialVerifier(
        ReadOnlyMemory<byte> certificate,
        ReadOnlyMemory<byte> assertion
    ) : CardEvidence(certificate)
    {
        public ReadOnlyMemory<byte> Assertion { get; } = assertion;

        public override CardLevel Level => CardLevel.SpecialVerifier;

        private protected override ReadOnlyMemory<byte> Proof => Assertion;
    }

    /// <summary>Level A: a certificate was read. A copied certificate looks the same.</summary>
    public sealed class CertificateRead(ReadOnlyMemory<byte> certificate)
        : CardEvidence(certificate)
    {
        public override CardLevel Level => CardLevel.CertificateRead;

        private protected override ReadOnlyMemory<byte> Proof => default;
    }
}
