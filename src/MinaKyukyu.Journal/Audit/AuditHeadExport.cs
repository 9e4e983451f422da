using Microsoft.Extensions.Logging;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Audit;

/// <summary>Signs and exports the heads of chains that grew: once in a while, and at an orderly end. Never on the writer's thread.</summary>
internal sealed class AuditHeadExport : IDisposable
{
    private readonly AuditHeadKeeping keeping;
    private readonly TimeProvider time;
    private readonly TimeSpan interval;
    private readonly ILogger logger;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private readonly Lock shelf = new();
    private readonly Dictionary<DepartmentId, AuditEnd> grown = [];
    private readonly HashSet<DepartmentId> everExported = [];
    private DateTimeOffset? dueAt;

    public AuditHeadExport(
        AuditHeadKeeping keeping,
        TimeProvider time,
        TimeSpan interval,
        ILogger logger
    )
    {
        this.keeping = keeping;
        this.time = time;
        this.interval = interval;
        this.logger = logger;
        timer = time.CreateTimer(
            _ => ExportNow(),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>Notes ends that are durable.</summary>
    public void Note(IReadOnlyList<AuditEnd> ends)
    {
        if (ends.Count == 0)
        {
            return;
        }

        lock (gate)
        {
            bool isFirstHead = false;
            foreach (AuditEnd end in ends)
            {
                grown[end.Department] = end;
                isFirstHead |= everExported.Add(end.Department);
            }

            // A chain without any head could lose all its rows unseen, so the first head of a department does not wait.
            if (isFirstHead || dueAt is null)
            {
                TimeSpan wait = isFirstHead ? TimeSpan.Zero : interval;
                dueAt = time.GetUtcNow() + wait;
                timer.Change(wait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void ExportNow()
    {
        lock (shelf)
        {
            List<AuditEnd> due;
            lock (gate)
            {
                due = [.. grown.Values];
                grown.Clear();
                dueAt = null;
            }

            foreach (AuditEnd end in due)
            {
                Export(end);
            }
        }
    }

    private void Export(AuditEnd end)
    {
        try
        {
            keeping.Shelf.Put(keeping.Signer.Sign(end, time.GetUtcNow()));
        }
        catch (StoreUnavailableException e)
        {
            JournalLog.HeadNotExported(logger, end.Department.Value, e);
            lock (gate)
            {
                everExported.Remove(end.Department);
            }
        }
    }

    public void Dispose() => timer.Dispose();
}
