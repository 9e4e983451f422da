using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server.Activation;

/// <summary>
/// Where the objects of one type come from: a singleton of the host is taken once, and a call that needs nothing else has no scope;
/// what else is registered comes from the call's scope; the rest is made from that scope and disposed with the call.
/// </summary>
internal sealed class Activator<T>
    where T : class
{
    private readonly Type _type;
    private readonly object[] _arguments;
    private readonly Lazy<ObjectFactory> _factory;
    private readonly Lazy<T>? _shared;

    /// <param name="arguments">Of its constructor, those that the services do not provide.</param>
    public Activator(Type type, object[] arguments, HostServices host)
    {
        _type = type;
        _arguments = arguments;
        _factory = new Lazy<ObjectFactory>(() =>
            ActivatorUtilities.CreateFactory(type, [.. arguments.Select(a => a.GetType())])
        );
        // Not before the first call, for what it is made of may have to start first; and a failure is no lasting one.
        _shared =
            arguments.Length == 0 && host.IsSingleton(type)
                ? new Lazy<T>(
                    () => (T)host.Root.GetRequiredService(type),
                    LazyThreadSafetyMode.PublicationOnly
                )
                : null;
    }

    /// <summary>Lets an object of the type do something, and releases it when that has ended.</summary>
    public Task<TResult> UseAsync<TArguments, TResult>(
        ServerCallContext context,
        TArguments arguments,
        Func<T, TArguments, Task<TResult>> use
    )
    {
        if (_shared is null)
        {
            return UseOwnAsync(context, arguments, use);
        }

        try
        {
            return use(_shared.Value, arguments);
        }
        catch (Exception e)
        {
            // Who stands around a method sees its failure in its task, whichever way the method was written.
            return Task.FromException<TResult>(e);
        }
    }

    /// <inheritdoc cref="UseAsync{TArguments, TResult}"/>
    public Task UseAsync<TArguments>(
        ServerCallContext context,
        TArguments arguments,
        Func<T, TArguments, Task> use
    )
    {
        if (_shared is null)
        {
            return UseOwnAsync(
                context,
                (arguments, use),
                static async (instance, call) =>
                {
                    await call.use(instance, call.arguments).ConfigureAwait(false);
                    return true;
                }
            );
        }

        try
        {
            return use(_shared.Value, arguments);
        }
        catch (Exception e)
        {
            return Task.FromException(e);
        }
    }

    private async Task<TResult> UseOwnAsync<TArguments, TResult>(
        ServerCallContext context,
        TArguments arguments,
        Func<T, TArguments, Task<TResult>> use
    )
    {
        var activated = Create(context.GetHttpContext().RequestServices);
        try
        {
            return await use(activated.Instance, arguments).ConfigureAwait(false);
        }
        finally
        {
            await activated.ReleaseAsync().ConfigureAwait(false);
        }
    }

    private Activated<T> Create(IServiceProvider services) =>
        _arguments.Length == 0 && services.GetService(_type) is T registered
            ? new Activated<T>(registered, isOurs: false)
            : new Activated<T>((T)_factory.Value(services, _arguments), isOurs: true);
}
