using System.Diagnostics;
using Google.Rpc;
using Grpc.Core;
using Grpc.Core.Interceptors;
using MinaKyukyu.Contracts.Dispatch.V1;

namespace MinaKyukyu.Server.Telemetry;

/// <summary>Stands outside all other interceptors, so that it counts also who was turned away at the door.</summary>
internal sealed class CallCounter(ServerMeter meter, TimeProvider time) : Interceptor
{
    private const string DetailsKey = "grpc-status-details-bin";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        long started = time.GetTimestamp();
        TResponse response = await CountAsync(context, () => continuation(request, context));
        meter.RecordDuration(context.Method, time.GetElapsedTime(started));
        if (response is RecommendUnitsResponse { Recommendation: { } advice })
        {
            meter.CountAdvice(advice);
        }

        return response;
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    ) =>
        CountAsync(
            context,
            async () =>
            {
                await continuation(request, responseStream, context);
                return true;
            }
        );

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation
    ) => CountAsync(context, () => continuation(requestStream, context));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    ) =>
        CountAsync(
            context,
            async () =>
            {
                await continuation(requestStream, responseStream, context);
                return true;
            }
        );

    private async Task<T> CountAsync<T>(ServerCallContext context, Func<Task<T>> call)
    {
        if (Activity.Current is { } span)
        {
            // Otherwise every span of the server would be called "HttpRequestIn".
            span.DisplayName = context.Method.TrimStart('/');
        }

        try
        {
            T answer = await call();
            meter.CountCall(context.Method, nameof(StatusCode.OK), "");
            return answer;
        }
        catch (RpcException refused)
        {
            meter.CountCall(context.Method, refused.StatusCode.ToString(), ReasonOf(refused));
            throw;
        }
        catch (OperationCanceledException)
        {
            meter.CountCall(context.Method, nameof(StatusCode.Cancelled), "");
            throw;
        }
        catch (Exception)
        {
            meter.CountCall(context.Method, nameof(StatusCode.Unknown), "");
            throw;
        }
    }

    /// <summary>From the very bytes that the caller gets; they name a row of the table of refusals, never the caller's own text.</summary>
    private static string ReasonOf(RpcException refused)
    {
        if (refused.Trailers.GetValueBytes(DetailsKey) is not { } bytes)
        {
            return "";
        }

        return
            Google
                .Rpc.Status.Parser.ParseFrom(bytes)
                .Details.FirstOrDefault(d => d.Is(ErrorInfo.Descriptor))
                is { } detail
            ? detail.Unpack<ErrorInfo>().Reason
            : "";
    }
}
