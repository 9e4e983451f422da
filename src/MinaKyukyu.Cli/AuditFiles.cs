using System.Text.Json.Nodes;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Storage.Sqlite;
using MinaKyukyu.Vocabulary.Ids;

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

    /// <summary>Details of all rows of an event.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ReadDetailsAsync(
        string data,
        string auditEvent,
        CancellationToken stop
    )
    {
        const int PageRows = 1_000;
        await using SqliteAuditArchive archive = SqliteAuditArchive.OpenReadOnly(data);
        List<JsonNode> details = [];
        foreach (string department in await archive.ListDepartmentsAsync(stop))
        {
            long after = 0;
            while (
                await archive.ReadAuditAsync(new DepartmentId(department), after, PageRows, stop)
                    is { Count: > 0 } page
            )
            {
                details.AddRange(
                    page.Where(r => r.Event == auditEvent)
                        .Select(r => JsonNode.Parse(r.Detail.Span)!)
                );
                after = page[^1].Sequence;
            }
        }

        return details;
    }
}
