namespace MinaKyukyu.Journal.Commits;

/// <summary>What became of a commit: a closed set, to be switched exhaustively.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome() { }

    /// <summary>Durable.</summary>
    public sealed record Committed(CommitReceipt Receipt) : CommitOutcome;

    /// <summary>The same command had its effect before; this is its first answer, byte for byte. Nothing was written now.</summary>
    public sealed record AlreadyAnswered(ReadOnlyMemory<byte> Answer) : CommitOutcome;

    /// <summary>The request id came before with another body. Nothing was written.</summary>
    public sealed record RequestIdReused : CommitOutcome;

    /// <summary>Somebody else holds a claim that this commit wanted. Nothing was written.</summary>
    public sealed record ClaimTaken(Claim Wanted) : CommitOutcome;

    /// <summary>Another node owns the department by now. Nothing was written.</summary>
    public sealed record StaleEpoch(long Current) : CommitOutcome;

    /// <summary>The writer's queue is full. Nothing was written; try again later.</summary>
    public sealed record Full : CommitOutcome;

    /// <summary>Nobody knows whether it stands: the wait ended or the store failed. Ask again with the same request id.</summary>
    public sealed record Unknown : CommitOutcome;
}
