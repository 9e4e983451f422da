using Microsoft.Extensions.Logging;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Journal.Replay;
using MinaKyukyu.Storage.Sqlite;

namespace MinaKyukyu.Storage;

/// <summary>What a journal over SQLite is opened with.</summary>
public sealed record SqliteJournalParts
{
    /// <summary>The data directory; made if it is not there.</summary>
    public required string Data { get; init; }

    public IReadOnlyList<IProjection> Projections { get; init; } = [];

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public JournalOptions Options { get; init; } = new();

    public required ILogger<JournalWriter> Logger { get; init; }

    public IProgress<ReplayAccount>? ReplayProgress { get; init; }

    /// <summary>Directories beside the data directory that get each signed head as well; one that is not there is logged and tried again.</summary>
    public IReadOnlyList<string> HeadDirectories { get; init; } = [];

    /// <summary>For proofs that interfere with the store.</summary>
    public Func<IJournalStore, IJournalStore> Wrap { get; init; } = store => store;
}

/// <summary>The room's door: a journal over SQLite with signed audit heads beside it.</summary>
public static class SqliteJournal
{
    /// <exception cref="StoreUnavailableException">With a sentence that names the file and what to do.</exception>
    public static async Task<JournalWriter> OpenAsync(
        SqliteJournalParts parts,
        CancellationToken stop = default
    )
    {
        DataDirectory directory = new(parts.Data);
        SqliteJournalStore store = new(directory, parts.Time);
        AuditHeadSigner signer;
        try
        {
            // The lock first: two processes that start at once must not make two keys.
            store.Lock();
            signer = AuditKeyFile.LoadOrCreate(directory);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }

        return await JournalWriter.OpenAsync(
            new JournalParts
            {
                Store = parts.Wrap(store),
                Projections = parts.Projections,
                Time = parts.Time,
                Options = parts.Options,
                Logger = parts.Logger,
                Heads = new AuditHeadKeeping(
                    signer,
                    [
                        new AuditHeadFiles(directory),
                        .. parts.HeadDirectories.Select(place => new AuditHeadFiles(
                            new DataDirectory(place),
                            signer.ExportPublicKeyPem()
                        )),
                    ]
                ),
                ReplayProgress = parts.ReplayProgress,
            },
            stop
        );
    }
}
