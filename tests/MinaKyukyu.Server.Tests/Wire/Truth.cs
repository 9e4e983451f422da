using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>Everything that a refusal must leave as it was.</summary>
/// <param name="Position">Of the journal.</param>
/// <param name="Answers">Requests whose first answer is kept.</param>
/// <param name="Claims">That are held now.</param>
/// <param name="Audit">Rows of the chain.</param>
/// <param name="Perishables">Values kept until their incident is over.</param>
/// <param name="Challenges">Open card checks of this node.</param>
/// <param name="Grants">Open grants of this node.</param>
/// <param name="UpstreamRequests">What the national side was asked; nothing is cached that was not asked for.</param>
internal sealed record TruthNow(
    long Position,
    long Answers,
    string Claims,
    long Audit,
    long Perishables,
    int Challenges,
    int Grants,
    long UpstreamRequests
);

/// <summary>Reads the data directory beside the running server, and the caches inside it.</summary>
internal sealed class Truth(
    IServiceProvider services,
    string data,
    DepartmentId department,
    Func<long> upstream
)
{
    private const string Claimed =
        "SELECT coalesce(group_concat(kind || '/' || key || '=' || holder, ' '), '') FROM (SELECT * FROM claim WHERE released_at IS NULL ORDER BY claim_id)";

    public async Task<TruthNow> NowAsync()
    {
        await SettleAsync();
        using SqliteConnection db = Open();
        return new TruthNow(
            services.GetRequiredService<IJournal>().Position,
            Number(db, "SELECT count(*) FROM request"),
            (string)Read(db, Claimed),
            Number(db, "SELECT count(*) FROM audit"),
            Number(db, "SELECT count(*) FROM perishable"),
            services.GetRequiredService<ChallengeBook>().Count,
            services.GetRequiredService<GrantBook>().Count,
            upstream()
        );
    }

    public long Count(string sql)
    {
        using SqliteConnection db = Open();
        return Number(db, sql);
    }

    /// <summary>Whether this text stands anywhere in the files of the data directory.</summary>
    /// <remarks>Another process looks: this one must not open and close the database's files beside SQLite, which would lose its locks.</remarks>
    public bool Holds(string text)
    {
        var start = new ProcessStartInfo("grep") { UseShellExecute = false };
        foreach (string word in new[] { "-raqF", "--", text, data })
        {
            start.ArgumentList.Add(word);
        }

        using Process grep = Process.Start(start)!;
        Assert.True(grep.WaitForExit(milliseconds: 10_000));
        Assert.InRange(grep.ExitCode, 0, 1);
        return grep.ExitCode == 0;
    }

    /// <summary>Waits until what was only posted is written: the one writer takes an empty note after it.</summary>
    public async Task SettleAsync() =>
        Assert.True(
            await services
                .GetRequiredService<CommandDesk>()
                .NoteAsync(department, CommitPart.Nothing, CancellationToken.None)
        );

    private SqliteConnection Open()
    {
        string file = Directory.EnumerateFiles(data, "*.db").Single();
        var db = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        db.Open();
        return db;
    }

    private static long Number(SqliteConnection db, string sql) =>
        Convert.ToInt64(Read(db, sql), CultureInfo.InvariantCulture);

    private static object Read(SqliteConnection db, string sql)
    {
        using SqliteCommand command = db.CreateCommand();
#pragma warning disable CA2100 // Written in this project, never from outside.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar()!;
    }
}
