using System.Diagnostics;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Tablet.Queue;

/// <summary>
/// The only layer that repeats. A command is on the disk, with its request id, before it is sent for the first time; commands go
/// out one by one in the order of the taps, and each is repeated with the same bytes until the server has answered. A silent
/// server is an unknown result, never a failure. Thread-safe.
/// </summary>
public sealed class OutgoingQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _waiting = new();
    private readonly SemaphoreSlim _wakeUp = new(0);
    private readonly CancellationTokenSource _disposed = new();
    private readonly QueueJournal _journal;
    private readonly ICommandWire _wire;
    private readonly OutgoingQueueOptions _options;
    private readonly TimeProvider _time;
    private readonly IIdSource _ids;
    private readonly BackOff _backOff;
    private readonly ILogger _logger;
    private bool _isBroken;
    private bool _hasSetAside;
    private int _isPumping;

    /// <exception cref="IOException">The file is held by another process or cannot be read.</exception>
    internal OutgoingQueue(
        IDurableFile file,
        ICommandWire wire,
        OutgoingQueueOptions options,
        TimeProvider time,
        IIdSource ids,
        Random chance,
        ILogger logger
    )
    {
        _journal = new QueueJournal(file);
        _wire = wire;
        _options = options;
        _time = time;
        _ids = ids;
        _backOff = new(
            options.FirstBackOff,
            options.LongestBackOff,
            options.ShortestBackOff,
            chance
        );
        _logger = logger;
        foreach (QueuedCommand command in _journal.Waiting)
        {
            _waiting.AddLast(new Entry(command, time.GetTimestamp()));
        }

        TabletLog.QueueOpened(
            logger,
            _waiting.Count,
            _journal.UnreadableLines,
            _journal.HadTornLine
        );
    }

    /// <summary>How many commands wait for an answer.</summary>
    public int WaitingCount
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>The disk failed: nothing more is taken until the tablet starts again. What waits is still sent.</summary>
    public bool IsBroken
    {
        get
        {
            lock (_gate)
            {
                return _isBroken;
            }
        }
    }

    public Offer<SignOnResponse> Offer(SignOnRequest request) =>
        Take(CommandKind.SignOn, request, id => request.RequestId = id, SignOnResponse.Parser);

    public Offer<SignOffResponse> Offer(SignOffRequest request) =>
        Take(CommandKind.SignOff, request, id => request.RequestId = id, SignOffResponse.Parser);

    public Offer<AcknowledgeAssignmentResponse> Offer(AcknowledgeAssignmentRequest request) =>
        Take(
            CommandKind.AcknowledgeAssignment,
            request,
            id => request.RequestId = id,
            AcknowledgeAssignmentResponse.Parser
        );

    public Offer<ReportMilestoneResponse> Offer(ReportMilestoneRequest request) =>
        Take(
            CommandKind.ReportMilestone,
            request,
            id => request.RequestId = id,
            ReportMilestoneResponse.Parser
        );

    public Offer<WithdrawMilestoneResponse> Offer(WithdrawMilestoneRequest request) =>
        Take(
            CommandKind.WithdrawMilestone,
            request,
            id => request.RequestId = id,
            WithdrawMilestoneResponse.Parser
        );

    public Offer<ReportHospitalInquiryResponse> Offer(ReportHospitalInquiryRequest request) =>
        Take(
            CommandKind.ReportHospitalInquiry,
            request,
            id => request.RequestId = id,
            ReportHospitalInquiryResponse.Parser
        );

    public Offer<RecordOutcomeResponse> Offer(RecordOutcomeRequest request) =>
        Take(
            CommandKind.RecordOutcome,
            request,
            id => request.RequestId = id,
            RecordOutcomeResponse.Parser
        );

    public Offer<CloseCardStepResponse> Offer(CloseCardStepRequest request) =>
        Take(
            CommandKind.CloseCardStep,
            request,
            id => request.RequestId = id,
            CloseCardStepResponse.Parser
        );

    public Offer<WithdrawConsentResponse> Offer(WithdrawConsentRequest request) =>
        Take(
            CommandKind.WithdrawConsent,
            request,
            id => request.RequestId = id,
            WithdrawConsentResponse.Parser
        );

    /// <summary>Sends until cancelled; one at a time.</summary>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _isPumping, 1) == 1)
        {
            throw new InvalidOperationException("The queue is sent by one loop only.");
        }

        try
        {
            while (true)
            {
                if (Head() is { } entry)
                {
                    await SendUntilAnsweredAsync(entry, cancellation);
                }
                else
                {
                    await _wakeUp.WaitAsync(cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What was not answered stays in the file.
        }
        finally
        {
            Volatile.Write(ref _isPumping, 0);
        }
    }

    public void Dispose()
    {
        _disposed.Cancel();
        lock (_gate)
        {
            foreach (Entry entry in _waiting)
            {
                entry.Result.TrySetCanceled(_disposed.Token);
            }

            _journal.Dispose();
        }
    }

    private Offer<TResponse> Take<TResponse>(
        CommandKind kind,
        IMessage request,
        Action<string> name,
        MessageParser<TResponse> parser
    )
        where TResponse : IMessage<TResponse>
    {
        string id = _ids.Next();
        name(id);
        var command = new QueuedCommand(
            id,
            kind,
            request.ToByteArray(),
            _time.GetUtcNow().ToUnixTimeMilliseconds(),
            Activity.Current?.Id
        );
        Entry entry;
        lock (_gate)
        {
            if (_waiting.Count >= _options.Capacity)
            {
                TabletLog.QueueFull(_logger, kind, _options.Capacity);
                return new Offer<TResponse>.Full(_options.Capacity);
            }

            if (!TryKeep(command))
            {
                return new Offer<TResponse>.NotKept();
            }

            entry = new Entry(command, _time.GetTimestamp());
            _waiting.AddLast(entry);
        }

        _wakeUp.Release();
        return new Offer<TResponse>.Queued(id, ReadAsync(entry, parser));
    }

    private bool TryKeep(QueuedCommand command)
    {
        if (_isBroken)
        {
            return false;
        }

        try
        {
            _journal.Keep(command);
            return true;
        }
        catch (IOException failure)
        {
            // After a failed flush nobody knows what the disk holds: never flush again and hope.
            _isBroken = true;
            TabletLog.DiskFailed(_logger, failure);
            return false;
        }
    }

    private Entry? Head()
    {
        lock (_gate)
        {
            return _waiting.First?.Value;
        }
    }

    private async Task SendUntilAnsweredAsync(Entry entry, CancellationToken cancellation)
    {
        int failures = 0;
        while (true)
        {
            entry.Tries++;
            Refusal refusal;
            try
            {
                byte[] answer = await SendOnceAsync(entry.Command, cancellation);
                End(entry, isAnswered: true, new RawAnswer(answer, null));
                return;
            }
            catch (RpcException failure)
            {
                // Our own end, not the server's answer.
                cancellation.ThrowIfCancellationRequested();
                refusal = Refusal.Of(failure);
            }

            NextStep next = StepAfter(refusal.Code);
            failures += next == NextStep.RepeatAFewTimes ? 1 : 0;
            if (next == NextStep.GiveBack)
            {
                TabletLog.CommandRefused(_logger, entry.Command.Kind, refusal.Code, refusal.Reason);
                End(entry, isAnswered: true, new RawAnswer(null, refusal));
                return;
            }

            if (failures >= _options.MostFailures)
            {
                TabletLog.CommandSetAside(_logger, entry.Command.Kind, refusal.Code, failures);
                End(entry, isAnswered: false, new RawAnswer(null, refusal));
                return;
            }

            TimeSpan wait = _backOff.Next(entry.Tries, refusal.RetryAfter);
            TabletLog.CommandRepeats(_logger, entry.Command.Kind, refusal.Code, entry.Tries);
            await Task.Delay(wait, _time, cancellation);
        }
    }

    private async Task<byte[]> SendOnceAsync(QueuedCommand command, CancellationToken cancellation)
    {
        using Activity? tap = TabletTelemetry.Continue($"send {command.Kind}", command.Trace);
        return await _wire.SendAsync(command.Kind, command.Body, cancellation);
    }

    /// <summary>What a status means for a command that may have had its effect.</summary>
    private static NextStep StepAfter(StatusCode code) =>
        code switch
        {
            // Nobody knows whether it happened, or the server asks to come later.
            StatusCode.Unavailable
            or StatusCode.DeadlineExceeded
            or StatusCode.Cancelled
            or StatusCode.ResourceExhausted
            or StatusCode.Aborted => NextStep.Repeat,
            // The server, or something between, broke at it; perhaps at every try.
            StatusCode.Unknown or StatusCode.Internal or StatusCode.DataLoss =>
                NextStep.RepeatAFewTimes,
            _ => NextStep.GiveBack,
        };

    private void End(Entry entry, bool isAnswered, RawAnswer answer)
    {
        lock (_gate)
        {
            _waiting.Remove(entry);
            if (isAnswered)
            {
                Strike(entry.Command.RequestId);
            }
            else
            {
                _hasSetAside = true;
            }
        }

        entry.Result.TrySetResult(answer);
    }

    private void Strike(string requestId)
    {
        if (_isBroken)
        {
            return;
        }

        try
        {
            _journal.Answered(requestId);
            if (_waiting.Count == 0 && !_hasSetAside && _journal.Length > _options.EmptyAboveBytes)
            {
                _journal.Empty();
            }
        }
        catch (IOException failure)
        {
            // The answer stands; after a start the command is sent once more and gets the same answer.
            _isBroken = true;
            TabletLog.DiskFailed(_logger, failure);
        }
    }

    private async Task<CommandAnswer<TResponse>> ReadAsync<TResponse>(
        Entry entry,
        MessageParser<TResponse> parser
    )
        where TResponse : IMessage<TResponse>
    {
        RawAnswer raw = await entry.Result.Task;
        TimeSpan waited = _time.GetElapsedTime(entry.TakenAt);
        string id = entry.Command.RequestId;
        return raw switch
        {
            { Response: { } bytes } => new CommandAnswer<TResponse>.Done(
                id,
                parser.ParseFrom(bytes),
                entry.Tries,
                waited
            ),
            { Refusal: { } why } when StepAfter(why.Code) == NextStep.GiveBack =>
                new CommandAnswer<TResponse>.Refused(id, why, entry.Tries, waited),
            { Refusal: { } last } => new CommandAnswer<TResponse>.SetAside(
                id,
                last,
                entry.Tries,
                waited
            ),
            _ => throw new UnreachableException(),
        };
    }

    private enum NextStep
    {
        Repeat,
        RepeatAFewTimes,
        GiveBack,
    }

    private sealed record RawAnswer(byte[]? Response, Refusal? Refusal);

    private sealed class Entry(QueuedCommand command, long takenAt)
    {
        public QueuedCommand Command { get; } = command;

        public long TakenAt { get; } = takenAt;

        public int Tries { get; set; }

        // Waiters run on their own, never inside the sending loop or its lock.
        public TaskCompletionSource<RawAnswer> Result { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
