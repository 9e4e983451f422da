using Grpc.Core;
using Grpc.Core.Interceptors;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Identity;

namespace MinaKyukyu.Server.Wire.Interceptors;

/// <summary>
/// Nobody gets past the door unknown, and nobody does what his role may not. Health stands outside, and where it is served at all
/// the description of the services.
/// </summary>
internal sealed class IdentityInterceptor(IIdentitySource identities) : Interceptor
{
    private const string CallerKey = "caller";
    private const string Health = "/grpc.health.v1.Health/";
    private const string Reflection = "/grpc.reflection.v1.ServerReflection/";

    public static Caller CallerOf(ServerCallContext call) => (Caller)call.UserState[CallerKey];

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        await AdmitAsync(context);
        return await continuation(request, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        await AdmitAsync(context);
        await continuation(request, responseStream, context);
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        await AdmitAsync(context);
        return await continuation(requestStream, context);
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        await AdmitAsync(context);
        await continuation(requestStream, responseStream, context);
    }

    private async Task AdmitAsync(ServerCallContext call)
    {
        if (
            call.Method.StartsWith(Health, StringComparison.Ordinal)
            || call.Method.StartsWith(Reflection, StringComparison.Ordinal)
        )
        {
            return;
        }

        if (await identities.IdentifyAsync(call) is not { } caller)
        {
            throw new Refusal("UNAUTHENTICATED").ToRpcException();
        }

        if (MethodRoles.WhyNot(call.Method, caller) is { } refusal)
        {
            throw refusal.ToRpcException();
        }

        call.UserState[CallerKey] = caller;
    }
}
