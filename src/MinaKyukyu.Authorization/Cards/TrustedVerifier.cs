using System.Security.Cryptography;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>A special verifier (特定利用者証明検証者) whose assertions are believed: its key and the approval it works under.</summary>
public sealed class TrustedVerifier
{
    private readonly byte[] _publicKey;

    private TrustedVerifier(byte[] publicKey, string approvalId)
    {
        _publicKey = publicKey;
        ApprovalId = approvalId;
        KeyId = Convert.ToHexStringLower(SHA256.HashData(publicKey));
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

        try
        {
            using ECDsa key = ECDsa.Create();
            key.ImportFromPem(publicKeyPem);
            const string p256 = "1.2.840.10045.3.1.7";
            ECParameters parameters = key.ExportParameters(includePrivateParameters: false);
            return string.Equals(parameters.Curve.Oid.Value, p256, StringComparison.Ordinal)
                ? new TrustedVerifier(key.ExportSubjectPublicKeyInfo(), approvalId)
                : throw new ArgumentException(
                    "A verifier's key is ECDSA P-256.",
                    nameof(publicKeyPem)
                );
        }
        catch (CryptographicException e)
        {
            throw new ArgumentException(
                "A verifier's key is ECDSA P-256.",
                nameof(publicKeyPem),
                e
            );
        }
    }

    internal bool Signed(ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature)
    {
        using ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(_publicKey, out _);
        return key.VerifyData(
            statement,
            signature,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation
        );
    }
}
