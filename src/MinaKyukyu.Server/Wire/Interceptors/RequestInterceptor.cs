using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using MinaKyukyu.Server.Commands;

namespace MinaKyukyu.Server.Wire.Interceptors;

/// <summary>Refuses a request whose REQUIRED fields are empty, and words what the services refuse.</summary>
internal sealed class RequestInterceptor : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        RequireImplemented(context);
        try
        {
            RequiredFields.Check((IMessage)request);
            return await continuation(request, context);
        }
        catch (InvalidRequestException invalid)
        {
            throw invalid.Why.ToRpcException();
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        RequireImplemented(context);
        try
        {
            RequiredFields.Check((IMessage)request);
            await continuation(request, responseStream, context);
        }
        catch (InvalidRequestException invalid)
        {
            throw invalid.Why.ToRpcException();
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        RequireImplemented(context);
        try
        {
            return await continuation(new Checked<TRequest>(requestStream), context);
        }
        catch (InvalidRequestException invalid)
        {
            throw invalid.Why.ToRpcException();
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        RequireImplemented(context);
        try
        {
            await continuation(new Checked<TRequest>(requestStream), responseStream, context);
        }
        catch (InvalidRequestException invalid)
        {
            throw invalid.Why.ToRpcException();
        }
    }

    private static void RequireImplemented(ServerCallContext context)
    {
        if (LaterMethods.Contains(context.Method))
        {
            throw new Refusal("NOT_IN_THIS_VERSION").ToRpcException();
        }
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

            // The description of the services has messages of the world's own, which name no field REQUIRED.
            if (inner.Current is IMessage message)
            {
                RequiredFields.Check(message);
            }

            return true;
        }
    }
}
