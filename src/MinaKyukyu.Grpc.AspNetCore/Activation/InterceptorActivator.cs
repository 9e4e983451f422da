using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Activation;

/// <summary>The interceptor object of a call: from the call's scope if it is registered there without arguments, or made anew.</summary>
internal sealed class InterceptorActivator
{
    private readonly Type _type;
    private readonly object[] _arguments;
    private readonly Lazy<ObjectFactory> _factory;

    public InterceptorActivator(InterceptorRegistration registration)
    {
        _type = registration.Type;
        _arguments = [.. registration.Arguments];
        _factory = new Lazy<ObjectFactory>(() =>
            ActivatorUtilities.CreateFactory(
                _type,
                [.. _arguments.Select(argument => argument.GetType())]
            )
        );
    }

    public Activated<Interceptor> Create(IServiceProvider services)
    {
        if (_arguments.Length == 0 && services.GetService(_type) is Interceptor registered)
        {
            return new Activated<Interceptor>(registered, isOurs: false);
        }

        return new Activated<Interceptor>(
            (Interceptor)_factory.Value(services, _arguments),
            isOurs: true
        );
    }
}
