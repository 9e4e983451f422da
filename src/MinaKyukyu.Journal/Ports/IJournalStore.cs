using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Ports;

/// <summary>How the journal is kept. One writer thread calls the upper half; the reads may come from any thread at any time.</summary>
/// <remarks>
/// The upper half blocks, since it ends in a flush to disk on a thread that has nothing else to do. Whatever it throws is
/// final: the journal stops, and a process that starts anew decides from what the disk holds; so disposing of a store writes
/// nothing and syncs nothing. Wrap a store with <see cref="JournalStoreDecorator"/>.
/// </remarks>
public interface IJournalStore : IAsyncDisposable
{
    /// <summary>Brings the schema up to date and asserts what durability rests on. Called once, before everything else.</summary>
    /// <exception cref="StoreUnavailableException">With a sentence that names the file and what to do.</exception>
    StoreEnd Open();

    /// <summary>
    /// Writes a batch in one transaction and returns when it is durable, with one outcome for each commit in the batch's order.
    /// A refused commit leaves no trace; the others stand.
    /// </summary>
    /// <remarks>Within a commit: epoch, request key, releases, takes, facts, audit rows, values to keep, scopes to forget.</remarks>
    StoredBatch Write(CommitBatch batch);

    /// <summary>Raises the department's epoch by one, durably, and returns it; the first is 1.</summary>
    long TakeOwnership(DepartmentId department, string owner, DateTimeOffset at);

    /// <summary>Deletes answers that are older than a moment, at most so many; returns how many it deleted.</summary>
    int PurgeRequests(DateTimeOffset answeredBefore, int atMost);

    /// <summary>Removes the bytes of forgotten values from every file. False when a reader was in the way: try again later.</summary>
    bool EraseForgotten();

    ValueTask<EarlierAnswer> FindAnswerAsync(
        DepartmentId department,
        CommandKey key,
        ReadOnlyMemory<byte> bodyHash,
        CancellationToken stop
    );

    /// <summary>The next facts after a position, in order, at most so many.</summary>
    ValueTask<IReadOnlyList<JournaledFact>> ReadFactsAsync(
        long after,
        int atMost,
        CancellationToken stop
    );

    /// <summary>The next audit rows of a department after a sequence number, in order, at most so many.</summary>
    ValueTask<IReadOnlyList<Audit.AuditRow>> ReadAuditAsync(
        DepartmentId department,
        long after,
        int atMost,
        CancellationToken stop
    );

    ValueTask<IReadOnlyList<Perishable>> ReadPerishablesAsync(string scope, CancellationToken stop);
}
