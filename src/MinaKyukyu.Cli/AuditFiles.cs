using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Storage.Sqlite;

namespace MinaKyukyu.Cli;

/// <summary>The audit chains of a data directory, opened for reading alone.</summary>
internal static class AuditFiles
{
    public static async Task<IReadOnlyList<AuditVerdict>> VerifyAsync(
        string data,
        CancellationToken stop
    )
    {
        await using SqliteAuditArchive archive = SqliteAuditArchive.OpenReadOnly(data);
        return await AuditVerifier.VerifyAsync(archive, null, stop);
    }
}
