using Grpc.AspNetCore.Server.Options;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Serves the calls of one method.</summary>
internal abstract class CallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method,
    CallSettings settings
)
    where TRequest : class
    where TResponse : class
{
    protected Method<TRequest, TResponse> Method { get; } = method;

    public Task HandleAsync(HttpContext http) =>
        GrpcRequest.TryAccept(http, settings.Logger)
            ? RunAsync(new HttpServerCall(http, Method, settings))
            : Task.CompletedTask;

    protected abstract Task ServeAsync(HttpServerCall call);

    protected async ValueTask<TRequest> ReadRequestAsync(HttpServerCall call) =>
        await call.ReadSingleAsync(Method.RequestMarshaller).ConfigureAwait(false)
        ?? throw new RpcException(
            new Status(StatusCode.Internal, "The request ended without a message.")
        );

    /// <summary>Leaves the only response to the end of the call, so that headers, message and trailers go in one write.</summary>
    protected ValueTask WriteResponseAsync(HttpServerCall call, TResponse? response) =>
        response is null
            ? throw new RpcException(
                new Status(StatusCode.Internal, "The service returned no response.")
            )
            : call.WriteAsync(
                Method.ResponseMarshaller,
                response,
                flush: false,
                call.TransportToken
            );

    private async Task RunAsync(HttpServerCall call)
    {
        using (call)
        {
            Exception? failure = null;
            try
            {
                call.Begin();
                await ServeAsync(call).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // The outermost loop of a call: the others stay alive, and the client learns what it may.
                failure = e;
            }

            await call.EndAsync(failure).ConfigureAwait(false);
        }
    }
}

internal sealed class UnaryCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method,
    CallSettings settings,
    UnaryServerMethod<TRequest, TResponse> serve
) : CallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override async Task ServeAsync(HttpServerCall call)
    {
        var request = await ReadRequestAsync(call).ConfigureAwait(false);
        var response = await serve(request, call).ConfigureAwait(false);
        await WriteResponseAsync(call, response).ConfigureAwait(false);
    }
}

internal sealed class ClientStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method,
    CallSettings settings,
    ClientStreamingServerMethod<TRequest, TResponse> serve
) : CallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override async Task ServeAsync(HttpServerCall call)
    {
        var requests = new RequestStreamReader<TRequest>(call, Method.RequestMarshaller);
        var response = await serve(requests, call).ConfigureAwait(false);
        await WriteResponseAsync(call, response).ConfigureAwait(false);
    }
}

internal sealed class ServerStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method,
    CallSettings settings,
    ServerStreamingServerMethod<TRequest, TResponse> serve
) : CallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override async Task ServeAsync(HttpServerCall call)
    {
        var request = await ReadRequestAsync(call).ConfigureAwait(false);
        var responses = new ResponseStreamWriter<TResponse>(call, Method.ResponseMarshaller);
        await serve(request, responses, call).ConfigureAwait(false);
    }
}

internal sealed class DuplexStreamingCallHandler<TRequest, TResponse>(
    Method<TRequest, TResponse> method,
    CallSettings settings,
    DuplexStreamingServerMethod<TRequest, TResponse> serve
) : CallHandler<TRequest, TResponse>(method, settings)
    where TRequest : class
    where TResponse : class
{
    protected override async Task ServeAsync(HttpServerCall call)
    {
        var requests = new RequestStreamReader<TRequest>(call, Method.RequestMarshaller);
        var responses = new ResponseStreamWriter<TResponse>(call, Method.ResponseMarshaller);
        await serve(requests, responses, call).ConfigureAwait(false);
    }
}
