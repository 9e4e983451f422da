using Grpc.AspNetCore.Server.Activation;
using Grpc.Core;

namespace Grpc.AspNetCore.Server.Mapping;

/// <summary>Lays the interceptors around a method, once; the interceptor objects themselves are made for each call.</summary>
internal sealed class InterceptorChain(IReadOnlyList<InterceptorActivator> interceptors)
{
    public UnaryServerMethod<TRequest, TResponse> Around<TRequest, TResponse>(
        UnaryServerMethod<TRequest, TResponse> method
    )
        where TRequest : class
        where TResponse : class
    {
        foreach (var activator in interceptors.Reverse())
        {
            var inner = method;
            method = async (request, context) =>
            {
                var interceptor = activator.Create(context.GetHttpContext().RequestServices);
                try
                {
                    return await interceptor
                        .Instance.UnaryServerHandler(request, context, inner)
                        .ConfigureAwait(false);
                }
                finally
                {
                    await interceptor.ReleaseAsync().ConfigureAwait(false);
                }
            };
        }

        return method;
    }

    public ClientStreamingServerMethod<TRequest, TResponse> Around<TRequest, TResponse>(
        ClientStreamingServerMethod<TRequest, TResponse> method
    )
        where TRequest : class
        where TResponse : class
    {
        foreach (var activator in interceptors.Reverse())
        {
            var inner = method;
            method = async (requests, context) =>
            {
                var interceptor = activator.Create(context.GetHttpContext().RequestServices);
                try
                {
                    return await interceptor
                        .Instance.ClientStreamingServerHandler(requests, context, inner)
                        .ConfigureAwait(false);
                }
                finally
                {
                    await interceptor.ReleaseAsync().ConfigureAwait(false);
                }
            };
        }

        return method;
    }

    public ServerStreamingServerMethod<TRequest, TResponse> Around<TRequest, TResponse>(
        ServerStreamingServerMethod<TRequest, TResponse> method
    )
        where TRequest : class
        where TResponse : class
    {
        foreach (var activator in interceptors.Reverse())
        {
            var inner = method;
            method = async (request, responses, context) =>
            {
                var interceptor = activator.Create(context.GetHttpContext().RequestServices);
                try
                {
                    await interceptor
                        .Instance.ServerStreamingServerHandler(request, responses, context, inner)
                        .ConfigureAwait(false);
                }
                finally
                {
                    await interceptor.ReleaseAsync().ConfigureAwait(false);
                }
            };
        }

        return method;
    }

    public DuplexStreamingServerMethod<TRequest, TResponse> Around<TRequest, TResponse>(
        DuplexStreamingServerMethod<TRequest, TResponse> method
    )
        where TRequest : class
        where TResponse : class
    {
        foreach (var activator in interceptors.Reverse())
        {
            var inner = method;
            method = async (requests, responses, context) =>
            {
                var interceptor = activator.Create(context.GetHttpContext().RequestServices);
                try
                {
                    await interceptor
                        .Instance.DuplexStreamingServerHandler(requests, responses, context, inner)
                        .ConfigureAwait(false);
                }
                finally
                {
                    await interceptor.ReleaseAsync().ConfigureAwait(false);
                }
            };
        }

        return method;
    }
}
