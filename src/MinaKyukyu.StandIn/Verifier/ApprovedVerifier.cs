using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MinaKyukyu.StandIn.Cards;

namespace MinaKyukyu.StandIn.Verifier;

/// <summary>What the verifier says to a request.</summary>
/// <param name="Refusal">Null when it asserts that the registered card is there.</param>
/// <param name="Assertion">The signed statement; also given with <c>NOT_REGISTERED</c>, so that the reason can be trusted. Otherwise null.</param>
public sealed record VerifierAnswer(string? Refusal, byte[]? Assertion)
{
    public const string NotRegistered = "NOT_REGISTERED";
    public const string CardUnknown = "CARD_UNKNOWN";
    public const string CardNotValid = "CARD_NOT_VALID";
    public const string PresenceNotProved = "PRESENCE_NOT_PROVED";
    public const string Malformed = "MALFORMED";
}

/// <summary>
/// Stands for an approved special verifier (特定利用者証明検証者): says, bound to the caller's challenge, that a card is there,
/// without a PIN. Everything that it signs says that it is simulated (模擬). Its key lives in this object only.
/// </summary>
public sealed class ApprovedVerifier(IssuedCards cards, TimeProvider time) : IDisposable
{
    /// <summary>First field of each assertion: what kind of statement the signature covers.</summary>
    public const string Domain = "MINA-KYUKYU/VERIFIER-ASSERTION/1";

    /// <summary>Not an approval of anybody; a server accepts it beside test anchors only.</summary>
    public const string ApprovalId = "SIMULATED-0001";

    private const int LongestChallenge = 4096;
    private const int LongestTerminal = 64;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Public key, PEM.</summary>
    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Lower-case hex of SHA-256 of the public key (SubjectPublicKeyInfo, DER).</summary>
    public string KeyId =>
        Convert.ToHexStringLower(SHA256.HashData(_key.ExportSubjectPublicKeyInfo()));

    /// <param name="challenge">The octets that the relying server built; the assertion carries their SHA-256.</param>
    /// <param name="certificate">User-authentication certificate, DER.</param>
    /// <param name="presenceProof">The card's signature by its presence key over the challenge.</param>
    /// <param name="terminal">The reader's name.</param>
    public VerifierAnswer Answer(
        ReadOnlySpan<byte> challenge,
        ReadOnlySpan<byte> certificate,
        ReadOnlySpan<byte> presenceProof,
        string terminal
    )
    {
        if (
            challenge.IsEmpty
            || challenge.Length > LongestChallenge
            || !Vocabulary.Ids.Identifier.IsWellFormed(terminal)
            || terminal.Length > LongestTerminal
            || Read(certificate) is not { } read
        )
        {
            return new VerifierAnswer(VerifierAnswer.Malformed, null);
        }

        using (read)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (
                cards.FindByCertificate(read) is not { } card
                || card.Kind == CardKind.OtherAuthority
            )
            {
                return new VerifierAnswer(VerifierAnswer.CardUnknown, null);
            }

            if (
                !card.Card.PresenceKey.VerifyData(
                    SoftwareCard.PresenceStatement(challenge),
                    presenceProof,
                    HashAlgorithmName.SHA256
                )
            )
            {
                return new VerifierAnswer(VerifierAnswer.PresenceNotProved, null);
            }

            DateTime utc = now.UtcDateTime;
            if (utc < read.NotBefore.ToUniversalTime() || utc > read.NotAfter.ToUniversalTime())
            {
                return new VerifierAnswer(VerifierAnswer.CardNotValid, null);
            }

            return new VerifierAnswer(
                card.Registered ? null : VerifierAnswer.NotRegistered,
                Sign(challenge, read, card.Registered, terminal, now)
            );
        }
    }

    public void Dispose() => _key.Dispose();

    private static X509Certificate2? Read(ReadOnlySpan<byte> certificate)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(certificate);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private byte[] Sign(
        ReadOnlySpan<byte> challenge,
        X509Certificate2 certificate,
        bool isRegistered,
        string terminal,
        DateTimeOffset now
    )
    {
        byte[] body = new Statement()
            .Text(Domain)
            .Text("simulated=true")
            .Text(ApprovalId)
            .Text(KeyId)
            .Octets(SHA256.HashData(challenge))
            .Octets(SoftwareCard.IdentityDigestOf(certificate))
            .Octets(SHA256.HashData(certificate.RawData))
            .Text(isRegistered ? "registered" : "not-registered")
            .Text(terminal)
            .Moment(now)
            .ToArray();
        // The signature is the last field; it covers every octet before it, lengths included.
        byte[] signature = _key.SignData(body, HashAlgorithmName.SHA256);
        return [.. body, .. new Statement().Octets(signature).ToArray()];
    }
}
