using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>Starts calls as HTTP/2 requests of one channel.</summary>
internal sealed class HttpCallInvoker : CallInvoker
{
    private readonly GrpcChannel _channel;

    public HttpCallInvoker(GrpcChannel channel) => _channel = channel;

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request
    )
    {
        using var call = AsyncUnaryCall(method, host, options, request);
        return call.ResponseAsync.GetAwaiter().GetResult();
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        string? host,
        CallOptions options,
        TRequest request
    )
    {
        var call = new HttpCall<TRequest, TResponse>(_channel, method, host, options);
        call.Start(call.SingleRequest(request));
        return new AsyncUnaryCall<TResponse>(
            call.ReadSingleResponseAsync(),
            static state => ((IHttpCall)state).ResponseHeadersAsync,
            static state => ((IHttpCall)state).GetStatus(),
            static state => ((IHttpCall)state).GetTrailers(),
            static state => ((IHttpCall)state).Dispose(),
            call
        );
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<
        TRequest,
        TResponse
    >(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new HttpCall<TRequest, TResponse>(_channel, method, host, options);
        call.Start(call.SingleRequest(request));
        return new AsyncServerStreamingCall<TResponse>(
            new ResponseStream<TRequest, TResponse>(call),
            static state => ((IHttpCall)state).ResponseHeadersAsync,
            static state => ((IHttpCall)state).GetStatus(),
            static state => ((IHttpCall)state).GetTrailers(),
            static state => ((IHttpCall)state).Dispose(),
            call
        );
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<
        TRequest,
        TResponse
    >(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new HttpCall<TRequest, TResponse>(_channel, method, host, options);
        var content = new MessageStreamContent(call.Ended);
        var requests = new RequestStream<TRequest, TResponse>(call, content);
        call.Start(content);
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            requests,
            call.ReadSingleResponseAsync(),
            static state => ((IHttpCall)state).ResponseHeadersAsync,
            static state => ((IHttpCall)state).GetStatus(),
            static state => ((IHttpCall)state).GetTrailers(),
            static state => ((IHttpCall)state).Dispose(),
            call
        );
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<
        TRequest,
        TResponse
    >(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new HttpCall<TRequest, TResponse>(_channel, method, host, options);
        var content = new MessageStreamContent(call.Ended);
        var requests = new RequestStream<TRequest, TResponse>(call, content);
        call.Start(content);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(
            requests,
            new ResponseStream<TRequest, TResponse>(call),
            static state => ((IHttpCall)state).ResponseHeadersAsync,
            static state => ((IHttpCall)state).GetStatus(),
            static state => ((IHttpCall)state).GetTrailers(),
            static state => ((IHttpCall)state).Dispose(),
            call
        );
    }
}
