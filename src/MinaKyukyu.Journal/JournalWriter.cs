using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Journal.Replay;
using MinaKyukyu.Journal.Writing;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal;

/// <summary>The journal: one thread that joins what waits into one transaction with one flush, tells the projections, then answers.</summary>
public sealed class JournalWriter : IJournal, IAsyncDisposable
{
    private readonly IJournalStore store;
    private readonly IProjection projections;
    private readonly TimeProvider time;
    private readonly JournalOptions options;
    private readonly ILogger logger;
    private readonly ISaltSource salts;
    private readonly WriterQueue queue;
    private readonly JournalTelemetry telemetry;
    private readonly WriterDesk desk;
    private readonly Upkeep upkeep;
    private readonly AuditHeadPlaces heads;
    private readonly TaskCompletionSource<Exception> failed = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly TaskCompletionSource ended = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private long position;
    private int isDisposed;

    private JournalWriter(JournalParts parts)
    {
        store = parts.Store;
        projections = new AllProjections(parts.Projections);
        time = parts.Time;
        options = parts.Options;
        logger = parts.Logger;
        salts = parts.Salts;
        queue = new WriterQueue(options.QueueCapacity);
        telemetry = new JournalTelemetry(() => queue.Count);
        desk = new WriterDesk(queue, options, time, telemetry, logger);
        heads = new AuditHeadPlaces(parts.Heads, time, options, logger);
        upkeep = new Upkeep(store, queue, options, time, logger);
    }

    /// <summary>
    /// Opens the store, rebuilds every projection from position 0, then accepts commits. On failure the store is disposed of.
    /// </summary>
    /// <exception cref="StoreUnavailableException">With a sentence that names the file and what to do.</exception>
    /// <exception cref="ValidationException">An option is outside its range.</exception>
    public static async Task<JournalWriter> OpenAsync(
        JournalParts parts,
        CancellationToken stop = default
    )
    {
        JournalWriter journal = new(parts);
        try
        {
            Validator.ValidateObject(
                parts.Options,
                new ValidationContext(parts.Options),
                validateAllProperties: true
            );
            StoreEnd end = await Task.Run(parts.Store.Open, stop);
            JournalReplay replay = new(
                parts.Store,
                journal.projections,
                parts.Options,
                parts.Time,
                parts.ReplayProgress
            );
            journal.Replay = await replay.RunAsync(end.Position, stop);
            journal.Start(end);
            return journal;
        }
        catch
        {
            journal.DisposeParts();
            await parts.Store.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public long Position => Volatile.Read(ref position);

    /// <summary>Whether a commit has a chance; false before the end of the replay, after a failure and after the close.</summary>
    public bool IsAccepting => desk.IsOpen;

    /// <summary>Completes with the reason when the store failed; the process must then end. Never completes otherwise.</summary>
    public Task<Exception> Failed => failed.Task;

    /// <summary>What the replay at start took.</summary>
    public ReplayAccount Replay { get; private set; } = new(0, 0, 0, TimeSpan.Zero);

    /// <summary>Commits that <see cref="Post"/> could not queue since the start.</summary>
    public long DroppedPosts => desk.DroppedPosts;

    /// <inheritdoc/>
    public ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken stop) =>
        desk.CommitAsync(commit, stop);

    /// <inheritdoc/>
    public void Post(Commit commit) => desk.Post(commit);

    /// <inheritdoc/>
    public ValueTask<EarlierAnswer> FindAnswerAsync(
        DepartmentId department,
        CommandKey key,
        ReadOnlyMemory<byte> bodyHash,
        CancellationToken stop
    ) => store.FindAnswerAsync(department, key, bodyHash, stop);

    /// <inheritdoc/>
    /// <exception cref="JournalStoppedException">The journal failed or is closed; the epoch may have been raised.</exception>
    /// <exception cref="TimeoutException">The writer did not come to it in time; the epoch may yet be raised. Ask again.</exception>
    public ValueTask<long> TakeOwnershipAsync(
        DepartmentId department,
        string owner,
        CancellationToken stop
    ) => desk.TakeOwnershipAsync(department, owner, stop);

    /// <inheritdoc/>
    public IAsyncEnumerable<JournaledFact> ReadFactsAsync(long after, CancellationToken stop) =>
        Pages.ReadAsync(
            after,
            (last, cancel) => store.ReadFactsAsync(last, options.ReplayPage, cancel),
            static fact => fact.Position,
            stop
        );

    /// <inheritdoc/>
    public IAsyncEnumerable<AuditRow> ReadAuditAsync(
        DepartmentId department,
        long after,
        CancellationToken stop
    ) =>
        Pages.ReadAsync(
            after,
            (last, cancel) => store.ReadAuditAsync(department, last, options.ReplayPage, cancel),
            static row => row.Sequence,
            stop
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Perishable>> ReadPerishablesAsync(
        string scope,
        CancellationToken stop
    ) => store.ReadPerishablesAsync(scope, stop);

    /// <summary>Takes no more commits, writes what is queued, exports the audit heads and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) != 0)
        {
            return;
        }

        desk.Close();
        try
        {
            await ended.Task.WaitAsync(options.CloseLimit, time);
        }
        catch (TimeoutException)
        {
            // The writer still uses the store: it is left as it is, and the end of the process closes it.
            JournalLog.ClosedLate(logger, options.CloseLimit);
            DisposeParts();
            return;
        }

        // After a failure nothing may be claimed and nothing synced, so nothing is signed and the log stays as it is.
        if (!failed.Task.IsCompleted)
        {
            await heads.ExportLastAsync();
            upkeep.TidyAtTheEnd();
        }

        DisposeParts();
        await store.DisposeAsync();
        JournalLog.Closed(logger, Position);
    }

    private void Start(StoreEnd end)
    {
        Volatile.Write(ref position, end.Position);
        heads.Note(end.AuditEnds);
        desk.Open();
        new Thread(Run) { IsBackground = true, Name = "journal-writer" }.Start();
        upkeep.Begin();
        JournalLog.Opened(logger, Replay.Facts, end.Position, Replay.Took.TotalMilliseconds);
    }

    private void Run()
    {
        List<QueuedCommit> batch = new(options.BatchLimit);
        List<OwnershipWish> wishes = [];
        try
        {
            while (queue.Take(options.BatchLimit, batch, wishes, out bool upkeepIsDue))
            {
                GrantWishes(wishes);
                Write(batch);
                if (upkeepIsDue)
                {
                    upkeep.DoWhatIsDue();
                }
            }
        }
        catch (Exception e)
        {
            Fail(e, batch, wishes);
        }

        ended.TrySetResult();
    }

    /// <summary>Durable first, then told to the projections, then answered.</summary>
    private void Write(List<QueuedCommit> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        CommitBatch commits = new(
            WholeMicroseconds.Cut(time.GetUtcNow()),
            batch.ConvertAll(queued => queued.Commit),
            salts
        );
        StoredBatch stored = store.Write(commits);
        WrittenBatch written = new(commits, stored);
        telemetry.CountBatch(batch.Count, stored.Flush);
        heads.Note(stored.AuditEnds);
        if (written.Forgets)
        {
            upkeep.EraseSoon();
        }

        if (written.Facts is [.., { Position: var last }])
        {
            Volatile.Write(ref position, last);
            projections.Apply(written.Facts);
        }

        for (int i = 0; i < batch.Count; i++)
        {
            desk.Answer(batch[i], written.OutcomeOf(i));
        }

        batch.Clear();
    }

    private void GrantWishes(List<OwnershipWish> wishes)
    {
        while (wishes.Count > 0)
        {
            OwnershipWish wish = wishes[0];
            wish.Epoch.TrySetResult(
                store.TakeOwnership(
                    wish.Department,
                    wish.Owner,
                    WholeMicroseconds.Cut(time.GetUtcNow())
                )
            );
            wishes.RemoveAt(0);
        }
    }

    /// <summary>Never sync again and hope: what the disk holds is decided by the next process.</summary>
    private void Fail(Exception why, List<QueuedCommit> batch, List<OwnershipWish> wishes)
    {
        desk.Close();
        int commits = 0;
        do
        {
            foreach (QueuedCommit queued in batch)
            {
                commits++;
                desk.Answer(queued, new CommitOutcome.Unknown());
            }

            foreach (OwnershipWish wish in wishes)
            {
                wish.Epoch.TrySetException(new JournalStoppedException("The journal failed.", why));
            }

            batch.Clear();
            wishes.Clear();
        } while (queue.Take(options.BatchLimit, batch, wishes, out _));

        JournalLog.Failed(logger, why, commits);
        failed.TrySetResult(why);
    }

    private void DisposeParts()
    {
        upkeep.Dispose();
        heads.Dispose();
        telemetry.Dispose();
    }
}
