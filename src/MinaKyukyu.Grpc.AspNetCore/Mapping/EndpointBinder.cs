using System.Reflection;
using Grpc.AspNetCore.Server.Activation;
using Grpc.AspNetCore.Server.Calls;
using Grpc.AspNetCore.Server.Options;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server.Mapping;

/// <summary>
/// Makes an endpoint of each method of a service. All reflection is done here, once; a call then goes through delegates only.
/// </summary>
internal sealed class EndpointBinder<TService>(
    IEndpointRouteBuilder routes,
    CallSettings settings,
    MappedServices mapped
) : ServiceBinderBase
    where TService : class
{
    private readonly List<IEndpointConventionBuilder> _endpoints = [];
    private readonly InterceptorChain _chain = new(settings.Interceptors);
    private readonly Activator<TService> _service = new(typeof(TService), [], settings.Host);

    public IReadOnlyList<IEndpointConventionBuilder> Endpoints => _endpoints;

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        UnaryServerMethod<TRequest, TResponse>? handler
    )
    {
        var (info, invoke) = Find<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>(
            method,
            typeof(TRequest),
            typeof(ServerCallContext)
        );
        var serve = _chain.Around<TRequest, TResponse>(
            (request, context) =>
                _service.UseAsync(
                    context,
                    (request, context, invoke),
                    static (service, call) => call.invoke(service, call.request, call.context)
                )
        );
        Map(
            method,
            info,
            new UnaryCallHandler<TRequest, TResponse>(method, settings, serve).HandleAsync
        );
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        ClientStreamingServerMethod<TRequest, TResponse>? handler
    )
    {
        var (info, invoke) = Find<
            Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>
        >(method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        var serve = _chain.Around<TRequest, TResponse>(
            (IAsyncStreamReader<TRequest> requests, ServerCallContext context) =>
                _service.UseAsync(
                    context,
                    (requests, context, invoke),
                    static (service, call) => call.invoke(service, call.requests, call.context)
                )
        );
        Map(
            method,
            info,
            new ClientStreamingCallHandler<TRequest, TResponse>(method, settings, serve).HandleAsync
        );
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        ServerStreamingServerMethod<TRequest, TResponse>? handler
    )
    {
        var (info, invoke) = Find<
            Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>
        >(
            method,
            typeof(TRequest),
            typeof(IServerStreamWriter<TResponse>),
            typeof(ServerCallContext)
        );
        var serve = _chain.Around<TRequest, TResponse>(
            (
                TRequest request,
                IServerStreamWriter<TResponse> responses,
                ServerCallContext context
            ) =>
                _service.UseAsync(
                    context,
                    (request, responses, context, invoke),
                    static (service, call) =>
                        call.invoke(service, call.request, call.responses, call.context)
                )
        );
        Map(
            method,
            info,
            new ServerStreamingCallHandler<TRequest, TResponse>(method, settings, serve).HandleAsync
        );
    }

    public override void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        DuplexStreamingServerMethod<TRequest, TResponse>? handler
    )
    {
        var (info, invoke) = Find<
            Func<
                TService,
                IAsyncStreamReader<TRequest>,
                IServerStreamWriter<TResponse>,
                ServerCallContext,
                Task
            >
        >(
            method,
            typeof(IAsyncStreamReader<TRequest>),
            typeof(IServerStreamWriter<TResponse>),
            typeof(ServerCallContext)
        );
        var serve = _chain.Around<TRequest, TResponse>(
            (
                IAsyncStreamReader<TRequest> requests,
                IServerStreamWriter<TResponse> responses,
                ServerCallContext context
            ) =>
                _service.UseAsync(
                    context,
                    (requests, responses, context, invoke),
                    static (service, call) =>
                        call.invoke(service, call.requests, call.responses, call.context)
                )
        );
        Map(
            method,
            info,
            new DuplexStreamingCallHandler<TRequest, TResponse>(method, settings, serve).HandleAsync
        );
    }

    private static (MethodInfo Info, TDelegate Invoke) Find<TDelegate>(
        IMethod method,
        params Type[] parameters
    )
        where TDelegate : Delegate
    {
        var info =
            typeof(TService).GetMethod(
                method.Name,
                BindingFlags.Instance | BindingFlags.Public,
                parameters
            )
            ?? throw new InvalidOperationException(
                $"{typeof(TService)} has no method for {method.FullName}."
            );
        return (info, info.CreateDelegate<TDelegate>());
    }

    private void Map(IMethod method, MethodInfo info, RequestDelegate serve)
    {
        mapped.Add(method.ServiceName);
        var endpoint = routes.Map(method.FullName, serve);
        endpoint.Add(convention =>
        {
            convention.DisplayName = $"gRPC - {method.FullName}";
            foreach (var attribute in typeof(TService).GetCustomAttributes(inherit: true))
            {
                convention.Metadata.Add(attribute);
            }

            foreach (var attribute in info.GetCustomAttributes(inherit: true))
            {
                convention.Metadata.Add(attribute);
            }

            convention.Metadata.Add(
                new HttpMethodMetadata([HttpMethods.Post], acceptCorsPreflight: true)
            );
            convention.Metadata.Add(new GrpcMethodMetadata(typeof(TService), method));
        });
        _endpoints.Add(endpoint);
    }
}
