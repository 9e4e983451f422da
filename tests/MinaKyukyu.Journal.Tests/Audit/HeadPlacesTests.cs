using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Storage;
using MinaKyukyu.Storage.Sqlite;
using MinaKyukyu.TestKit;
using Xunit.Abstractions;

namespace MinaKyukyu.Journal.Tests.Audit;

/// <summary>Heads in places that whoever keeps the database cannot write: what is done to a copy of the database is seen by them.</summary>
public sealed class HeadPlacesTests(ITestOutputHelper output) : IDisposable
{
    private const int Rows = 60;
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly TemporaryDirectory _data = new();
    private readonly TemporaryDirectory _copy = new();
    private readonly TemporaryDirectory _first = new();
    private readonly TemporaryDirectory _second = new();
    private readonly ManualTime _time = new();

    public void Dispose()
    {
        foreach (TemporaryDirectory each in new[] { _data, _copy, _first, _second })
        {
            each.Dispose();
        }
    }

    [Fact]
    public async Task A_minute_after_the_last_row_every_place_has_its_head()
    {
        await using JournalWriter journal = await OpenAsync(_first.Path, _second.Path);
        await NoteAsync(journal, 1);
        _time.Advance(Moment);
        // The first head of a department does not wait; the next one takes a minute at the most.
        await UntilAsync(() => HeadIn(_first) == 1 && HeadIn(_second) == 1);
        await NoteAsync(journal, Rows - 1);
        _time.Advance(Minute);
        await UntilAsync(() => HeadIn(_first) == Rows && HeadIn(_second) == Rows);
        Assert.Equal(Rows, HeadIn(_data));
    }

    [Fact]
    public async Task A_tail_that_is_cut_a_minute_later_is_seen_although_the_thief_cut_the_head_beside_it()
    {
        await using JournalWriter journal = await OpenAsync(_first.Path);
        await NoteAsync(journal, Rows);
        _time.Advance(Minute);
        await UntilAsync(() => HeadIn(_first) == Rows);
        Copy("DELETE FROM audit WHERE sequence > 55");
        // Beside the database everything fits: the thief took its head away.
        Assert.True((await VerifyAsync(null)).IsSound);
        Assert.Equal(
            new AuditFlaw(56, AuditFlawKind.TailCut),
            (await VerifyAsync(_first.Path)).Flaw
        );
    }

    [Fact]
    public async Task An_exporter_that_never_exports_sees_no_cut_and_this_proof_notices()
    {
        await using JournalWriter journal = await OpenAsync(
            new JournalOptions { AuditHeadInterval = TimeSpan.FromHours(1) },
            _first.Path
        );
        await NoteAsync(journal, 1);
        _time.Advance(Moment);
        await UntilAsync(() => HeadIn(_first) == 1);
        await NoteAsync(journal, Rows - 1);
        _time.Advance(Minute);
        Copy("DELETE FROM audit WHERE sequence > 55");
        AuditVerdict blind = await VerifyAsync(_first.Path);
        Assert.Null(blind.Flaw);
        Assert.Equal(AuditHeadState.CoversSome, blind.Head);
    }

    [Fact]
    public async Task Names_the_row_whatever_is_done_to_a_copy()
    {
        const int seed = 20261122;
        output.WriteLine($"seed {seed}");
        var chance = new Random(seed);
        await using JournalWriter journal = await OpenAsync(_first.Path);
        await NoteAsync(journal, Rows);
        _time.Advance(Minute);
        await UntilAsync(() => HeadIn(_first) == Rows);
        for (int i = 0; i < 60; i++)
        {
            int row = chance.Next(1, Rows + 1);
            int other = chance.Next(1, Rows + 1);
            (string sql, AuditFlaw flaw) = chance.Next(4) switch
            {
                0 => (
                    $"UPDATE audit SET detail = x'7b7d' WHERE sequence = {row}",
                    new AuditFlaw(row, AuditFlawKind.Altered)
                ),
                1 => (
                    $"DELETE FROM audit WHERE sequence >= {row}",
                    new AuditFlaw(row, AuditFlawKind.TailCut)
                ),
                2 when row < Rows => (
                    $"DELETE FROM audit WHERE sequence = {row}",
                    new AuditFlaw(row, AuditFlawKind.Missing)
                ),
                _ when row != other => (
                    $"UPDATE audit SET sequence = 1000 WHERE sequence = {row}; UPDATE audit SET sequence = {row} WHERE sequence = {other}; UPDATE audit SET sequence = {other} WHERE sequence = 1000",
                    new AuditFlaw(Math.Min(row, other), AuditFlawKind.Reordered)
                ),
                _ => (
                    $"UPDATE audit SET hash = zeroblob(32) WHERE sequence = {row}",
                    new AuditFlaw(row, AuditFlawKind.Altered)
                ),
            };
            Copy(sql);
            Assert.Equal(flaw, (await VerifyAsync(_first.Path)).Flaw);
        }
    }

    [Fact]
    public async Task A_place_that_is_not_there_stops_nothing_and_gets_its_head_once_it_is()
    {
        string later = Path.Combine(_second.Path, "share");
        var log = new CountingLogger();
        await using JournalWriter journal = await OpenAsync(new JournalOptions(), log, later);
        await NoteAsync(journal, Rows);
        _time.Advance(Moment);
        await UntilAsync(() => log.Count(1004) > 0);
        Assert.False(File.Exists(Path.Combine(later, "audit-head-midori.json")));
        Directory.CreateDirectory(later);
        // Without a further row: what is owed is tried again by itself.
        await UntilAsync(() =>
        {
            _time.Advance(Minute);
            return File.Exists(Path.Combine(later, "audit-head-midori.json"));
        });
        Assert.True(journal.IsAccepting);
        await NoteAsync(journal, 1);
    }

    [Fact]
    public async Task The_key_beside_exported_heads_is_never_replaced()
    {
        await using (JournalWriter journal = await OpenAsync(_first.Path))
        {
            await NoteAsync(journal, Rows);
        }

        string key = await File.ReadAllTextAsync(Path.Combine(_first.Path, "audit-key.pub.pem"));
        // Another chain under another key, exported to the same place, is not believed there.
        _data.Empty();
        await using (JournalWriter journal = await OpenAsync(_first.Path))
        {
            await NoteAsync(journal, Rows);
        }

        Assert.Equal(
            key,
            await File.ReadAllTextAsync(Path.Combine(_first.Path, "audit-key.pub.pem"))
        );
        Copy("SELECT 1");
        Assert.Equal(AuditFlawKind.HeadForged, (await VerifyAsync(_first.Path)).Flaw?.Kind);
    }

    private Task<JournalWriter> OpenAsync(params string[] places) =>
        OpenAsync(new JournalOptions(), places);

    private Task<JournalWriter> OpenAsync(JournalOptions options, params string[] places) =>
        OpenAsync(options, NullLogger<JournalWriter>.Instance, places);

    private async Task<JournalWriter> OpenAsync(
        JournalOptions options,
        ILogger<JournalWriter> log,
        params string[] places
    )
    {
        JournalWriter journal = await SqliteJournal.OpenAsync(
            new SqliteJournalParts
            {
                Data = _data.Path,
                Time = _time,
                Options = options,
                Logger = log,
                HeadDirectories = places,
            }
        );
        await journal.TakeOwnershipAsync(Sample.Midori, "node-1", default);
        return journal;
    }

    private static async Task NoteAsync(JournalWriter journal, int rows)
    {
        for (int i = 0; i < rows; i++)
        {
            Assert.IsType<CommitOutcome.Committed>(
                await journal.CommitAsync(
                    Sample.Commit(
                        CommitPart.Nothing with
                        {
                            Audit = [Sample.Entry($"grant/{i}", $$"""{"n":{{i}}}""")],
                        }
                    ),
                    default
                )
            );
        }
    }

    /// <summary>A copy of the running database without its heads, with something done to it.</summary>
    private void Copy(string sql)
    {
        _copy.Empty();
        string target = Path.Combine(_copy.Path, "mina.db");
        using SqliteConnection from = new(
            $"Data Source={new DataDirectory(_data.Path).Database};Mode=ReadOnly;Pooling=False"
        );
        from.Open();
        using SqliteConnection to = new($"Data Source={target};Pooling=False");
        to.Open();
        from.BackupDatabase(to);
        SqliteConnections.Execute(to, sql);
    }

    private async Task<AuditVerdict> VerifyAsync(string? heads)
    {
        await using SqliteAuditArchive archive = SqliteAuditArchive.OpenReadOnly(_copy.Path, heads);
        return Assert.Single(await AuditVerifier.VerifyAsync(archive));
    }

    private static long HeadIn(TemporaryDirectory place)
    {
        string file = new DataDirectory(place.Path).AuditHead(Sample.Midori);
        return File.Exists(file) ? AuditHead.TryRead(File.ReadAllBytes(file))?.Sequence ?? 0 : 0;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (int i = 0; i < 500 && !holds(); i++)
        {
            await Task.Delay(10);
        }

        Assert.True(holds());
    }

    private sealed class CountingLogger : ILogger<JournalWriter>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<int> _events = new();

        public int Count(int id) => _events.Count(e => e == id);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => _events.Enqueue(eventId.Id);
    }
}
