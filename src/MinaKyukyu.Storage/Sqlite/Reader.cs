using Microsoft.Data.Sqlite;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Storage.Sqlite;

/// <summary>One reading connection and its prepared statements. Each read is one short transaction.</summary>
internal sealed class Reader : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Statement findAnswer;
    private readonly Statement readFacts;
    private readonly Statement readAudit;
    private readonly Statement readPerishables;

    public Reader(SqliteConnection connection)
    {
        this.connection = connection;
        findAnswer = new Statement(
            connection,
            "SELECT body_hash, answer FROM request WHERE department_id = ?1 AND sender = ?2 AND request_id = ?3"
        );
        readFacts = new Statement(connection, FactRows.PageSql);
        readAudit = new Statement(connection, AuditRows.PageSql);
        readPerishables = new Statement(
            connection,
            "SELECT name, value FROM perishable WHERE scope = ?1 ORDER BY department_id, name"
        );
    }

    public EarlierAnswer FindAnswer(
        DepartmentId department,
        CommandKey key,
        ReadOnlyMemory<byte> bodyHash
    )
    {
        findAnswer.Bind(1, department.Value).Bind(2, key.Sender).Bind(3, key.Request.Value);
        try
        {
            if (!findAnswer.Step())
            {
                return new EarlierAnswer.None();
            }

            return findAnswer.Blob(0).AsSpan().SequenceEqual(bodyHash.Span)
                ? new EarlierAnswer.Same(findAnswer.Blob(1))
                : new EarlierAnswer.OtherBody();
        }
        finally
        {
            findAnswer.Reset();
        }
    }

    public IReadOnlyList<JournaledFact> ReadFacts(long after, int atMost) =>
        FactRows.ReadPage(readFacts, after, atMost);

    public IReadOnlyList<AuditRow> ReadAudit(DepartmentId department, long after, int atMost) =>
        AuditRows.ReadPage(readAudit, department, after, atMost);

    public IReadOnlyList<Perishable> ReadPerishables(string scope)
    {
        readPerishables.Bind(1, scope);
        try
        {
            List<Perishable> found = [];
            while (readPerishables.Step())
            {
                found.Add(new Perishable(scope, readPerishables.Text(0), readPerishables.Blob(1)));
            }

            return found;
        }
        finally
        {
            readPerishables.Reset();
        }
    }

    public void Dispose()
    {
        findAnswer.Dispose();
        readFacts.Dispose();
        readAudit.Dispose();
        readPerishables.Dispose();
        connection.Dispose();
    }
}

/// <summary>How audit rows are read, by the journal and by the verifier.</summary>
internal static class AuditRows
{
    public const string PageSql =
        "SELECT sequence, at, event, subject, salt, detail, detail_digest, hash FROM audit WHERE department_id = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3";

    public static IReadOnlyList<AuditRow> ReadPage(
        Statement statement,
        DepartmentId department,
        long after,
        int atMost
    )
    {
        statement.Bind(1, department.Value).Bind(2, after).Bind(3, atMost);
        try
        {
            List<AuditRow> page = [];
            while (statement.Step())
            {
                page.Add(
                    new AuditRow(
                        department,
                        statement.Integer(0),
                        WholeMicroseconds.Moment(statement.Integer(1)),
                        statement.Text(2),
                        statement.Text(3),
                        statement.Blob(4),
                        statement.Blob(5),
                        statement.Blob(6),
                        statement.Blob(7)
                    )
                );
            }

            return page;
        }
        finally
        {
            statement.Reset();
        }
    }
}

/// <summary>How facts are read, by the journal and by whoever looks back at them.</summary>
internal static class FactRows
{
    public const string PageSql =
        "SELECT position, department_id, committed_at, kind, version, subject, body FROM fact WHERE position > ?1 ORDER BY position LIMIT ?2";

    public static IReadOnlyList<JournaledFact> ReadPage(Statement statement, long after, int atMost)
    {
        statement.Bind(1, after).Bind(2, atMost);
        try
        {
            List<JournaledFact> page = [];
            while (statement.Step())
            {
                page.Add(
                    new JournaledFact(
                        statement.Integer(0),
                        new DepartmentId(statement.Text(1)),
                        WholeMicroseconds.Moment(statement.Integer(2)),
                        new Fact(
                            statement.Text(3),
                            checked((int)statement.Integer(4)),
                            statement.Text(5),
                            statement.Blob(6)
                        )
                    )
                );
            }

            return page;
        }
        finally
        {
            statement.Reset();
        }
    }
}
