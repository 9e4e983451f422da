using System.Security.Cryptography;

namespace MinaKyukyu.Journal.Audit;

/// <summary>Signs heads of audit chains with an ECDSA P-256 key. Safe to call from many threads.</summary>
public sealed class AuditHeadSigner : IDisposable
{
    private readonly Lock gate = new();
    private readonly ECDsa key;

    private AuditHeadSigner(ECDsa key)
    {
        this.key = key;
        KeyId = AuditHeadSignature.KeyIdOf(key);
    }

    public string KeyId { get; }

    /// <summary>A signer with a new key.</summary>
    public static AuditHeadSigner Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>A signer with a key as <see cref="ExportPrivateKeyPem"/> wrote it.</summary>
    /// <exception cref="CryptographicException">It is not such a key.</exception>
    public static AuditHeadSigner FromPem(string privateKeyPem)
    {
        ECDsa imported = ECDsa.Create();
        try
        {
            imported.ImportFromPem(privateKeyPem);
            return imported.KeySize == 256
                ? new AuditHeadSigner(imported)
                : throw new CryptographicException("The key is not on the curve P-256.");
        }
        catch (ArgumentException e)
        {
            imported.Dispose();
            throw new CryptographicException("The text holds no private key.", e);
        }
        catch (CryptographicException)
        {
            imported.Dispose();
            throw;
        }
    }

    public string ExportPrivateKeyPem() => key.ExportPkcs8PrivateKeyPem();

    public string ExportPublicKeyPem() => key.ExportSubjectPublicKeyInfoPem();

    /// <summary>The signed head of a chain that ends there.</summary>
    public AuditHead Sign(AuditEnd end, DateTimeOffset at)
    {
        AuditHead head = new(
            end.Department,
            end.Sequence,
            end.Hash,
            WholeMicroseconds.Cut(at),
            KeyId,
            ReadOnlyMemory<byte>.Empty
        );
        lock (gate)
        {
            return head with { Signature = key.SignHash(AuditHeadSignature.DigestOf(head)) };
        }
    }

    public void Dispose() => key.Dispose();
}

/// <summary>What a head's signature covers.</summary>
internal static class AuditHeadSignature
{
    private static readonly byte[] Tag = "minakyukyu.audit.head.v1"u8.ToArray();

    public static byte[] DigestOf(AuditHead head)
    {
        FieldHash hash = new();
        hash.Append(Tag);
        hash.Append(head.Department.Value);
        hash.Append(head.Sequence);
        hash.Append(head.Hash.Span);
        hash.Append(WholeMicroseconds.Since1970(head.At));
        hash.Append(head.KeyId);
        return hash.Finish();
    }

    public static string KeyIdOf(ECDsa key) =>
        Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];

    /// <summary>Whether the owner of the public key signed this head.</summary>
    public static bool IsGenuine(AuditHead head, string publicKeyPem)
    {
        using ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(publicKeyPem);
            return string.Equals(head.KeyId, KeyIdOf(key), StringComparison.Ordinal)
                && key.VerifyHash(DigestOf(head), head.Signature.Span);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
