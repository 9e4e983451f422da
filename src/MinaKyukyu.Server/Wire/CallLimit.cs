using Google.Protobuf;
using Grpc.Core;
using MinaKyukyu.Server.Commands;

namespace MinaKyukyu.Server.Wire;

/// <summary>Gives every command an end, and turns its answer into the wire's.</summary>
internal static class CallLimit
{
    /// <summary>How long a call may take whose caller set no deadline.</summary>
    /// <value>10 seconds: longer than any path here takes when all is well, shorter than a person's patience.</value>
    public static readonly TimeSpan Cap = TimeSpan.FromSeconds(10);

    /// <summary>A question that changes nothing, with the same end.</summary>
    public static async Task<TResponse> RunAsync<TResponse>(
        ServerCallContext context,
        Func<CancellationToken, Task<TResponse>> ask
    )
    {
        using var cap = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        cap.CancelAfter(Cap);
        try
        {
            return await ask(cap.Token);
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw new Refusal(CommandDesk.OutcomeUnknown).ToRpcException();
        }
    }

    public static async Task<TResponse> RunAsync<TValue, TResponse>(
        ServerCallContext context,
        Func<CancellationToken, Task<CommandAnswer<TValue>>> run,
        MessageParser<TResponse> parser
    )
        where TResponse : IMessage<TResponse>
    {
        using var cap = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        cap.CancelAfter(Cap);
        try
        {
            return await run(cap.Token) switch
            {
                CommandAnswer<TValue>.Answered(var bytes, _) => parser.ParseFrom(bytes.Span),
                CommandAnswer<TValue>.Refused(var why) => throw why.ToRpcException(),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw new Refusal(CommandDesk.OutcomeUnknown).ToRpcException();
        }
    }
}
