using System.Security.Cryptography;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>A special verifier (特定利用者証明検証者) whose assertions are believed: its key and the approval it works under.</summary>
public sealed class TrustedVerifier
{
    /// <summary>The framework's keys promise nothing to several threads.</summary>
    private readonly Lock _gate = new();
    private readonly ECDsa _key;

    private TrustedVerifier(ECDsa key, string approvalId)
    {
        _key = key;
        ApprovalId = approvalId;
        KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
    }

    public string ApprovalId { get; }

    /// <summary>Lower-case hex of SHA-256 of the public key (SubjectPublicKeyInfo, DER).</summary>
    public string KeyId { get; }

    /// <summary>Whether its assertions stand for nobody's word (模擬); believed beside test anchors only.</summary>
    public bool IsSimulated =>
        ApprovalId.StartsWith(LevelApproval.SimulatedPrefix, StringComparison.OrdinalIgnoreCase);

    /// <param name="publicKeyPem">ECDSA P-256.</param>
    /// <exception cref="ArgumentException">Not such a key, or no approval number.</exception>
    public static TrustedVerifier FromPem(string publicKeyPem, string approvalId)
    {
        if (!Identifier.IsWellFormed(approvalId))
        {
            throw new ArgumentException("A verifier works under an approval.", nameof(approvalId));
        }

        var key = ECDsa.Create();
        if (!IsOnP256(key, publicKeyPem))
        {
            key.Dispose();
            throw new ArgumentException("A verifier's key is ECDSA P-256.", nameof(publicKeyPem));
        }

        return new TrustedVerifier(key, approvalId);
    }

    internal bool Signed(ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature)
    {
        lock (_gate)
        {
            return _key.VerifyData(
                statement,
                signature,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            );
        }
    }

    private static bool IsOnP256(ECDsa key, string pem)
    {
        const string p256 = "1.2.840.10045.3.1.7";
        try
        {
            key.ImportFromPem(pem);
            return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == p256;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
