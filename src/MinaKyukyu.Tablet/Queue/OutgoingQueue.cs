using System.Diagnostics;
using Google.Protobuf;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Tablet.Queue;

/// <summary>
/// The only layer that repeats. A command is on the disk, with its request id, before it is sent for the first time; commands go
/// out one by one in the order of the taps, and each is repeated with the same bytes until the server has answered. A silent
/// server is an unknown result, never a failure. Thread-safe.
/// </summary>
public sealed class OutgoingQueue : IDisposable
{
    private readonly SemaphoreSlim _wakeUp = new(0);
    private readonly WaitingLine _line;
    private readonly CommandSender _sender;
    private readonly OutgoingQueueOptions _options;
    private readonly TimeProvider _time;
    private readonly IIdSource _ids;
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
        _options = options;
        _time = time;
        _ids = ids;
        _sender = new CommandSender(wire, options, time, chance, logger);
        _line = new WaitingLine(file, options, time, logger);
    }

    /// <summary>How many commands wait for an answer.</summary>
    public int WaitingCount => _line.Count;

    /// <summary>The disk failed: nothing more is taken until the tablet starts again. What waits is still sent.</summary>
    public bool IsBroken => _line.IsBroken;

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
                if (_line.First is { } entry)
                {
                    _line.Leave(entry, await _sender.SendUntilAnsweredAsync(entry, cancellation));
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

    public void Dispose() => _line.Dispose();

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
        switch (_line.Join(command))
        {
            case Joined.Full:
                return new Offer<TResponse>.Full(_options.Capacity);
            case Joined.NotKept:
                return new Offer<TResponse>.NotKept();
            case Joined.Waiting joined:
                _wakeUp.Release();
                return new Offer<TResponse>.Queued(id, joined.Entry.ReadAnswerAsync(parser, _time));
            default:
                throw new UnreachableException();
        }
    }
}
