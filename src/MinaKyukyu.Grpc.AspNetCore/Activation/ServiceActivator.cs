using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Activation;

/// <summary>The service object of a call: from the call's scope, or made from it.</summary>
internal static class ServiceActivator<TService>
    where TService : class
{
    private static readonly Lazy<ObjectFactory<TService>> Factory = new(() =>
        ActivatorUtilities.CreateFactory<TService>(Type.EmptyTypes)
    );

    public static Activated<TService> Create(IServiceProvider services) =>
        services.GetService<TService>() is { } registered
            ? new Activated<TService>(registered, isOurs: false)
            : new Activated<TService>(Factory.Value(services, []), isOurs: true);
}
