using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Journal.Replay;
using MinaKyukyu.Journal.Writing;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal;

/// <summary>What a journal is put together from.</summary>
public sealed record JournalParts
{
    /// <summary>The journal disposes of it.</summary>
    public required IJournalStore Store { get; init; }

    public IReadOnlyList<IProjection> Projections { get; init; } = [];

    public required TimeProvider Time { get; init; }

    public JournalOptions Options { get; init; } = new();

    public required ILogger<JournalWriter> Logger { get; init; }

    /// <summary>Null when no head is signed, as in most tests.</summary>
    public AuditHeadKeeping? Heads { get; init; }

    public ISaltSource Salts { get; init; } = new UnguessableSalts();

    /// <summary>Told after every page of the replay, and once at its end.</summary>
    public IProgress<ReplayAccount>? ReplayProgress { get; init; }
}

/// <summary>The journal: one thread that joins what waits into one transaction with one flush, tells the projections, then answers.</summary>
public sealed class JournalWriter : IJournal, IAsyncDisposable
{
    private readonly IJournalStore store;
    private readonly IReadOnlyList<IProjection> projections;
    private readonly TimeProvider time;
    private readonly JournalOptions options;
    private readonly ILogger logger;
    private readonly ISaltSource salts;
    private readonly WriterQueue queue;
    private readonly JournalTelemetry telemetry;
    private readonly IReadOnlyList<AuditHeadExport> heads;
    private readonly AuditHeadSigner? signer;
    private readonly ITimer purgeTimer;
    private readonly ITimer eraseTimer;
    private readonly TaskCompletionSource<Exception> failed = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly TaskCompletionSource ended = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private long position;
    private long droppedPosts;
    private volatile bool isAccepting;
    private volatile bool purgeIsDue;
    private volatile bool eraseIsDue;
    private bool isErasureTimed;
    private int isDisposed;

    private JournalWriter(JournalParts parts)
    {
        store = parts.Store;
        projections = parts.Projections;
        time = parts.Time;
        options = parts.Options;
        logger = parts.Logger;
        salts = parts.Salts;
        queue = new WriterQueue(options.QueueCapacity);
        telemetry = new JournalTelemetry(() => queue.Count);
        signer = parts.Heads?.Signer;
        heads = parts.Heads is { } keeping
            ?
            [
                .. keeping.Shelves.Select(shelf => new AuditHeadExport(
                    keeping.Signer,
                    shelf,
                    time,
                    options.AuditHeadInterval,
                    logger
                )),
            ]
            : [];
        purgeTimer = NewTimer(() => purgeIsDue = true);
        eraseTimer = NewTimer(() => eraseIsDue = true);
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
            journal.Replay = await journal.ReplayAsync(end.Position, parts.ReplayProgress, stop);
            journal.Start(end);
            return journal;
        }
        catch
        {
            journal.DisposeHelpers();
            await parts.Store.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public long Position => Volatile.Read(ref position);

    /// <summary>Whether a commit has a chance; false before the end of the replay, after a failure and after the close.</summary>
    public bool IsAccepting => isAccepting;

    /// <summary>Completes with the reason when the store failed; the process must then end. Never completes otherwise.</summary>
    public Task<Exception> Failed => failed.Task;

    /// <summary>What the replay at start took.</summary>
    public ReplayAccount Replay { get; private set; } = new(0, 0, 0, TimeSpan.Zero);

    /// <summary>Commits that <see cref="Post"/> could not queue since the start.</summary>
    public long DroppedPosts => Volatile.Read(ref droppedPosts);

    /// <inheritdoc/>
    public ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken stop)
    {
        CommitRules.Require(commit);
        if (!isAccepting || stop.IsCancellationRequested)
        {
            return Answered(new CommitOutcome.Unknown());
        }

        TaskCompletionSource<CommitOutcome> answer = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        return queue.Offer(new QueuedCommit(commit, answer)) switch
        {
            Offered.Queued => WaitAsync(answer.Task, stop),
            Offered.Full => Answered(new CommitOutcome.Full()),
            Offered.Closed => Answered(new CommitOutcome.Unknown()),
            _ => throw new UnreachableException(),
        };
    }

    /// <inheritdoc/>
    public void Post(Commit commit)
    {
        CommitRules.Require(commit);
        if (!isAccepting || queue.Offer(new QueuedCommit(commit, null)) != Offered.Queued)
        {
            Interlocked.Increment(ref droppedPosts);
            telemetry.CountDroppedPost();
        }
    }

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
    public async ValueTask<long> TakeOwnershipAsync(
        DepartmentId department,
        string owner,
        CancellationToken stop
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        TaskCompletionSource<long> epoch = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (
            !isAccepting
            || queue.Offer(new OwnershipWish(department, owner, epoch)) != Offered.Queued
        )
        {
            throw new JournalStoppedException();
        }

        return await epoch.Task.WaitAsync(options.CommitWaitLimit, time, stop);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournaledFact> ReadFactsAsync(
        long after,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        // Page by page: a long read transaction would keep the write-ahead log from shrinking.
        IReadOnlyList<JournaledFact> page;
        do
        {
            page = await store.ReadFactsAsync(after, options.ReplayPage, stop);
            foreach (JournaledFact fact in page)
            {
                yield return fact;
                after = fact.Position;
            }
        } while (page.Count > 0);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<AuditRow> ReadAuditAsync(
        DepartmentId department,
        long after,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        IReadOnlyList<AuditRow> page;
        do
        {
            page = await store.ReadAuditAsync(department, after, options.ReplayPage, stop);
            foreach (AuditRow row in page)
            {
                yield return row;
                after = row.Sequence;
            }
        } while (page.Count > 0);
    }

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

        isAccepting = false;
        queue.Close();
        try
        {
            await ended.Task.WaitAsync(options.CloseLimit, time);
        }
        catch (TimeoutException)
        {
            // The writer still uses the store: it is left as it is, and the end of the process closes it.
            JournalLog.ClosedLate(logger, options.CloseLimit);
            DisposeHelpers();
            return;
        }

        // After a failure nothing may be claimed and nothing synced, so nothing is signed and the log stays as it is.
        if (!failed.Task.IsCompleted)
        {
            await ExportLastHeadsAsync();
            CloseOrderly();
        }

        DisposeHelpers();
        await store.DisposeAsync();
        JournalLog.Closed(logger, Position);
    }

    private void NoteEnds(IReadOnlyList<AuditEnd> ends)
    {
        foreach (AuditHeadExport export in heads)
        {
            export.Note(ends);
        }
    }

    /// <summary>All shelves at once; one that hangs, such as a share whose server is gone, does not hold up the end.</summary>
    private async Task ExportLastHeadsAsync()
    {
        foreach (
            (AuditHeadExport export, Task done) in heads
                .Select(export => (export, Task.Run(export.ExportNow)))
                .ToList()
        )
        {
            try
            {
                await done.WaitAsync(options.LastHeadLimit, time);
            }
            catch (TimeoutException)
            {
                JournalLog.LastHeadLate(logger, export.Place, options.LastHeadLimit);
            }
        }
    }

    /// <summary>An orderly end leaves no log to recover and no forgotten bytes; where a reader is in the way, the next start sees to it.</summary>
    private void CloseOrderly()
    {
        try
        {
            store.EraseForgotten();
        }
        catch (Exception e)
        {
            // Everything acknowledged is durable already.
            JournalLog.NotTidied(logger, e);
        }
    }

    private async Task<ReplayAccount> ReplayAsync(
        long end,
        IProgress<ReplayAccount>? progress,
        CancellationToken stop
    )
    {
        long start = time.GetTimestamp();
        ReplayAccount account = new(0, 0, end, TimeSpan.Zero);
        while (account.Position < end)
        {
            IReadOnlyList<JournaledFact> page = await store.ReadFactsAsync(
                account.Position,
                options.ReplayPage,
                stop
            );
            if (page.Count == 0)
            {
                throw new StoreUnavailableException(
                    StoreTrouble.Corrupt,
                    $"The journal says that it ends at position {end}, but nothing stands after {account.Position}. Restore the data directory from a backup."
                );
            }

            Tell([.. page]);
            account = new ReplayAccount(
                account.Facts + page.Count,
                page[^1].Position,
                end,
                time.GetElapsedTime(start)
            );
            progress?.Report(account);
        }

        account = account with { Took = time.GetElapsedTime(start) };
        progress?.Report(account);
        return account;
    }

    private void Start(StoreEnd end)
    {
        Volatile.Write(ref position, end.Position);
        NoteEnds(end.AuditEnds);
        isAccepting = true;
        new Thread(Run) { IsBackground = true, Name = "journal-writer" }.Start();
        purgeTimer.Change(options.UpkeepInterval, options.UpkeepInterval);

        // What an earlier process forgot shortly before its end may still stand in the files.
        TimeErasure();
        JournalLog.Opened(logger, Replay.Facts, end.Position, Replay.Took.TotalMilliseconds);
    }

    private void Run()
    {
        List<QueuedCommit> batch = new(options.BatchLimit);
        List<OwnershipWish> wishes = [];
        try
        {
            while (queue.Take(options.BatchLimit, batch, wishes, out bool upkeep))
            {
                GrantWishes(wishes);
                WriteBatch(batch);
                if (upkeep)
                {
                    DoUpkeep();
                }
            }
        }
        catch (Exception e)
        {
            Fail(e, batch, wishes);
        }

        ended.TrySetResult();
    }

    private void WriteBatch(List<QueuedCommit> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        DateTimeOffset at = WholeMicroseconds.Cut(time.GetUtcNow());
        StoredBatch stored = store.Write(
            new CommitBatch(at, batch.ConvertAll(queued => queued.Commit), salts)
        );
        if (stored.Outcomes.Count != batch.Count)
        {
            throw new UnreachableException("A store answers each commit of a batch.");
        }

        telemetry.CountBatch(batch.Count, stored.Flush);
        NoteEnds(stored.AuditEnds);
        TellOf(batch, stored.Outcomes, at);
        for (int i = 0; i < batch.Count; i++)
        {
            Answer(batch[i], OutcomeOf(batch[i].Commit, stored.Outcomes[i], at));
        }

        batch.Clear();
    }

    /// <summary>The facts of the batch, in the order in which they stand, told before anybody is answered.</summary>
    private void TellOf(
        List<QueuedCommit> batch,
        IReadOnlyList<StoredOutcome> outcomes,
        DateTimeOffset at
    )
    {
        List<JournaledFact> facts = [];
        bool forgets = false;
        for (int i = 0; i < batch.Count; i++)
        {
            if (outcomes[i] is not StoredOutcome.Written written)
            {
                continue;
            }

            Commit commit = batch[i].Commit;
            forgets |= commit.Part.Forgets.Length > 0;
            long before = written.Position - commit.Part.Facts.Length;
            foreach (Fact fact in commit.Part.Facts)
            {
                facts.Add(new JournaledFact(++before, commit.Department, at, fact));
            }
        }

        if (forgets)
        {
            TimeErasure();
        }

        if (facts.Count > 0)
        {
            Volatile.Write(ref position, facts[^1].Position);
            Tell([.. facts]);
        }
    }

    private void Tell(ReadOnlySpan<JournaledFact> facts)
    {
        foreach (IProjection projection in projections)
        {
            projection.Apply(facts);
        }
    }

    private static CommitOutcome OutcomeOf(
        Commit commit,
        StoredOutcome stored,
        DateTimeOffset at
    ) =>
        stored switch
        {
            StoredOutcome.Written written => new CommitOutcome.Committed(
                new CommitReceipt(commit.Department, written.Position, at, commit.Part.Audit)
            ),
            StoredOutcome.AlreadyAnswered earlier => new CommitOutcome.AlreadyAnswered(
                earlier.Answer
            ),
            StoredOutcome.RequestIdReused => new CommitOutcome.RequestIdReused(),
            StoredOutcome.ClaimTaken taken => new CommitOutcome.ClaimTaken(taken.Wanted),
            StoredOutcome.StaleEpoch stale => new CommitOutcome.StaleEpoch(stale.Current),
            _ => throw new UnreachableException(),
        };

    private void Answer(QueuedCommit queued, CommitOutcome outcome)
    {
        telemetry.Count(outcome);
        if (queued.Answer is { } answer)
        {
            answer.TrySetResult(outcome);
        }
        else if (outcome is not CommitOutcome.Committed)
        {
            JournalLog.PostNotWritten(logger, JournalTelemetry.WordFor(outcome));
        }
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

    private void DoUpkeep()
    {
        if (purgeIsDue)
        {
            purgeIsDue = false;
            DateTimeOffset before = time.GetUtcNow() - options.RequestRetention;
            if (store.PurgeRequests(before, options.PurgeBatch) == options.PurgeBatch)
            {
                // There is more. Commits that came meanwhile go first, since each turn takes them with the upkeep.
                purgeIsDue = true;
                queue.CallForUpkeep();
            }
        }

        if (eraseIsDue)
        {
            eraseIsDue = false;
            isErasureTimed = false;
            if (!store.EraseForgotten())
            {
                TimeErasure();
            }
        }
    }

    /// <summary>Called by the writer only, or before it runs.</summary>
    private void TimeErasure()
    {
        if (!isErasureTimed)
        {
            isErasureTimed = true;
            eraseTimer.Change(options.ErasureDelay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Never sync again and hope: what the disk holds is decided by the next process.</summary>
    private void Fail(Exception why, List<QueuedCommit> batch, List<OwnershipWish> wishes)
    {
        isAccepting = false;
        queue.Close();
        int commits = 0;
        do
        {
            foreach (QueuedCommit queued in batch)
            {
                commits++;
                Answer(queued, new CommitOutcome.Unknown());
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

    private async ValueTask<CommitOutcome> WaitAsync(
        Task<CommitOutcome> answer,
        CancellationToken stop
    )
    {
        try
        {
            return await answer.WaitAsync(options.CommitWaitLimit, time, stop);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            CommitOutcome unknown = new CommitOutcome.Unknown();
            telemetry.Count(unknown);
            return unknown;
        }
    }

    private ValueTask<CommitOutcome> Answered(CommitOutcome outcome)
    {
        telemetry.Count(outcome);
        return ValueTask.FromResult(outcome);
    }

    private ITimer NewTimer(Action whenDue) =>
        time.CreateTimer(
            _ =>
            {
                whenDue();
                queue.CallForUpkeep();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );

    private void DisposeHelpers()
    {
        purgeTimer.Dispose();
        eraseTimer.Dispose();
        foreach (AuditHeadExport export in heads)
        {
            export.Dispose();
        }

        signer?.Dispose();
        telemetry.Dispose();
    }
}
