using System.Diagnostics.CodeAnalysis;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Storage;
using MinaKyukyu.Storage.Sqlite;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Journal.Tests.Contract;

[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "The runner disposes of a test class through IAsyncLifetime."
)]
public sealed class A_journal_in_memory : JournalContract
{
    private readonly InMemoryJournalStore store = new();

    protected override IJournalStore NewStore() => store;
}

[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "The runner disposes of a test class through IAsyncLifetime."
)]
public sealed class A_journal_in_sqlite : JournalContract
{
    private readonly TemporaryDirectory directory = new();

    protected override IJournalStore NewStore() =>
        new SqliteJournalStore(new DataDirectory(directory.Path), Time);

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}
