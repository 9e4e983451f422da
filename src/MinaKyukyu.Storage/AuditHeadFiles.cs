using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Ports;

namespace MinaKyukyu.Storage;

/// <summary>Keeps signed heads as files beside the database.</summary>
public sealed class AuditHeadFiles(DataDirectory directory) : IAuditHeadShelf
{
    /// <inheritdoc/>
    public void Put(AuditHead head) =>
        WholeFile.Replace(
            directory.AuditHead(head.Department),
            head.ToJson(),
            UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | UnixFileMode.GroupRead
                | UnixFileMode.OtherRead
        );
}
