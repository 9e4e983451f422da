using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Writing;

/// <summary>A commit in the queue.</summary>
/// <param name="Answer">Null when nobody waits for the outcome.</param>
internal sealed record QueuedCommit(Commit Commit, TaskCompletionSource<CommitOutcome>? Answer);

/// <summary>A wish to become owner of a department.</summary>
internal sealed record OwnershipWish(
    DepartmentId Department,
    string Owner,
    TaskCompletionSource<long> Epoch
);

/// <summary>What the queue did with an offer.</summary>
internal enum Offered
{
    Queued,
    Full,
    Closed,
}

/// <summary>What waits for the writer: bounded, first come first served. The writer's thread sleeps here.</summary>
internal sealed class WriterQueue(int capacity)
{
    /// <summary>A node owns as many departments as there are (722 in Japan); more wishes at once are a mistake.</summary>
    private const int MostWishes = 1_024;

    private readonly object gate = new();
    private readonly Queue<QueuedCommit> commits = new();
    private readonly Queue<OwnershipWish> wishes = new();
    private bool upkeepIsDue;
    private bool isClosed;

    public int Count
    {
        get
        {
            lock (gate)
            {
                return commits.Count;
            }
        }
    }

    public Offered Offer(QueuedCommit commit) => Offer(commits, commit, capacity);

    public Offered Offer(OwnershipWish wish) => Offer(wishes, wish, MostWishes);

    private Offered Offer<T>(Queue<T> queue, T item, int bound)
    {
        lock (gate)
        {
            if (isClosed)
            {
                return Offered.Closed;
            }

            if (queue.Count >= bound)
            {
                return Offered.Full;
            }

            queue.Enqueue(item);
            Monitor.Pulse(gate);
            return Offered.Queued;
        }
    }

    /// <summary>Wakes the writer for its upkeep.</summary>
    public void CallForUpkeep()
    {
        lock (gate)
        {
            upkeepIsDue = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Sleeps until there is something to do, then takes it. False when the queue is closed and empty.</summary>
    public bool Take(
        int limit,
        List<QueuedCommit> taken,
        List<OwnershipWish> wished,
        out bool upkeep
    )
    {
        lock (gate)
        {
            while (commits.Count == 0 && wishes.Count == 0 && !upkeepIsDue && !isClosed)
            {
                Monitor.Wait(gate);
            }

            while (taken.Count < limit && commits.TryDequeue(out QueuedCommit? commit))
            {
                taken.Add(commit);
            }

            while (wishes.TryDequeue(out OwnershipWish? wish))
            {
                wished.Add(wish);
            }

            upkeep = upkeepIsDue;
            upkeepIsDue = false;
            return taken.Count > 0 || wished.Count > 0 || upkeep || !isClosed;
        }
    }

    /// <summary>Takes no more; what waits is still handed out.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            Monitor.PulseAll(gate);
        }
    }
}
