using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Storage;
using MinaKyukyu.Storage.Sqlite;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Journal.Tests.Sqlite;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly ManualTime time = new();

    private DataDirectory Data => new(directory.Path);

    public void Dispose() => directory.Dispose();

    private async Task<JournalWriter> OpenAsync(
        Func<IJournalStore, IJournalStore>? wrap = null,
        JournalOptions? options = null
    ) =>
        await SqliteJournal.OpenAsync(
            new SqliteJournalParts
            {
                Data = directory.Path,
                Time = time,
                Options = options ?? new JournalOptions(),
                Logger = NullLogger<JournalWriter>.Instance,
                Wrap = wrap ?? (store => store),
            }
        );

    [Fact]
    public async Task Many_commits_share_one_transaction()
    {
        SqliteJournalStore sqlite = null!;
        Holding holding = null!;
        await using JournalWriter journal = await OpenAsync(store =>
        {
            sqlite = (SqliteJournalStore)store;
            return holding = new Holding(store);
        });
        await journal.TakeOwnershipAsync(Sample.Midori, "node-1", default);
        holding.Hold();
        Task<CommitOutcome> first = journal.CommitAsync(Sample.FactAbout("0"), default).AsTask();
        await holding.SomebodyWaits;
        Task<CommitOutcome>[] rest =
        [
            .. Enumerable
                .Range(1, 200)
                .Select(i => journal.CommitAsync(Sample.FactAbout($"{i}"), default).AsTask()),
        ];
        long before = sqlite.Transactions;
        holding.LetGo();
        await Task.WhenAll([first, .. rest]);

        Assert.Equal(2, sqlite.Transactions - before);
        Assert.Equal(201, journal.Position);
    }

    [Fact]
    public async Task A_second_process_is_told_that_the_directory_is_in_use()
    {
        await using JournalWriter journal = await OpenAsync();
        StoreUnavailableException refused = await Assert.ThrowsAsync<StoreUnavailableException>(
            () =>
                OpenAsync()
        );
        Assert.Equal(StoreTrouble.InUse, refused.Trouble);
        Assert.Contains(directory.Path, refused.Message, StringComparison.Ordinal);
        Assert.True(journal.IsAccepting);
    }

    [Fact]
    public async Task A_directory_is_free_again_after_a_failed_start()
    {
        await File.WriteAllTextAsync(Data.Database, new string('x', 8192));
        StoreUnavailableException refused = await Assert.ThrowsAsync<StoreUnavailableException>(
            () =>
                OpenAsync()
        );
        Assert.Equal(StoreTrouble.Corrupt, refused.Trouble);
        Assert.Contains(Data.Database, refused.Message, StringComparison.Ordinal);

        File.Delete(Data.Database);
        await using JournalWriter journal = await OpenAsync();
        Assert.True(journal.IsAccepting);
    }

    [Fact]
    public async Task Refuses_a_database_that_a_newer_version_wrote()
    {
        await (await OpenAsync()).DisposeAsync();
        Run("INSERT INTO schema_migration (number, name, applied_at) VALUES (9999, 'later', 0)");
        StoreUnavailableException refused = await Assert.ThrowsAsync<StoreUnavailableException>(
            () =>
                OpenAsync()
        );
        Assert.Equal(StoreTrouble.NewerSchema, refused.Trouble);
    }

    [Fact]
    public async Task Migrations_are_applied_once_and_in_order()
    {
        await (await OpenAsync()).DisposeAsync();
        time.Advance(TimeSpan.FromDays(1));
        await (await OpenAsync()).DisposeAsync();
        Assert.Equal(
            "1 0001_journal.sql",
            Ask("SELECT group_concat(number || ' ' || name) FROM schema_migration")
        );
    }

    [Fact]
    public async Task Durability_is_what_was_promised()
    {
        await using JournalWriter journal = await OpenAsync();
        Assert.Equal("wal", Ask("PRAGMA journal_mode"));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(ownerOnly, File.GetUnixFileMode(Data.Database));
            Assert.Equal(ownerOnly, File.GetUnixFileMode(Data.AuditKey));
        }
    }

    [Fact]
    public async Task Refuses_a_signing_key_that_others_may_read()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await (await OpenAsync()).DisposeAsync();
        File.SetUnixFileMode(Data.AuditKey, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        StoreUnavailableException refused = await Assert.ThrowsAsync<StoreUnavailableException>(
            () =>
                OpenAsync()
        );
        Assert.Equal(StoreTrouble.NotPermitted, refused.Trouble);
    }

    [Fact]
    public async Task Positions_go_on_beyond_32_bits()
    {
        await (await OpenAsync()).DisposeAsync();
        const long high = (1L << 53) + 1;
        Run(
            $"INSERT INTO fact (position, department_id, committed_at, kind, version, subject, body) VALUES ({high}, 'midori', 0, 'test.happened', 1, 's', x'7b7d')"
        );
        await using JournalWriter journal = await OpenAsync();
        await journal.TakeOwnershipAsync(Sample.Midori, "node-1", default);
        CommitOutcome outcome = await journal.CommitAsync(Sample.FactAbout("a"), default);
        Assert.Equal(high + 1, Assert.IsType<CommitOutcome.Committed>(outcome).Receipt.Position);
    }

    [Fact]
    public async Task The_bytes_of_a_forgotten_value_leave_the_disk()
    {
        byte[] value = Encoding.UTF8.GetBytes("a value that nobody may find again");
        Erasures erasures = null!;
        JournalOptions options = new();
        await using JournalWriter journal = await OpenAsync(
            store => erasures = new Erasures(store),
            options
        );
        await journal.TakeOwnershipAsync(Sample.Midori, "node-1", default);
        await Commit(
            journal,
            CommitPart.Nothing with
            {
                Keeps = [new Perishable("incident/1", "callback", value)],
            }
        );
        Assert.True(IsOnDisk(value), "The search must see what is there.");

        await Commit(journal, CommitPart.Nothing with { Forgets = ["incident/1"] });
        Assert.True(IsOnDisk(value), "Without a checkpoint the log still holds it.");
        Task erased = erasures.Next;
        time.Advance(options.ErasureDelay);
        await erased.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(IsOnDisk(value));
        Assert.Empty(await journal.ReadPerishablesAsync("incident/1", default));
    }

    [Fact]
    public async Task A_reader_in_the_way_puts_off_the_erasing_and_holds_up_nobody()
    {
        byte[] value = Encoding.UTF8.GetBytes("another value that nobody may find again");
        Erasures erasures = null!;
        JournalOptions options = new();
        await using JournalWriter journal = await OpenAsync(
            store => erasures = new Erasures(store),
            options
        );
        await journal.TakeOwnershipAsync(Sample.Midori, "node-1", default);
        await Commit(
            journal,
            CommitPart.Nothing with
            {
                Keeps = [new Perishable("incident/1", "callback", value)],
            }
        );
        Task tried = erasures.NextTry;
        using (SqliteConnection reader = new($"Data Source={Data.Database};Pooling=False"))
        {
            reader.Open();
            SqliteConnections.Execute(reader, "BEGIN");
            SqliteConnections.Scalar(reader, "SELECT count(*) FROM perishable");
            await Commit(journal, CommitPart.Nothing with { Forgets = ["incident/1"] });
            time.Advance(options.ErasureDelay);
            await tried.WaitAsync(TimeSpan.FromSeconds(3));
            await Commit(journal, CommitPart.Of(Sample.Fact("a")));
            Assert.True(IsOnDisk(value));
        }

        Task erased = erasures.Next;
        time.Advance(options.ErasureDelay);
        await erased.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(IsOnDisk(value));
    }

    [Fact]
    public async Task The_head_is_signed_and_exported_within_its_interval_and_at_the_end()
    {
        JournalOptions options = new();
        JournalWriter journal = await OpenAsync(null, options);
        await journal.TakeOwnershipAsync(Sample.Midori, "node-1", default);
        await Note(journal, 1);
        time.Advance(TimeSpan.Zero);
        Assert.Equal(1, HeadSequence());
        await Note(journal, 2);
        time.Advance(options.AuditHeadInterval - TimeSpan.FromSeconds(1));
        Assert.Equal(1, HeadSequence());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, HeadSequence());
        await Note(journal, 1);
        await journal.DisposeAsync();
        Assert.Equal(4, HeadSequence());
    }

    [Fact]
    public async Task After_a_failure_nothing_is_signed_and_nothing_is_synced()
    {
        Failing failing = null!;
        JournalWriter journal = await OpenAsync(store => failing = new Failing(store));
        await journal.TakeOwnershipAsync(Sample.Midori, "node-1", default);
        await Note(journal, 1);
        time.Advance(TimeSpan.Zero);
        await Note(journal, 1);
        failing.FailsNow = true;
        Assert.IsType<CommitOutcome.Unknown>(
            await journal.CommitAsync(Sample.FactAbout("a"), default)
        );
        await journal.Failed;
        long log = new FileInfo(Data.Database + "-wal").Length;
        await journal.DisposeAsync();
        Assert.Equal(1, HeadSequence());
        Assert.Equal(log, new FileInfo(Data.Database + "-wal").Length);
    }

    private static async Task Note(JournalWriter journal, int rows)
    {
        for (int i = 0; i < rows; i++)
        {
            await Commit(journal, CommitPart.Nothing with { Audit = [Sample.Entry("grant/1")] });
        }
    }

    private static async Task Commit(JournalWriter journal, CommitPart part) =>
        Assert.IsType<CommitOutcome.Committed>(
            await journal.CommitAsync(Sample.Commit(part), default)
        );

    private long HeadSequence() =>
        AuditHead.TryRead(File.ReadAllBytes(Data.AuditHead(Sample.Midori)))!.Sequence;

    private bool IsOnDisk(byte[] value) =>
        Directory
            .EnumerateFiles(directory.Path, "mina.db*")
            .Any(file =>
            {
                using FileStream stream = new(
                    file,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.ReadWrite
                );
                byte[] bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return bytes.AsSpan().IndexOf(value) >= 0;
            });

    private void Run(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Data.Database};Pooling=False");
        connection.Open();
        SqliteConnections.Execute(connection, sql);
    }

    private string Ask(string sql)
    {
        using SqliteConnection connection = new($"Data Source={Data.Database};Pooling=False");
        connection.Open();
        return SqliteConnections.Scalar(connection, sql);
    }

    private sealed class Holding(IJournalStore inner) : JournalStoreDecorator(inner)
    {
        private readonly ManualResetEventSlim isFree = new(true);
        private readonly TaskCompletionSource somebodyWaits = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public Task SomebodyWaits => somebodyWaits.Task;

        public void Hold() => isFree.Reset();

        public void LetGo() => isFree.Set();

        public override StoredBatch Write(CommitBatch batch)
        {
            if (!isFree.IsSet)
            {
                somebodyWaits.TrySetResult();
                Assert.True(isFree.Wait(TimeSpan.FromSeconds(30)));
            }

            return Inner.Write(batch);
        }
    }

    private sealed class Erasures(IJournalStore inner) : JournalStoreDecorator(inner)
    {
        private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly TaskCompletionSource tried = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public Task Next => next.Task;

        /// <summary>The first try, whether it erased or not.</summary>
        public Task NextTry => tried.Task;

        public override bool EraseForgotten()
        {
            bool erased = Inner.EraseForgotten();
            tried.TrySetResult();
            if (erased)
            {
                next.TrySetResult();
                next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return erased;
        }
    }

    /// <summary>Writes, then says that the flush failed: what stands is for the next process to find out.</summary>
    private sealed class Failing(IJournalStore inner) : JournalStoreDecorator(inner)
    {
        public bool FailsNow { get; set; }

        public override StoredBatch Write(CommitBatch batch) =>
            FailsNow
                ? throw new StoreUnavailableException("The flush failed.")
                : Inner.Write(batch);
    }
}
