using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Activation;

/// <summary>The services of the host, and which of them live as long as it does.</summary>
internal sealed class HostServices(IServiceCollection registered, IServiceProvider root)
{
    public IServiceProvider Root { get; } = root;

    public bool IsSingleton(Type type) =>
        registered.LastOrDefault(one => !one.IsKeyedService && one.ServiceType == type)?.Lifetime
        == ServiceLifetime.Singleton;
}
