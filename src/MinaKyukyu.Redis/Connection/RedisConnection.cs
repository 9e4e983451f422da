using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace MinaKyukyu.Redis.Connection;

/// <summary>The one connection of this process; set up in the background on first use, and by the library again whenever it breaks.</summary>
internal sealed class RedisConnection(RedisOptions options, ILogger<RedisConnection> logger)
    : IDisposable
{
    /// <summary>Worker threads kept ready: the library completes commands on the pool, and a cold pool adds half a second.</summary>
    private const int ReadyThreads = 16;

    private readonly Lock _gate = new();
    private Task<ConnectionMultiplexer>? _connecting;
    private bool _isClosed;

    /// <summary>The database; null while there is no connection. Never waits.</summary>
    public IDatabase? Database
    {
        get
        {
            lock (_gate)
            {
                if (_isClosed)
                {
                    return null;
                }

                if (_connecting is null || _connecting.IsFaulted || _connecting.IsCanceled)
                {
                    _connecting = Begin();
                }

                return _connecting.IsCompletedSuccessfully
                    ? _connecting.Result.GetDatabase()
                    : null;
            }
        }
    }

    public static void RaiseThreadPoolMinimum()
    {
        ThreadPool.GetMinThreads(out int workers, out int completions);
        ThreadPool.SetMinThreads(
            Math.Max(workers, ReadyThreads),
            Math.Max(completions, ReadyThreads)
        );
    }

    public void Dispose()
    {
        Task<ConnectionMultiplexer>? last;
        lock (_gate)
        {
            _isClosed = true;
            last = _connecting;
        }

        _ = last?.ContinueWith(
            static t => t.Result.Dispose(),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default
        );
    }

    private Task<ConnectionMultiplexer> Begin()
    {
        ConfigurationOptions configuration = ConfigurationOptions.Parse(options.Address);
        // A server that is not there yet is no error: the library goes on trying, and we go on without it.
        configuration.AbortOnConnectFail = false;
        configuration.ConnectTimeout = 1_000;
        configuration.ConnectRetry = 1;
        configuration.SyncTimeout = 1_000;
        configuration.KeepAlive = 10;
        // Name resolution inside the library may block, so it does that on a thread of the pool.
        Task<ConnectionMultiplexer> begun = Task.Run(() =>
            ConnectionMultiplexer.ConnectAsync(configuration)
        );
        _ = begun.ContinueWith(
            t => RedisLog.ConnectionFailed(logger, t.Exception!.GetBaseException().GetType().Name),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default
        );
        return begun;
    }
}
