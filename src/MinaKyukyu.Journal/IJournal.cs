using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal;

/// <summary>What is true: the one place where anything becomes so.</summary>
public interface IJournal
{
    /// <summary>Makes a commit durable, all or nothing, then tells the projections, then answers.</summary>
    /// <remarks>
    /// Safe to call from many threads; one writer joins what waits into one transaction with one flush to disk. When
    /// <paramref name="stop"/> ends the wait, the outcome is <see cref="CommitOutcome.Unknown"/>, never an exception.
    /// </remarks>
    ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken stop);

    /// <summary>Writes with the next batch without anybody waiting, such as advice. When the queue is full it is dropped and counted.</summary>
    void Post(Commit commit);

    /// <summary>The first answer to a command, if it had an effect. To be asked before deciding: the world has moved since.</summary>
    ValueTask<EarlierAnswer> FindAnswerAsync(
        DepartmentId department,
        CommandKey key,
        ReadOnlyMemory<byte> bodyHash,
        CancellationToken stop
    );

    /// <summary>Becomes the owner of a department: raises its epoch by one, durably, and returns it. Every older owner's commits are refused from then on.</summary>
    ValueTask<long> TakeOwnershipAsync(
        DepartmentId department,
        string owner,
        CancellationToken stop
    );

    /// <summary>All facts after a position, in order.</summary>
    IAsyncEnumerable<JournaledFact> ReadFactsAsync(long after, CancellationToken stop);

    /// <summary>The audit rows of a department from sequence number <paramref name="after"/> + 1 on, in order.</summary>
    IAsyncEnumerable<Audit.AuditRow> ReadAuditAsync(
        DepartmentId department,
        long after,
        CancellationToken stop
    );

    /// <summary>The perishable values of a scope that have not been forgotten.</summary>
    ValueTask<IReadOnlyList<Perishable>> ReadPerishablesAsync(string scope, CancellationToken stop);

    /// <summary>Position of the last durable fact; 0 when there is none.</summary>
    long Position { get; }
}
