using Microsoft.Extensions.Logging;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Audit;

/// <summary>
/// Signs the heads of chains that grew and puts them on one shelf: once in a while, and at an orderly end. Never on the writer's
/// thread. A shelf that fails is tried again until it takes the head, or a later one.
/// </summary>
internal sealed class AuditHeadExport : IDisposable
{
    private readonly AuditHeadSigner signer;
    private readonly IAuditHeadShelf place;
    private readonly TimeProvider time;
    private readonly TimeSpan interval;
    private readonly ILogger logger;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private readonly Lock shelf = new();
    private readonly Dictionary<DepartmentId, AuditEnd> grown = [];
    private readonly HashSet<DepartmentId> everExported = [];
    private DateTimeOffset? dueAt;
    private bool isDisposed;

    public AuditHeadExport(
        AuditHeadSigner signer,
        IAuditHeadShelf place,
        TimeProvider time,
        TimeSpan interval,
        ILogger logger
    )
    {
        this.signer = signer;
        this.place = place;
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

    public string Place => place.Name;

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
            place.Put(signer.Sign(end, time.GetUtcNow()));
        }
        catch (StoreUnavailableException e)
        {
            JournalLog.HeadNotExported(logger, end.Department.Value, place.Name, e);
            Owe(end);
        }
    }

    /// <summary>To be tried again, unless the chain has grown since: then the later head is owed already.</summary>
    private void Owe(AuditEnd end)
    {
        lock (gate)
        {
            grown.TryAdd(end.Department, end);
            if (dueAt is null && !isDisposed)
            {
                dueAt = time.GetUtcNow() + interval;
                timer.Change(interval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
        }

        timer.Dispose();
    }
}
