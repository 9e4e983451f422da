using Grpc.AspNetCore.Server.Activation;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server.Mapping;

/// <summary>Lays the interceptors around a method, once.</summary>
internal sealed class InterceptorChain(IReadOnlyList<Activator<Interceptor>> interceptors)
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
            method = (request, context) =>
                activator.UseAsync(
                    context,
                    (request, context, inner),
                    static (interceptor, call) =>
                        interceptor.UnaryServerHandler(call.request, call.context, call.inner)
                );
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
            method = (requests, context) =>
                activator.UseAsync(
                    context,
                    (requests, context, inner),
                    static (interceptor, call) =>
                        interceptor.ClientStreamingServerHandler(
                            call.requests,
                            call.context,
                            call.inner
                        )
                );
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
            method = (request, responses, context) =>
                activator.UseAsync(
                    context,
                    (request, responses, context, inner),
                    static (interceptor, call) =>
                        interceptor.ServerStreamingServerHandler(
                            call.request,
                            call.responses,
                            call.context,
                            call.inner
                        )
                );
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
            method = (requests, responses, context) =>
                activator.UseAsync(
                    context,
                    (requests, responses, context, inner),
                    static (interceptor, call) =>
                        interceptor.DuplexStreamingServerHandler(
                            call.requests,
                            call.responses,
                            call.context,
                            call.inner
                        )
                );
        }

        return method;
    }
}
