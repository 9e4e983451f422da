using System.Collections.Concurrent;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.FaultWorld.Serving;

/// <summary>
/// A planted bug, <c>acknowledge-before-commit</c>: says that a batch is durable and writes it a moment later. A server over this
/// store works well until it is killed, which is what makes such bugs dear.
/// </summary>
internal sealed class HastyStore(IJournalStore inner, TimeProvider time)
    : JournalStoreDecorator(inner)
{
    /// <summary>A lazy flush of 50 ms: far shorter than what write-behind caches take.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly BlockingCollection<CommitBatch> _unwritten = new(boundedCapacity: 4_096);
    private long _position;

    public override StoreEnd Open()
    {
        StoreEnd end = Inner.Open();
        _position = end.Position;
        _ = Task.Run(WriteLaterAsync);
        return end;
    }

    public override StoredBatch Write(CommitBatch batch)
    {
        StoredOutcome[] outcomes = [.. batch.Commits.Select(Promise)];
        _unwritten.Add(batch);
        return new StoredBatch(outcomes, [], TimeSpan.Zero);
    }

    private StoredOutcome Promise(Commit commit) =>
        new StoredOutcome.Written(_position += commit.Part.Facts.Length);

    private async Task WriteLaterAsync()
    {
        foreach (CommitBatch batch in _unwritten.GetConsumingEnumerable())
        {
            await Task.Delay(Delay, time);
            lock (_gate)
            {
                Inner.Write(batch);
            }
        }
    }

    public override long TakeOwnership(DepartmentId department, string owner, DateTimeOffset at)
    {
        lock (_gate)
        {
            return Inner.TakeOwnership(department, owner, at);
        }
    }

    public override int PurgeRequests(DateTimeOffset answeredBefore, int atMost)
    {
        lock (_gate)
        {
            return Inner.PurgeRequests(answeredBefore, atMost);
        }
    }

    public override bool EraseForgotten()
    {
        lock (_gate)
        {
            return Inner.EraseForgotten();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _unwritten.CompleteAdding();
        _unwritten.Dispose();
        await base.DisposeAsync();
    }
}
