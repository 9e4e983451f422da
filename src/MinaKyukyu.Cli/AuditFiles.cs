using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Storage.Sqlite;

namespace MinaKyukyu.Cli;

/// <summary>The audit chains of a data directory, opened for reading alone.</summary>
internal static class AuditFiles
{
    /// <param name="heads">Directory with heads that were exported elsewhere; null: those beside the database.</param>
    public static async Task<IReadOnlyList<AuditVerdict>> VerifyAsync(
        string data,
        CancellationToken stop,
        string? heads = null
    )
    {
        await using SqliteAuditArchive archive = SqliteAuditArchive.OpenReadOnly(data, heads);
        return await AuditVerifier.VerifyAsync(archive, null, stop);
    }
}
