using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>Where <c>AddGrpc</c> goes on.</summary>
public interface IGrpcServerBuilder
{
    IServiceCollection Services { get; }
}
