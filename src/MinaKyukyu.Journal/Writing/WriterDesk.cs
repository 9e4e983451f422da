using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Writing;

/// <summary>
/// Where commits and wishes are handed in for the writer, and where their answers are waited for. Whatever a caller is told is
/// counted here. Safe to use from many threads.
/// </summary>
internal sealed class WriterDesk(
    WriterQueue queue,
    JournalOptions options,
    TimeProvider time,
    JournalTelemetry telemetry,
    ILogger logger
)
{
    private long droppedPosts;
    private volatile bool isOpen;

    /// <summary>Whether anything is taken.</summary>
    public bool IsOpen => isOpen;

    /// <summary>What <see cref="Post"/> could not queue so far.</summary>
    public long DroppedPosts => Volatile.Read(ref droppedPosts);

    public void Open() => isOpen = true;

    /// <summary>Takes no more; what is queued is still handed to the writer.</summary>
    public void Close()
    {
        isOpen = false;
        queue.Close();
    }

    public ValueTask<CommitOutcome> CommitAsync(Commit commit, CancellationToken stop)
    {
        CommitRules.Require(commit);
        if (!isOpen || stop.IsCancellationRequested)
        {
            return AtOnce(new CommitOutcome.Unknown());
        }

        TaskCompletionSource<CommitOutcome> answer = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        return queue.Offer(new QueuedCommit(commit, answer)) switch
        {
            Offered.Queued => WaitAsync(answer.Task, stop),
            Offered.Full => AtOnce(new CommitOutcome.Full()),
            Offered.Closed => AtOnce(new CommitOutcome.Unknown()),
            _ => throw new UnreachableException(),
        };
    }

    public void Post(Commit commit)
    {
        CommitRules.Require(commit);
        if (!isOpen || queue.Offer(new QueuedCommit(commit, null)) != Offered.Queued)
        {
            Interlocked.Increment(ref droppedPosts);
            telemetry.CountDroppedPost();
        }
    }

    public async ValueTask<long> TakeOwnershipAsync(
        DepartmentId department,
        string owner,
        CancellationToken stop
    )
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        TaskCompletionSource<long> epoch = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!isOpen || queue.Offer(new OwnershipWish(department, owner, epoch)) != Offered.Queued)
        {
            throw new JournalStoppedException();
        }

        return await epoch.Task.WaitAsync(options.CommitWaitLimit, time, stop);
    }

    /// <summary>What became of a commit, told to whoever waits for it, or to the log when nobody does. Called by the writer.</summary>
    public void Answer(QueuedCommit queued, CommitOutcome outcome)
    {
        telemetry.Count(outcome);
        if (queued.Answer is { } answer)
        {
            answer.TrySetResult(outcome);
        }
        else if (outcome is not CommitOutcome.Committed)
        {
            JournalLog.PostNotWritten(logger, JournalTelemetry.WordFor(outcome));
        }
    }

    private async ValueTask<CommitOutcome> WaitAsync(
        Task<CommitOutcome> answer,
        CancellationToken stop
    )
    {
        try
        {
            return await answer.WaitAsync(options.CommitWaitLimit, time, stop);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            CommitOutcome unknown = new CommitOutcome.Unknown();
            telemetry.Count(unknown);
            return unknown;
        }
    }

    private ValueTask<CommitOutcome> AtOnce(CommitOutcome outcome)
    {
        telemetry.Count(outcome);
        return ValueTask.FromResult(outcome);
    }
}
