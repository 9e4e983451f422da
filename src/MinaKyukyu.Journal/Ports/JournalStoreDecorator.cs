using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Ports;

/// <summary>Hands everything on to another store; a proof overrides the one step at which it interferes.</summary>
public abstract class JournalStoreDecorator(IJournalStore inner) : IJournalStore
{
    protected IJournalStore Inner { get; } = inner;

    public virtual StoreEnd Open() => Inner.Open();

    public virtual StoredBatch Write(CommitBatch batch) => Inner.Write(batch);

    public virtual long TakeOwnership(DepartmentId department, string owner, DateTimeOffset at) =>
        Inner.TakeOwnership(department, owner, at);

    public virtual int PurgeRequests(DateTimeOffset answeredBefore, int atMost) =>
        Inner.PurgeRequests(answeredBefore, atMost);

    public virtual bool EraseForgotten() => Inner.EraseForgotten();

    public virtual ValueTask<EarlierAnswer> FindAnswerAsync(
        DepartmentId department,
        CommandKey key,
        ReadOnlyMemory<byte> bodyHash,
        CancellationToken stop
    ) => Inner.FindAnswerAsync(department, key, bodyHash, stop);

    public virtual ValueTask<IReadOnlyList<JournaledFact>> ReadFactsAsync(
        long after,
        int atMost,
        CancellationToken stop
    ) => Inner.ReadFactsAsync(after, atMost, stop);

    public virtual ValueTask<IReadOnlyList<Audit.AuditRow>> ReadAuditAsync(
        DepartmentId department,
        long after,
        int atMost,
        CancellationToken stop
    ) => Inner.ReadAuditAsync(department, after, atMost, stop);

    public virtual ValueTask<IReadOnlyList<Perishable>> ReadPerishablesAsync(
        string scope,
        CancellationToken stop
    ) => Inner.ReadPerishablesAsync(scope, stop);

    public virtual async ValueTask DisposeAsync()
    {
        await Inner.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
