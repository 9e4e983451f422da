using System.Diagnostics;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.FaultWorld.Serving;

/// <summary>Sends SIGKILL to its own process at a named point, after saying on standard output where that was.</summary>
internal sealed class DyingStore(IJournalStore inner, Fault fault) : JournalStoreDecorator(inner)
{
    private int _batches;
    private int _pages;
    private bool _isReplayed;

    public override StoredBatch Write(CommitBatch batch)
    {
        bool isDue = ++_batches == fault.Visit;
        if (isDue && fault.Point == FaultPoint.BeforeCommit)
        {
            Die(batch.Commits);
        }

        StoredBatch stored = Inner.Write(batch);
        if (isDue && fault.Point == FaultPoint.BetweenCommitAndAnswer)
        {
            Die(batch.Commits);
        }

        return stored;
    }

    /// <summary>The server becomes owner once the replay is done.</summary>
    public override long TakeOwnership(DepartmentId department, string owner, DateTimeOffset at)
    {
        _isReplayed = true;
        return Inner.TakeOwnership(department, owner, at);
    }

    public override async ValueTask<IReadOnlyList<JournaledFact>> ReadFactsAsync(
        long after,
        int atMost,
        CancellationToken stop
    )
    {
        IReadOnlyList<JournaledFact> page = await Inner.ReadFactsAsync(after, atMost, stop);
        if (fault.Point == FaultPoint.InReplay && !_isReplayed && ++_pages == fault.Visit)
        {
            Die([]);
        }

        return page;
    }

    private void Die(IReadOnlyList<Commit> commits)
    {
        IEnumerable<string> commands = commits
            .Where(c => c.Command is not null)
            .Select(c => $"{c.Command!.Key.Sender}/{c.Command.Key.Request.Value}");
        Console.Out.WriteLine(
            $"{ServeCommand.PointWord} {fault.Name} {string.Join(' ', commands)}"
        );
        Console.Out.Flush();
        using var self = Process.GetCurrentProcess();
        self.Kill();
        // Nothing may go on while the signal is on its way.
        using ManualResetEventSlim never = new();
        never.Wait();
    }
}
