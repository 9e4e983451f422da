using Microsoft.Data.Sqlite;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Storage.Sqlite;

/// <summary>The journal in one SQLite file: write-ahead log, full sync, one writing connection, a few for reading.</summary>
public sealed class SqliteJournalStore(DataDirectory directory, TimeProvider time) : IJournalStore
{
    private readonly string path = directory.Database;
    private DataDirectoryLock? held;
    private SqliteConnection? connection;
    private BatchWriter? writer;
    private ReaderPool? readers;
    private bool hasFailed;

    /// <summary>Transactions that became durable since the start, each by one flush: the proof that commits share one.</summary>
    public long Transactions => writer?.Transactions ?? 0;

    /// <summary>Takes the data directory for this process, if that was not done before.</summary>
    /// <exception cref="StoreUnavailableException">Another process has it.</exception>
    public void Lock() => held ??= DataDirectoryLock.Take(directory);

    /// <inheritdoc/>
    public StoreEnd Open()
    {
        Lock();
        return SqliteTrouble.Translate(
            path,
            () =>
            {
                connection = SqliteConnections.OpenWriter(path);
                Migrations.Apply(connection, path, Migrations.Known, time.GetUtcNow());
                writer = new BatchWriter(connection, time);
                readers = new ReaderPool(path);
                return writer.FindEnd(connection);
            }
        );
    }

    /// <inheritdoc/>
    public StoredBatch Write(CommitBatch batch) => Writing(writer => writer.Write(batch));

    /// <inheritdoc/>
    public long TakeOwnership(DepartmentId department, string owner, DateTimeOffset at) =>
        Writing(writer => writer.TakeOwnership(department, owner, at));

    /// <inheritdoc/>
    public int PurgeRequests(DateTimeOffset answeredBefore, int atMost) =>
        Writing(writer => writer.PurgeRequests(answeredBefore, atMost));

    /// <inheritdoc/>
    public bool EraseForgotten() => Writing(_ => Checkpoint());

    /// <inheritdoc/>
    public ValueTask<EarlierAnswer> FindAnswerAsync(
        DepartmentId department,
        CommandKey key,
        ReadOnlyMemory<byte> bodyHash,
        CancellationToken stop
    ) => Readers.ReadAsync(reader => reader.FindAnswer(department, key, bodyHash), stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournaledFact>> ReadFactsAsync(
        long after,
        int atMost,
        CancellationToken stop
    ) => Readers.ReadAsync(reader => reader.ReadFacts(after, atMost), stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AuditRow>> ReadAuditAsync(
        DepartmentId department,
        long after,
        int atMost,
        CancellationToken stop
    ) => Readers.ReadAsync(reader => reader.ReadAudit(department, after, atMost), stop);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Perishable>> ReadPerishablesAsync(
        string scope,
        CancellationToken stop
    ) => Readers.ReadAsync(reader => reader.ReadPerishables(scope), stop);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        readers?.Dispose();
        readers = null;
        writer?.Dispose();
        writer = null;
        connection?.Dispose();
        connection = null;
        held?.Dispose();
        held = null;
        return ValueTask.CompletedTask;
    }

    private ReaderPool Readers =>
        readers ?? throw new InvalidOperationException("The store is not open.");

    /// <summary>After one failure this connection never writes again: what the disk holds is for the next process to find out.</summary>
    private T Writing<T>(Func<BatchWriter, T> write)
    {
        if (writer is not { } mine || hasFailed)
        {
            throw new InvalidOperationException("The store is not open, or it failed.");
        }

        try
        {
            return SqliteTrouble.Translate(path, () => write(mine));
        }
        catch
        {
            hasFailed = true;
            throw;
        }
    }

    /// <summary>Never waits for a reader: the commits that queue behind it would.</summary>
    private bool Checkpoint()
    {
        SqliteConnections.WaitForLocks(connection!, milliseconds: 0);
        try
        {
            using SqliteCommand checkpoint = connection!.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            using SqliteDataReader row = checkpoint.ExecuteReader();
            return row.Read() && row.GetInt64(0) == 0;
        }
        finally
        {
            SqliteConnections.WaitForLocks(connection!);
        }
    }
}
