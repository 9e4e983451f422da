using System.Collections.Immutable;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Commits;

/// <summary>Proof that a commit is durable. Only the journal makes one; what must not happen before its audit row is durable asks for it.</summary>
public sealed class CommitReceipt
{
    internal CommitReceipt(
        DepartmentId department,
        long position,
        DateTimeOffset committedAt,
        ImmutableArray<AuditEntry> audit
    )
    {
        Department = department;
        Position = position;
        CommittedAt = committedAt;
        Audit = audit;
    }

    public DepartmentId Department { get; }

    /// <summary>Position of the commit's last fact in the journal, or of the journal's end if it had none.</summary>
    public long Position { get; }

    public DateTimeOffset CommittedAt { get; }

    /// <summary>The audit rows that are durable with this commit.</summary>
    public ImmutableArray<AuditEntry> Audit { get; }
}
