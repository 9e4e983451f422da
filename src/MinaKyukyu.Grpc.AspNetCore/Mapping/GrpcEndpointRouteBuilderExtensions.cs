using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Activation;
using Grpc.AspNetCore.Server.Mapping;
using Grpc.AspNetCore.Server.Options;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The second door: which services are served.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Serves each method of the service at its path. What was not mapped answers UNIMPLEMENTED.</summary>
    /// <exception cref="InvalidOperationException">AddGrpc was not called, or the type does not come of a generated base.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(
        this IEndpointRouteBuilder builder
    )
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.ServiceProvider;
        var mapped =
            services.GetService<MappedServices>()
            ?? throw new InvalidOperationException("AddGrpc comes before MapGrpcService.");
        var logger = services
            .GetRequiredService<ILoggerFactory>()
            .CreateLogger("Grpc.AspNetCore.Server");
        var settings = new CallSettings(
            services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value,
            services.GetRequiredService<IOptions<GrpcServiceOptions<TService>>>().Value,
            services.GetRequiredService<HostServices>(),
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            logger
        );
        var binder = new EndpointBinder<TService>(builder, settings, mapped);
        GeneratedBase.Of(typeof(TService)).Bind(binder);
        mapped.MapUnknownOnce(builder, logger);
        return new GrpcServiceEndpointConventionBuilder(binder.Endpoints);
    }
}
