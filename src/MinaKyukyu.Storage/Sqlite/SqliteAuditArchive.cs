using Microsoft.Data.Sqlite;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Storage.Sqlite;

/// <summary>The audit rows and heads of a data directory, opened for reading only; takes no lock, so the server may run.</summary>
public sealed class SqliteAuditArchive : IAuditArchive
{
    private readonly DataDirectory directory;
    private readonly DataDirectory heads;
    private readonly SqliteConnection connection;
    private readonly Statement page;
    private readonly Statement facts;

    private SqliteAuditArchive(
        DataDirectory directory,
        DataDirectory heads,
        SqliteConnection connection
    )
    {
        this.directory = directory;
        this.heads = heads;
        this.connection = connection;
        page = new Statement(connection, AuditRows.PageSql);
        facts = new Statement(connection, FactRows.PageSql);
        PublicKey = ReadKey(heads) ?? ReadKey(directory);
    }

    private static string? ReadKey(DataDirectory place) =>
        File.Exists(place.AuditPublicKey) ? File.ReadAllText(place.AuditPublicKey) : null;

    /// <inheritdoc/>
    public string? PublicKey { get; }

    /// <param name="headDirectory">Heads, and the key to check them with, that were exported elsewhere; null: those of the data directory.</param>
    /// <exception cref="StoreUnavailableException">With a sentence that names the file and what to do.</exception>
    public static SqliteAuditArchive OpenReadOnly(string data, string? headDirectory = null)
    {
        if (headDirectory is not null && !Directory.Exists(headDirectory))
        {
            throw new StoreUnavailableException(
                StoreTrouble.Missing,
                $"{headDirectory} is not there; name the directory that the server exports heads to."
            );
        }

        DataDirectory place = new(data);
        if (!File.Exists(place.Database))
        {
            throw new StoreUnavailableException(
                StoreTrouble.Missing,
                $"{place.Database} is not there; name the data directory of a server that ran."
            );
        }

        return SqliteTrouble.Translate(
            place.Database,
            () =>
            {
                SqliteConnection opened = Open(place.Database);
                try
                {
                    return new SqliteAuditArchive(
                        place,
                        headDirectory is null ? place : new DataDirectory(headDirectory),
                        opened
                    );
                }
                catch
                {
                    opened.Dispose();
                    throw;
                }
            }
        );
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ListDepartmentsAsync(CancellationToken stop) =>
        ValueTask.FromResult<IReadOnlyList<string>>([
            .. NamesInRows()
                .Concat(heads.DepartmentsWithHeads())
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ]);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AuditRow>> ReadAuditAsync(
        DepartmentId department,
        long after,
        int atMost,
        CancellationToken stop
    ) =>
        ValueTask.FromResult(
            SqliteTrouble.Translate(
                directory.Database,
                () => AuditRows.ReadPage(page, department, after, atMost)
            )
        );

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> FindHeadAsync(
        DepartmentId department,
        CancellationToken stop
    )
    {
        string path = heads.AuditHead(department);
        if (!File.Exists(path))
        {
            return null;
        }

        return await File.ReadAllBytesAsync(path, stop);
    }

    /// <summary>All facts, in order, page by page: what oversight compares views with.</summary>
    /// <exception cref="StoreUnavailableException">They cannot be read.</exception>
    public IEnumerable<JournaledFact> ReadFacts()
    {
        const int PageSize = 4_096;
        long after = 0;
        IReadOnlyList<JournaledFact> read;
        do
        {
            long from = after;
            read = SqliteTrouble.Translate(
                directory.Database,
                () => FactRows.ReadPage(facts, from, PageSize)
            );
            foreach (JournaledFact fact in read)
            {
                yield return fact;
                after = fact.Position;
            }
        } while (read.Count > 0);
    }

    public ValueTask DisposeAsync()
    {
        page.Dispose();
        facts.Dispose();
        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private List<string> NamesInRows() =>
        SqliteTrouble.Translate(
            directory.Database,
            () =>
            {
                using Statement names = new(connection, "SELECT DISTINCT department_id FROM audit");
                List<string> found = [];
                while (names.Step())
                {
                    found.Add(names.Text(0));
                }

                return found;
            }
        );

    private static SqliteConnection Open(string path)
    {
        try
        {
            SqliteConnection opened = SqliteConnections.OpenReader(path);
            SqliteConnections.Scalar(opened, "SELECT count(*) FROM sqlite_schema");
            return opened;
        }
        catch (SqliteException e)
            when (e.SqliteErrorCode
                    is SQLitePCL.raw.SQLITE_CANTOPEN
                        or SQLitePCL.raw.SQLITE_READONLY
                && !HasUnmergedWrites(path)
            )
        {
            // A copy on read-only ground: without a log beside it nothing can change under us.
            return SqliteConnections.OpenUnchanging(path);
        }
    }

    private static bool HasUnmergedWrites(string path) =>
        new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };
}
