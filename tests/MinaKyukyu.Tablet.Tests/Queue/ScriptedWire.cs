using System.Threading.Channels;
using Grpc.Core;
using MinaKyukyu.Tablet.Queue;

namespace MinaKyukyu.Tablet.Tests.Queue;

/// <summary>A server that answers each try as the test says.</summary>
internal sealed class ScriptedWire : ICommandWire
{
    private readonly Channel<WireTry> _tries = Channel.CreateBounded<WireTry>(100);

    public int TryCount { get; private set; }

    public async Task<byte[]> SendAsync(
        CommandKind kind,
        byte[] body,
        CancellationToken cancellation
    )
    {
        TryCount++;
        var attempt = new WireTry(kind, body);
        await _tries.Writer.WriteAsync(attempt, cancellation);
        return await attempt.Answer.Task.WaitAsync(cancellation);
    }

    public async Task<WireTry> NextAsync() =>
        await _tries.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
}

internal sealed record WireTry(CommandKind Kind, byte[] Body)
{
    public TaskCompletionSource<byte[]> Answer { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Answers(Google.Protobuf.IMessage message) =>
        Answer.SetResult(Google.Protobuf.MessageExtensions.ToByteArray(message));

    public void Fails(StatusCode code) =>
        Answer.SetException(new RpcException(new Status(code, "")));
}
