using System.Runtime.CompilerServices;
using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Storage.Sqlite;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Cli.Audit;

/// <summary>The audit chains of a data directory as the commands read them; the server may run beside.</summary>
internal static class AuditReading
{
    private const int PageSize = 1_000;

    /// <summary>Every row of every department, in order.</summary>
    public static async IAsyncEnumerable<AuditRow> RowsAsync(
        SqliteAuditArchive archive,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        foreach (string name in await archive.ListDepartmentsAsync(stop))
        {
            if (!Identifier.IsWellFormed(name))
            {
                continue;
            }

            var department = new DepartmentId(name);
            long after = 0;
            IReadOnlyList<AuditRow> page;
            do
            {
                stop.ThrowIfCancellationRequested();
                page = await archive.ReadAuditAsync(department, after, PageSize, stop);
                foreach (AuditRow row in page)
                {
                    yield return row;
                    after = row.Sequence;
                }
            } while (page.Count > 0);
        }
    }

    /// <summary>The trails of all departments, in the order of their grants.</summary>
    public static async Task<IReadOnlyList<AccessTrail>> TrailsAsync(
        SqliteAuditArchive archive,
        CancellationToken stop
    )
    {
        Dictionary<DepartmentId, AccessTrails> trails = [];
        await foreach (AuditRow row in RowsAsync(archive, stop))
        {
            if (!trails.TryGetValue(row.Department, out AccessTrails? own))
            {
                trails.Add(row.Department, own = new AccessTrails());
            }

            own.Apply(row);
        }

        return [.. trails.Values.SelectMany(t => t.ToImmutable())];
    }

    /// <summary>Runs a command over an archive. What a report says is worth as much as its chain, so the chain's state is told with it.</summary>
    /// <returns>1 also when a chain is not sound.</returns>
    public static async Task<int> RunAsync(
        string name,
        string data,
        Func<SqliteAuditArchive, Task<int>> report,
        CancellationToken stop
    )
    {
        try
        {
            await using SqliteAuditArchive archive = SqliteAuditArchive.OpenReadOnly(data);
            IReadOnlyList<AuditVerdict> verdicts = await AuditVerifier.VerifyAsync(
                archive,
                null,
                stop
            );
            int exit = await report(archive);
            foreach (AuditVerdict verdict in verdicts)
            {
                await Console.Error.WriteLineAsync(VerdictSentences.Of(verdict));
            }

            return verdicts.All(v => v.IsSound) ? exit : ExitCode.No;
        }
        catch (StoreUnavailableException refused)
        {
            await Console.Error.WriteLineAsync($"mina {name}: {refused.Message}");
            return refused.Trouble == StoreTrouble.Missing ? ExitCode.WrongWords : ExitCode.No;
        }
    }
}
