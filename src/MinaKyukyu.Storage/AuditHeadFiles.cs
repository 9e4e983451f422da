using System.Text;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Ports;

namespace MinaKyukyu.Storage;

/// <summary>Keeps signed heads as files: beside the database, or in another directory that whoever keeps the database cannot write.</summary>
/// <param name="publicKeyPem">For another directory: the key to check heads with stands beside them, out of reach as well; null where it stands already.</param>
public sealed class AuditHeadFiles(DataDirectory directory, string? publicKeyPem = null)
    : IAuditHeadShelf
{
    private const UnixFileMode Everybody =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead
        | UnixFileMode.OtherRead;

    /// <inheritdoc/>
    public string Name => directory.Path;

    /// <inheritdoc/>
    public void Put(AuditHead head)
    {
        // Never replaced: a key that differs from the one before is for a person to look at.
        if (publicKeyPem is not null && !File.Exists(directory.AuditPublicKey))
        {
            WholeFile.Replace(
                directory.AuditPublicKey,
                Encoding.UTF8.GetBytes(publicKeyPem + "\n"),
                Everybody
            );
        }

        WholeFile.Replace(directory.AuditHead(head.Department), head.ToJson(), Everybody);
    }
}
