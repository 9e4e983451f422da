using Grpc.Core;
using MinaKyukyu.Tablet.Link;

namespace MinaKyukyu.Tablet.Queue;

/// <summary>How one command goes to the server, once.</summary>
internal interface ICommandWire
{
    /// <returns>The answer's bytes.</returns>
    /// <exception cref="RpcException">Refused, failed or without an answer; the code says which.</exception>
    Task<byte[]> SendAsync(CommandKind kind, byte[] body, CancellationToken cancellation);
}

internal sealed class CommandWire(CrewLink link) : ICommandWire
{
    public async Task<byte[]> SendAsync(
        CommandKind kind,
        byte[] body,
        CancellationToken cancellation
    )
    {
        using AsyncUnaryCall<byte[]> call = link.Calls.AsyncUnaryCall(
            CommandMethods.Of(kind),
            null,
            new CallOptions(cancellationToken: cancellation),
            body
        );
        return await call;
    }
}
