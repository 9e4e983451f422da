using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Tablet.Queue;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Tablet.Tests.Queue;

/// <summary>One tablet's queue on a disk in memory, sending to a scripted server, on a clock that the test moves.</summary>
internal sealed class QueueHouse : IAsyncDisposable
{
    private readonly CancellationTokenSource _off = new();
    private Task _sending = Task.CompletedTask;

    public QueueHouse(
        MemoryFile? disk = null,
        OutgoingQueueOptions? options = null,
        string ids = "r"
    )
    {
        Disk = disk ?? new MemoryFile();
        Queue = new OutgoingQueue(
            Disk,
            Wire,
            options ?? new OutgoingQueueOptions(),
            Time,
            new SequentialIds(ids),
            new Random(7),
            NullLogger.Instance
        );
    }

    public MemoryFile Disk { get; }

    public ScriptedWire Wire { get; } = new();

    public ManualTime Time { get; } = new();

    public OutgoingQueue Queue { get; }

    public QueueHouse Sending()
    {
        _sending = Queue.RunAsync(_off.Token);
        return this;
    }

    public Offer<ReportMilestoneResponse> Tap(MilestoneKind kind = MilestoneKind.EnRoute) =>
        Queue.Offer(
            new ReportMilestoneRequest
            {
                IncidentId = "incident-1",
                AssignmentId = "assignment-1",
                OrderToken = 4,
                Kind = kind,
                OccurredTime = Timestamp.FromDateTimeOffset(Time.GetUtcNow()),
            }
        );

    /// <summary>Lets the wait before the next try pass. Real waiting is only for other threads to get there.</summary>
    public async Task LetBackOffPassAsync()
    {
        DateTime giveUp = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(20);
        while (Time.ActiveTimers == 0)
        {
            Assert.True(TimeProvider.System.GetUtcNow().UtcDateTime < giveUp, "No wait began.");
            await Task.Yield();
        }

        Time.Advance(TimeSpan.FromSeconds(10));
    }

    public async ValueTask DisposeAsync()
    {
        await _off.CancelAsync();
        await _sending;
        Queue.Dispose();
        _off.Dispose();
    }

    public static Task<CommandAnswer<T>> AnswerOf<T>(Offer<T> offer) =>
        Assert.IsType<Offer<T>.Queued>(offer).Answer.WaitAsync(TimeSpan.FromSeconds(20));
}
