using Grpc.AspNetCore.Web;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Lets browsers call: gRPC-Web, binary, over HTTP/1.1 or HTTP/2.</summary>
public static class GrpcWebApplicationBuilderExtensions
{
    /// <summary>
    /// Serves gRPC-Web calls of the services that were enabled for it. Stands behind routing, and behind CORS where pages of
    /// another origin call.
    /// </summary>
    public static IApplicationBuilder UseGrpcWeb(this IApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseMiddleware<GrpcWebMiddleware>();
    }
}

/// <summary>Says which services browsers may call.</summary>
public static class GrpcWebEndpointConventionBuilderExtensions
{
    /// <summary>Opens these endpoints to gRPC-Web; without it a gRPC-Web call is answered with HTTP 415.</summary>
    public static TBuilder EnableGrpcWeb<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(GrpcWebEnabled.Instance));
        return builder;
    }
}
