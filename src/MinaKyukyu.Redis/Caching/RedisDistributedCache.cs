using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Redis.Connection;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using StackExchange.Redis;

namespace MinaKyukyu.Redis.Caching;

/// <summary>
/// The framework's distributed cache over Redis. It never throws for what Redis does: whatever fails, is late, is of a foreign
/// type or does not fit is a miss. Asynchronous only.
/// </summary>
internal sealed class RedisDistributedCache : IDistributedCache
{
    /// <summary>Longest life of an entry, also when the caller names none.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(2);

    private readonly RedisConnection _connection;
    private readonly RedisOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _guard;
    private int _underWay;

    public RedisDistributedCache(
        RedisConnection connection,
        RedisOptions options,
        TimeProvider time,
        ILogger<RedisDistributedCache> logger
    )
    {
        _connection = connection;
        _options = options;
        _time = time;
        _logger = logger;
        _guard = BuildGuard();
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        byte[]? found = null;
        await TryAsync(
            async database =>
            {
                RedisValue value = await database.StringGetAsync(key);
                found = value.HasValue ? (byte[]?)value : null;
            },
            token
        );
        if (found is not null && found.Length > _options.LargestValueBytes)
        {
            RedisLog.ForeignValue(_logger);
            RedisTelemetry.Count("foreign");
            return null;
        }

        return found;
    }

    public Task SetAsync(
        string key,
        byte[] value,
        DistributedCacheEntryOptions entryOptions,
        CancellationToken token = default
    )
    {
        TimeSpan life = LifeOf(entryOptions);
        return value.Length > _options.LargestValueBytes || life <= TimeSpan.Zero
            ? Task.CompletedTask
            : TryAsync(database => database.StringSetAsync(key, value, life), token);
    }

    /// <summary>Entries have an absolute end, so there is nothing to refresh.</summary>
    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

    public Task RemoveAsync(string key, CancellationToken token = default) =>
        TryAsync(database => database.KeyDeleteAsync(key), token);

    public byte[]? Get(string key) => throw OnlyAsynchronous();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions entryOptions) =>
        throw OnlyAsynchronous();

    public void Refresh(string key) => throw OnlyAsynchronous();

    public void Remove(string key) => throw OnlyAsynchronous();

    private async Task TryAsync(Func<IDatabase, Task> act, CancellationToken cancellation)
    {
        if (_connection.Database is not { } database)
        {
            RedisTelemetry.Count("not_connected");
            return;
        }

        if (Interlocked.Increment(ref _underWay) > _options.CommandsUnderWay)
        {
            Interlocked.Decrement(ref _underWay);
            RedisTelemetry.Count("full");
            return;
        }

        try
        {
            await _guard.ExecuteAsync(
                static async (state, token) => await Left(state.act(state.database), token),
                (act, database),
                cancellation
            );
            RedisTelemetry.Count("done");
        }
        catch (BrokenCircuitException)
        {
            RedisTelemetry.Count("resting");
        }
        catch (TimeoutRejectedException)
        {
            RedisTelemetry.Count("late");
        }
        catch (RedisServerException)
        {
            // It answered, only not with an entry of ours: a key of another type, say.
            RedisLog.ForeignValue(_logger);
            RedisTelemetry.Count("foreign");
        }
        catch (Exception) when (!cancellation.IsCancellationRequested)
        {
            // The old and the new line of the library throw different things when a connection breaks; here each of them is a miss.
            RedisTelemetry.Count("failed");
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    /// <summary>Waits no longer than the token says for a library that knows no tokens; a late failure is observed and forgotten.</summary>
    private static async Task Left(Task command, CancellationToken token)
    {
        _ = command.ContinueWith(
            static t => _ = t.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        await command.WaitAsync(token);
    }

    private TimeSpan LifeOf(DistributedCacheEntryOptions entryOptions)
    {
        TimeSpan wished =
            entryOptions.AbsoluteExpirationRelativeToNow
            ?? (entryOptions.AbsoluteExpiration - _time.GetUtcNow())
            ?? entryOptions.SlidingExpiration
            ?? LongestLife;
        return wished < LongestLife ? wished : LongestLife;
    }

    private ResiliencePipeline BuildGuard() =>
        new ResiliencePipelineBuilder { TimeProvider = _time }
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions
                {
                    // Ten commands within a second, at least half of them failed. The second is short, so that the successes
                    // of a busy minute do not hide that Redis has just frozen.
                    FailureRatio = 0.5,
                    MinimumThroughput = 10,
                    SamplingDuration = TimeSpan.FromSeconds(1),
                    BreakDuration = _options.Rest,
                    ShouldHandle = new PredicateBuilder().Handle<Exception>(failure =>
                        failure is not RedisServerException
                    ),
                    OnOpened = _ =>
                    {
                        RedisLog.Rests(_logger);
                        return ValueTask.CompletedTask;
                    },
                    OnClosed = _ =>
                    {
                        RedisLog.AnswersAgain(_logger);
                        return ValueTask.CompletedTask;
                    },
                }
            )
            .AddTimeout(_options.CommandWithin)
            .Build();

    private static NotSupportedException OnlyAsynchronous() =>
        new(
            "Redis is spoken to asynchronously only; a blocked thread would make its trouble ours."
        );
}
