using Grpc.Core;
using Grpc.Core.Interceptors;

namespace MinaKyukyu.Tablet.Link;

/// <summary>Stands before every call of the tablet: adds who calls, and a deadline where the caller named none.</summary>
/// <param name="spoken">Who calls, in words; null where the key of the connection says it.</param>
internal sealed class CrewCalls(CrewIdentity? spoken, CrewLinkOptions options, TimeProvider time)
    : Interceptor
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        BlockingUnaryCallContinuation<TRequest, TResponse> continuation
    ) => continuation(request, Complete(context));

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation
    ) => continuation(request, Complete(context));

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<
        TRequest,
        TResponse
    >(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation
    ) => continuation(request, Complete(context));

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<
        TRequest,
        TResponse
    >(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation
    ) => continuation(Complete(context));

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<
        TRequest,
        TResponse
    >(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation
    ) => continuation(Complete(context));

    /// <summary>The deadline of a method by its name, so that a method added later is never without one.</summary>
    internal TimeSpan DeadlineOf(string method) =>
        method switch
        {
            "ReportPositions" => options.PositionDeadline,
            "BeginCardCheck" or "RequestAccess" => options.CardDeadline,
            "StreamPositions" => options.WatchDeadline,
            _ when Begins(method, "Watch") => options.WatchDeadline,
            _ when Begins(method, "Stream") => options.SummaryDeadline,
            _ when Begins(method, "Get") || Begins(method, "List") || Begins(method, "Recommend") =>
                options.QueryDeadline,
            _ => options.CommandDeadline,
        };

    private static bool Begins(string method, string verb) =>
        method.StartsWith(verb, StringComparison.Ordinal);

    private ClientInterceptorContext<TRequest, TResponse> Complete<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context
    )
        where TRequest : class
        where TResponse : class
    {
        Metadata headers = [];
        foreach (Metadata.Entry entry in context.Options.Headers ?? [])
        {
            headers.Add(entry);
        }

        spoken?.AddTo(headers);
        CallOptions completed = context.Options.WithHeaders(headers);
        if (completed.Deadline is null)
        {
            TimeSpan wait = DeadlineOf(context.Method.Name);
            completed = completed.WithDeadline(time.GetUtcNow().UtcDateTime + wait);
        }

        return new(context.Method, context.Host, completed);
    }
}
