namespace Grpc.Core.Interceptors;

/// <summary>Lets a function see and replace the metadata of each call.</summary>
internal sealed class MetadataInterceptor : CallChangingInterceptor
{
    private readonly Func<Metadata, Metadata> _interceptor;

    public MetadataInterceptor(Func<Metadata, Metadata> interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        _interceptor = interceptor;
    }

    protected override ClientInterceptorContext<TRequest, TResponse> Change<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context
    ) =>
        new(
            context.Method,
            context.Host,
            context.Options.WithHeaders(_interceptor(context.Options.Headers ?? []))
        );
}
