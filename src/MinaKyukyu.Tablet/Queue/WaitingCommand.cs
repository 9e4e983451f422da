using System.Diagnostics;
using Google.Protobuf;
using MinaKyukyu.Tablet.Link;

namespace MinaKyukyu.Tablet.Queue;

/// <summary>How sending a command ended, before anybody reads the answer's bytes.</summary>
internal abstract record SendingEnd
{
    private SendingEnd() { }

    public sealed record Done(byte[] Response) : SendingEnd;

    public sealed record Refused(Refusal Why) : SendingEnd;

    public sealed record SetAside(Refusal Last) : SendingEnd;
}

/// <summary>A command that waits for the server's answer, and the tap that waits with it.</summary>
/// <param name="takenAt">Time stamp of when the disk kept it, or of the start for what an earlier one left.</param>
internal sealed class WaitingCommand(QueuedCommand command, long takenAt)
{
    // Waiters run on their own, never inside the sending loop or its lock.
    private readonly TaskCompletionSource<SendingEnd> _end = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public QueuedCommand Command { get; } = command;

    /// <summary>How often it was sent. Only the sender counts.</summary>
    public int Tries { get; set; }

    public void End(SendingEnd end) => _end.TrySetResult(end);

    /// <summary>The queue is disposed of before an answer came.</summary>
    public void Abandon() => _end.TrySetCanceled(new CancellationToken(canceled: true));

    public async Task<CommandAnswer<TResponse>> ReadAnswerAsync<TResponse>(
        MessageParser<TResponse> parser,
        TimeProvider time
    )
        where TResponse : IMessage<TResponse>
    {
        SendingEnd end = await _end.Task;
        TimeSpan waited = time.GetElapsedTime(takenAt);
        string id = Command.RequestId;
        return end switch
        {
            SendingEnd.Done done => new CommandAnswer<TResponse>.Done(
                id,
                parser.ParseFrom(done.Response),
                Tries,
                waited
            ),
            SendingEnd.Refused refused => new CommandAnswer<TResponse>.Refused(
                id,
                refused.Why,
                Tries,
                waited
            ),
            SendingEnd.SetAside aside => new CommandAnswer<TResponse>.SetAside(
                id,
                aside.Last,
                Tries,
                waited
            ),
            _ => throw new UnreachableException(),
        };
    }
}
