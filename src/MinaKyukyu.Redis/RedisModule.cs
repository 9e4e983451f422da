using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Redis.Caching;
using MinaKyukyu.Redis.Connection;

namespace MinaKyukyu.Redis;

/// <summary>The door of the room.</summary>
public static class RedisModule
{
    /// <summary>Adds an <see cref="IDistributedCache"/> over the Redis at HOST:PORT. Needs a <see cref="TimeProvider"/> and logging.</summary>
    /// <remarks>Nothing is connected here, and a Redis that is not there is no error, now or later.</remarks>
    /// <exception cref="ArgumentException">The address is empty.</exception>
    public static IServiceCollection AddRedisCache(
        this IServiceCollection services,
        string address
    ) => services.AddRedisCache(new RedisOptions { Address = address });

    /// <inheritdoc cref="AddRedisCache(IServiceCollection, string)"/>
    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public static IServiceCollection AddRedisCache(
        this IServiceCollection services,
        RedisOptions options
    )
    {
        options.Checked();
        RedisConnection.RaiseThreadPoolMinimum();
        services.AddSingleton(s => new RedisConnection(
            options,
            s.GetRequiredService<ILogger<RedisConnection>>()
        ));
        services.AddSingleton<IDistributedCache>(s => new RedisDistributedCache(
            s.GetRequiredService<RedisConnection>(),
            options,
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<RedisDistributedCache>>()
        ));
        return services;
    }
}
