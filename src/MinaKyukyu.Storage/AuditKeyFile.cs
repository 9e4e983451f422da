using System.Security.Cryptography;
using System.Text;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Ports;

namespace MinaKyukyu.Storage;

/// <summary>The key that signs audit heads, in the data directory.</summary>
public static class AuditKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody =
        OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Loads the key, or makes one and writes both halves. Call it while the data directory is locked.</summary>
    /// <exception cref="StoreUnavailableException">The file is there but is no such key, or others may read it.</exception>
    public static AuditHeadSigner LoadOrCreate(DataDirectory directory)
    {
        if (!File.Exists(directory.AuditKey))
        {
            return Create(directory);
        }

        if (
            !OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(directory.AuditKey) & ~OwnerOnly) != UnixFileMode.None
        )
        {
            throw new StoreUnavailableException(
                StoreTrouble.NotPermitted,
                $"{directory.AuditKey} may be read by others; take the right from them (chmod 600) and consider the key known."
            );
        }

        try
        {
            return AuditHeadSigner.FromPem(File.ReadAllText(directory.AuditKey));
        }
        catch (Exception e)
            when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                StoreTrouble.Corrupt,
                $"{directory.AuditKey} holds no usable key; restore it from a backup.",
                e
            );
        }
    }

    private static AuditHeadSigner Create(DataDirectory directory)
    {
        AuditHeadSigner signer = AuditHeadSigner.Create();
        try
        {
            WholeFile.Replace(
                directory.AuditPublicKey,
                Encoding.UTF8.GetBytes(signer.ExportPublicKeyPem() + "\n"),
                Everybody
            );
            WholeFile.Replace(
                directory.AuditKey,
                Encoding.UTF8.GetBytes(signer.ExportPrivateKeyPem() + "\n"),
                OwnerOnly
            );
            return signer;
        }
        catch
        {
            signer.Dispose();
            throw;
        }
    }
}
