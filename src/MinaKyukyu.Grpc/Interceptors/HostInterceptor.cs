namespace Grpc.Core.Interceptors;

/// <summary>Names another host in each call.</summary>
internal sealed class HostInterceptor : CallChangingInterceptor
{
    private readonly string _host;

    public HostInterceptor(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        _host = host;
    }

    protected override ClientInterceptorContext<TRequest, TResponse> Change<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context
    ) => new(context.Method, _host, context.Options);
}
