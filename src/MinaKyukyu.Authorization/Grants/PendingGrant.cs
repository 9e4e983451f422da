using System.Collections.Immutable;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Grants;

/// <summary>A grant that is decided and not yet true: it opens nothing until the commit with its audit row is durable.</summary>
public sealed class PendingGrant
{
    private readonly DepartmentId _department;
    private readonly ImmutableArray<AuditEntry> _audit;
    private readonly Func<AccessGrant> _make;

    internal PendingGrant(
        GrantId id,
        DepartmentId department,
        CardLevel level,
        GrantScope scope,
        ImmutableArray<CardNote> notes,
        DateTimeOffset expiresAt,
        ImmutableArray<AuditEntry> audit,
        Func<AccessGrant> make
    )
    {
        Id = id;
        Level = level;
        Scope = scope;
        Notes = notes;
        ExpiresAt = expiresAt;
        _department = department;
        _audit = audit;
        _make = make;
    }

    public GrantId Id { get; }

    public CardLevel Level { get; }

    public GrantScope Scope { get; }

    public ImmutableArray<CardNote> Notes { get; }

    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Makes the grant from the proof that its audit rows are durable.</summary>
    /// <exception cref="InvalidOperationException">The receipt is another commit's: it does not hold exactly these audit rows.</exception>
    public AccessGrant Confirm(CommitReceipt receipt)
    {
        bool holdsOurs =
            receipt.Department == _department
            && _audit.All(ours => receipt.Audit.Count(theirs => IsSame(ours, theirs)) == 1);
        return holdsOurs
            ? _make()
            : throw new InvalidOperationException(
                "This receipt does not hold the grant's audit row; a grant is made from its own commit only."
            );
    }

    private static bool IsSame(AuditEntry one, AuditEntry other) =>
        string.Equals(one.Event, other.Event, StringComparison.Ordinal)
        && string.Equals(one.Subject, other.Subject, StringComparison.Ordinal)
        && one.Detail.Span.SequenceEqual(other.Detail.Span);
}
