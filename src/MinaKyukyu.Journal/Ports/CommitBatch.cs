using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Commits;

namespace MinaKyukyu.Journal.Ports;

/// <summary>Commits that become durable by one flush.</summary>
/// <param name="At">The moment of all of them, in whole microseconds, so that it comes back from a store as it went in.</param>
/// <param name="Salts">Where the salts of the audit rows come from.</param>
public sealed record CommitBatch(
    DateTimeOffset At,
    IReadOnlyList<Commit> Commits,
    ISaltSource Salts
);

/// <summary>What became of a batch.</summary>
/// <param name="Outcomes">One for each commit, in the batch's order.</param>
/// <param name="AuditEnds">The new ends of the chains that grew.</param>
/// <param name="Flush">How long the flush to disk took.</param>
public sealed record StoredBatch(
    IReadOnlyList<StoredOutcome> Outcomes,
    IReadOnlyList<AuditEnd> AuditEnds,
    TimeSpan Flush
);

/// <summary>Where a store ends when it is opened.</summary>
/// <param name="Position">Position of its last fact; 0 when it is empty.</param>
public sealed record StoreEnd(long Position, IReadOnlyList<AuditEnd> AuditEnds);

/// <summary>What a store did with one commit; the journal makes the caller's outcome of it, and the receipt.</summary>
public abstract record StoredOutcome
{
    private StoredOutcome() { }

    /// <param name="Position">Of the commit's last fact, or of the journal's end if it had none. A commit's facts stand in a row.</param>
    public sealed record Written(long Position) : StoredOutcome;

    public sealed record AlreadyAnswered(ReadOnlyMemory<byte> Answer) : StoredOutcome;

    public sealed record RequestIdReused : StoredOutcome;

    public sealed record ClaimTaken(Claim Wanted) : StoredOutcome;

    /// <param name="Current">0 when nobody ever owned the department.</param>
    public sealed record StaleEpoch(long Current) : StoredOutcome;
}
