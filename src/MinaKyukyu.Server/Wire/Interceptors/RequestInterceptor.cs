using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using MinaKyukyu.Server.Commands;

namespace MinaKyukyu.Server.Wire.Interceptors;

/// <summary>Refuses a request whose REQUIRED fields are empty, and words what the services refuse.</summary>
internal sealed class RequestInterceptor : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    ) =>
        WordedAsync(
            context,
            () =>
            {
                RequiredFields.Check((IMessage)request);
                return continuation(request, context);
            }
        );

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    ) =>
        WordedAsync(
            context,
            () =>
            {
                RequiredFields.Check((IMessage)request);
                return continuation(request, responseStream, context);
            }
        );

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation
    ) => WordedAsync(context, () => continuation(new Checked<TRequest>(requestStream), context));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    ) =>
        WordedAsync(
            context,
            () => continuation(new Checked<TRequest>(requestStream), responseStream, context)
        );

    /// <summary>Lets a call happen; whichever way it finds its request invalid, the caller reads the reason.</summary>
    private static async Task WordedAsync(ServerCallContext context, Func<Task> call)
    {
        if (LaterMethods.Contains(context.Method))
        {
            throw new Refusal("NOT_IN_THIS_VERSION").ToRpcException();
        }

        try
        {
            await call();
        }
        catch (InvalidRequestException invalid)
        {
            throw invalid.Why.ToRpcException();
        }
    }

    private static async Task<T> WordedAsync<T>(ServerCallContext context, Func<Task<T>> call)
    {
        Task<T>? answering = null;
        await WordedAsync(context, (Func<Task>)(() => answering = call()));
        return await answering!;
    }

    /// <summary>Holds each message of a stream against the contract as it comes.</summary>
    private sealed class Checked<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await inner.MoveNext(cancellationToken))
            {
                return false;
            }

            RequiredFields.Check((IMessage)inner.Current!);
            return true;
        }
    }
}
