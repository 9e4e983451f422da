using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Activation;
using Grpc.AspNetCore.Server.Mapping;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The first door: what serving gRPC needs.</summary>
public static class GrpcServicesExtensions
{
    public static IGrpcServerBuilder AddGrpc(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRouting();
        services.AddOptions();
        services.TryAddSingleton<MappedServices>();
        services.TryAddSingleton(root => new HostServices(services, root));
        return new GrpcServerBuilder(services);
    }

    public static IGrpcServerBuilder AddGrpc(
        this IServiceCollection services,
        Action<GrpcServiceOptions> configureOptions
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.Configure(configureOptions).AddGrpc();
    }

    /// <summary>What one service has otherwise than the others.</summary>
    public static IGrpcServerBuilder AddServiceOptions<TService>(
        this IGrpcServerBuilder grpcBuilder,
        Action<GrpcServiceOptions<TService>> configure
    )
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(grpcBuilder);
        grpcBuilder.Services.Configure(configure);
        return grpcBuilder;
    }

    private sealed class GrpcServerBuilder(IServiceCollection services) : IGrpcServerBuilder
    {
        public IServiceCollection Services { get; } = services;
    }
}
