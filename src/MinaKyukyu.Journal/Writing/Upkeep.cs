using Microsoft.Extensions.Logging;
using MinaKyukyu.Journal.Ports;

namespace MinaKyukyu.Journal.Writing;

/// <summary>
/// What the store must get rid of, and when: answers that no repeat will ask for, and the bytes of what was forgotten. Timers say
/// that something is due and wake the writer; only the writer's thread does it, between two batches.
/// </summary>
internal sealed class Upkeep : IDisposable
{
    private readonly IJournalStore store;
    private readonly WriterQueue queue;
    private readonly JournalOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly ITimer purgeTimer;
    private readonly ITimer eraseTimer;
    private volatile bool purgeIsDue;
    private volatile bool eraseIsDue;
    private bool isErasureTimed;

    public Upkeep(
        IJournalStore store,
        WriterQueue queue,
        JournalOptions options,
        TimeProvider time,
        ILogger logger
    )
    {
        this.store = store;
        this.queue = queue;
        this.options = options;
        this.time = time;
        this.logger = logger;
        purgeTimer = NewTimer(() => purgeIsDue = true);
        eraseTimer = NewTimer(() => eraseIsDue = true);
    }

    /// <summary>From now on something may be due. Called once, when no commit can have come yet.</summary>
    public void Begin()
    {
        purgeTimer.Change(options.UpkeepInterval, options.UpkeepInterval);

        // What an earlier process forgot shortly before its end may still stand in the files.
        EraseSoon();
    }

    /// <summary>Something was forgotten: its bytes are due to leave the files after the delay. Called by the writer's thread.</summary>
    public void EraseSoon()
    {
        if (!isErasureTimed)
        {
            isErasureTimed = true;
            eraseTimer.Change(options.ErasureDelay, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>One step of each thing that is due. Called by the writer's thread.</summary>
    public void DoWhatIsDue()
    {
        if (purgeIsDue)
        {
            purgeIsDue = false;
            Purge();
        }

        if (eraseIsDue)
        {
            eraseIsDue = false;
            Erase();
        }
    }

    /// <summary>An orderly end leaves no log to recover and no forgotten bytes; where a reader is in the way, the next start sees to it.</summary>
    public void TidyAtTheEnd()
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

    public void Dispose()
    {
        purgeTimer.Dispose();
        eraseTimer.Dispose();
    }

    private void Purge()
    {
        DateTimeOffset before = time.GetUtcNow() - options.RequestRetention;
        if (store.PurgeRequests(before, options.PurgeBatch) == options.PurgeBatch)
        {
            // There is more. Commits that came meanwhile go first, since each turn takes them with the upkeep.
            purgeIsDue = true;
            queue.CallForUpkeep();
        }
    }

    private void Erase()
    {
        isErasureTimed = false;
        if (!store.EraseForgotten())
        {
            EraseSoon();
        }
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
}
