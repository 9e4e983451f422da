using Microsoft.Data.Sqlite;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Storage.Sqlite;

/// <summary>The writer's connection and its prepared statements. Used by one thread at a time.</summary>
internal sealed class BatchWriter : IDisposable
{
    private readonly TimeProvider time;
    private readonly List<Statement> statements = [];
    private readonly Statement begin;
    private readonly Statement commitAll;
    private readonly Statement savepoint;
    private readonly Statement keep;
    private readonly Statement undo;
    private readonly Statement findEpoch;
    private readonly Statement raiseEpoch;
    private readonly Statement findRequest;
    private readonly Statement addRequest;
    private readonly Statement release;
    private readonly Statement take;
    private readonly Statement addFact;
    private readonly Statement findAuditEnd;
    private readonly Statement addAudit;
    private readonly Statement addPerishable;
    private readonly Statement forget;
    private readonly Statement purge;

    // What one batch has read already; nobody else writes meanwhile.
    private readonly Dictionary<DepartmentId, long> epochs = [];
    private readonly Dictionary<DepartmentId, AuditEnd> ends = [];
    private readonly HashSet<DepartmentId> grown = [];
    private long position;

    public BatchWriter(SqliteConnection connection, TimeProvider time)
    {
        this.time = time;
        Statement Prepare(string sql)
        {
            Statement statement = new(connection, sql);
            statements.Add(statement);
            return statement;
        }

        begin = Prepare("BEGIN IMMEDIATE");
        commitAll = Prepare("COMMIT");
        savepoint = Prepare("SAVEPOINT one");
        keep = Prepare("RELEASE one");
        undo = Prepare("ROLLBACK TO one");
        findEpoch = Prepare("SELECT epoch FROM department WHERE department_id = ?1");
        raiseEpoch = Prepare(
            """
            INSERT INTO department (department_id, epoch, owner, taken_at) VALUES (?1, 1, ?2, ?3)
            ON CONFLICT (department_id) DO UPDATE SET epoch = epoch + 1, owner = ?2, taken_at = ?3
            RETURNING epoch
            """
        );
        findRequest = Prepare(
            "SELECT body_hash, answer FROM request WHERE department_id = ?1 AND sender = ?2 AND request_id = ?3"
        );
        addRequest = Prepare(
            "INSERT INTO request (department_id, sender, request_id, body_hash, answer, answered_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        );
        release = Prepare(
            "UPDATE claim SET released_at = ?5 WHERE department_id = ?1 AND kind = ?2 AND key = ?3 AND holder = ?4 AND released_at IS NULL"
        );
        take = Prepare(
            """
            INSERT INTO claim (department_id, kind, key, holder, taken_at) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (department_id, kind, key) WHERE released_at IS NULL DO NOTHING
            """
        );
        addFact = Prepare(
            "INSERT INTO fact (position, department_id, committed_at, kind, version, subject, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        );
        findAuditEnd = Prepare(
            "SELECT sequence, hash FROM audit WHERE department_id = ?1 ORDER BY sequence DESC LIMIT 1"
        );
        addAudit = Prepare(
            "INSERT INTO audit (department_id, sequence, at, event, subject, salt, detail, detail_digest, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        );
        addPerishable = Prepare(
            """
            INSERT INTO perishable (scope, department_id, name, value, kept_at) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (scope, department_id, name) DO UPDATE SET value = ?4, kept_at = ?5
            """
        );
        forget = Prepare("DELETE FROM perishable WHERE scope = ?1 AND department_id = ?2");
        purge = Prepare(
            """
            DELETE FROM request WHERE (department_id, sender, request_id) IN (
              SELECT department_id, sender, request_id FROM request WHERE answered_at < ?1 ORDER BY answered_at LIMIT ?2
            )
            """
        );
    }

    /// <summary>Transactions with something in them that became durable since the start.</summary>
    public long Transactions { get; private set; }

    public StoreEnd FindEnd(SqliteConnection connection)
    {
        using Statement last = new(connection, "SELECT coalesce(max(position), 0) FROM fact");
        last.Step();
        position = last.Integer(0);
        // Whoever has audit rows was owned once; asking the audit table itself would read all of it.
        using Statement departments = new(connection, "SELECT department_id FROM department");
        List<AuditEnd> found = [];
        while (departments.Step())
        {
            AuditEnd end = AuditEndOf(new DepartmentId(departments.Text(0)));
            if (end.Sequence > 0)
            {
                found.Add(end);
            }
        }

        ends.Clear();
        return new StoreEnd(position, found);
    }

    public StoredBatch Write(CommitBatch batch)
    {
        epochs.Clear();
        ends.Clear();
        grown.Clear();
        begin.Run();
        List<StoredOutcome> outcomes = new(batch.Commits.Count);
        foreach (Commit commit in batch.Commits)
        {
            outcomes.Add(WriteOne(commit, batch));
        }

        long start = time.GetTimestamp();
        commitAll.Run();
        TimeSpan flush = time.GetElapsedTime(start);
        Transactions++;
        return new StoredBatch(outcomes, [.. grown.Select(department => ends[department])], flush);
    }

    public long TakeOwnership(DepartmentId department, string owner, DateTimeOffset at)
    {
        begin.Run();
        raiseEpoch
            .Bind(1, department.Value)
            .Bind(2, owner)
            .Bind(3, WholeMicroseconds.Since1970(at));
        raiseEpoch.Step();
        long epoch = raiseEpoch.Integer(0);
        raiseEpoch.Reset();
        commitAll.Run();
        Transactions++;
        return epoch;
    }

    public int PurgeRequests(DateTimeOffset answeredBefore, int atMost)
    {
        begin.Run();
        purge.Bind(1, WholeMicroseconds.Since1970(answeredBefore)).Bind(2, atMost).Run();
        int deleted = purge.Changes;
        commitAll.Run();
        return deleted;
    }

    public void Dispose()
    {
        foreach (Statement statement in statements)
        {
            statement.Dispose();
        }
    }

    private StoredOutcome WriteOne(Commit commit, CommitBatch batch)
    {
        long epoch = EpochOf(commit.Department);
        if (epoch == 0 || commit.Epoch != epoch)
        {
            return new StoredOutcome.StaleEpoch(epoch);
        }

        if (commit.Command is { } command && FindEarlier(commit.Department, command) is { } earlier)
        {
            return earlier;
        }

        long at = WholeMicroseconds.Since1970(batch.At);
        if (Claim(commit, at) is { } refused)
        {
            return refused;
        }

        // From here on nothing refuses, so only claims need a savepoint.
        if (commit.Command is { } answered)
        {
            AddRequest(commit.Department, answered, at);
        }

        AddFacts(commit, at);
        AddAudit(commit, batch);
        AddPerishables(commit, at);
        return new StoredOutcome.Written(position);
    }

    private long EpochOf(DepartmentId department)
    {
        if (!epochs.TryGetValue(department, out long epoch))
        {
            findEpoch.Bind(1, department.Value);
            epoch = findEpoch.Step() ? findEpoch.Integer(0) : 0;
            findEpoch.Reset();
            epochs[department] = epoch;
        }

        return epoch;
    }

    private StoredOutcome? FindEarlier(DepartmentId department, AnsweredCommand command)
    {
        findRequest
            .Bind(1, department.Value)
            .Bind(2, command.Key.Sender)
            .Bind(3, command.Key.Request.Value);
        try
        {
            if (!findRequest.Step())
            {
                return null;
            }

            return findRequest.Blob(0).AsSpan().SequenceEqual(command.BodyHash.Span)
                ? new StoredOutcome.AlreadyAnswered(findRequest.Blob(1))
                : new StoredOutcome.RequestIdReused();
        }
        finally
        {
            findRequest.Reset();
        }
    }

    private StoredOutcome.ClaimTaken? Claim(Commit commit, long at)
    {
        if (commit.Part.Takes.IsEmpty)
        {
            Release(commit, at);
            return null;
        }

        savepoint.Run();
        Release(commit, at);
        foreach (Claim claim in commit.Part.Takes)
        {
            take.Bind(1, commit.Department.Value)
                .Bind(2, claim.Kind)
                .Bind(3, claim.Key)
                .Bind(4, claim.Holder)
                .Bind(5, at)
                .Run();
            if (take.Changes == 0)
            {
                undo.Run();
                keep.Run();
                return new StoredOutcome.ClaimTaken(claim);
            }
        }

        keep.Run();
        return null;
    }

    private void Release(Commit commit, long at)
    {
        foreach (Claim claim in commit.Part.Releases)
        {
            release
                .Bind(1, commit.Department.Value)
                .Bind(2, claim.Kind)
                .Bind(3, claim.Key)
                .Bind(4, claim.Holder)
                .Bind(5, at)
                .Run();
        }
    }

    private void AddRequest(DepartmentId department, AnsweredCommand command, long at) =>
        addRequest
            .Bind(1, department.Value)
            .Bind(2, command.Key.Sender)
            .Bind(3, command.Key.Request.Value)
            .Bind(4, command.BodyHash)
            .Bind(5, command.Answer)
            .Bind(6, at)
            .Run();

    private void AddFacts(Commit commit, long at)
    {
        foreach (Fact fact in commit.Part.Facts)
        {
            addFact
                .Bind(1, ++position)
                .Bind(2, commit.Department.Value)
                .Bind(3, at)
                .Bind(4, fact.Kind)
                .Bind(5, fact.Version)
                .Bind(6, fact.Subject)
                .Bind(7, fact.Body)
                .Run();
        }
    }

    private void AddAudit(Commit commit, CommitBatch batch)
    {
        foreach (AuditEntry entry in commit.Part.Audit)
        {
            AuditRow row = AuditChain.Next(
                AuditEndOf(commit.Department),
                entry,
                batch.At,
                batch.Salts
            );
            addAudit
                .Bind(1, row.Department.Value)
                .Bind(2, row.Sequence)
                .Bind(3, WholeMicroseconds.Since1970(row.At))
                .Bind(4, row.Event)
                .Bind(5, row.Subject)
                .Bind(6, row.Salt)
                .Bind(7, row.Detail)
                .Bind(8, row.DetailDigest)
                .Bind(9, row.Hash)
                .Run();
            ends[commit.Department] = new AuditEnd(row.Department, row.Sequence, row.Hash);
            grown.Add(commit.Department);
        }
    }

    private AuditEnd AuditEndOf(DepartmentId department)
    {
        if (!ends.TryGetValue(department, out AuditEnd? end))
        {
            findAuditEnd.Bind(1, department.Value);
            end = findAuditEnd.Step()
                ? new AuditEnd(department, findAuditEnd.Integer(0), findAuditEnd.Blob(1))
                : AuditChain.Start(department);
            findAuditEnd.Reset();
            ends[department] = end;
        }

        return end;
    }

    private void AddPerishables(Commit commit, long at)
    {
        foreach (Perishable perishable in commit.Part.Keeps)
        {
            addPerishable
                .Bind(1, perishable.Scope)
                .Bind(2, commit.Department.Value)
                .Bind(3, perishable.Name)
                .Bind(4, perishable.Value)
                .Bind(5, at)
                .Run();
        }

        foreach (string scope in commit.Part.Forgets)
        {
            forget.Bind(1, scope).Bind(2, commit.Department.Value).Run();
        }
    }
}
