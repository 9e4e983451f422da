using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace MinaKyukyu.MedicalInfo.Caching;

/// <summary>The second level: sealed bytes behind the framework's distributed-cache port. Whatever it does, the worst is a miss.</summary>
/// <remarks>It may be down, frozen, flushed, rolled back or poisoned at any moment; only speed changes.</remarks>
internal sealed class SecondLevel
{
    private readonly IDistributedCache _cache;
    private readonly ResiliencePipeline _guard;

    public SecondLevel(
        IDistributedCache cache,
        MedicalInfoOptions options,
        TimeProvider time,
        ILogger<SecondLevel> logger
    )
    {
        _cache = cache;
        _guard = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions
                {
                    // Ten look-ups within a second, at least half of them failed; one reading makes eight. The second is short,
                    // so that the successes of a busy minute do not hide that the cache has just frozen.
                    FailureRatio = 0.5,
                    MinimumThroughput = 10,
                    SamplingDuration = TimeSpan.FromSeconds(1),
                    BreakDuration = options.SecondLevelRest,
                    OnOpened = _ =>
                    {
                        MedicalInfoLog.SecondLevelRests(logger);
                        return ValueTask.CompletedTask;
                    },
                }
            )
            .AddTimeout(options.SecondLevelWithin)
            .Build();
    }

    public async ValueTask<byte[]?> FindAsync(string name, CancellationToken cancellation)
    {
        byte[]? found = null;
        await TryAsync(
            async token => found = await Bounded(_cache.GetAsync(name, token), token),
            cancellation
        );
        return found;
    }

    public ValueTask KeepAsync(
        string name,
        byte[] sealedEntry,
        TimeSpan keptFor,
        CancellationToken cancellation
    ) =>
        TryAsync(
            token =>
                Bounded(
                    _cache.SetAsync(
                        name,
                        sealedEntry,
                        new DistributedCacheEntryOptions
                        {
                            AbsoluteExpirationRelativeToNow = keptFor,
                        },
                        token
                    ),
                    token
                ),
            cancellation
        );

    public ValueTask RemoveAsync(string name, CancellationToken cancellation) =>
        TryAsync(token => Bounded(_cache.RemoveAsync(name, token), token), cancellation);

    private async ValueTask TryAsync(
        Func<CancellationToken, Task> act,
        CancellationToken cancellation
    )
    {
        try
        {
            await _guard.ExecuteAsync(
                static async (act, token) => await act(token),
                act,
                cancellation
            );
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (BrokenCircuitException)
        {
            MedicalInfoTelemetry.CountLookup(2, "resting");
        }
        catch (TimeoutRejectedException)
        {
            MedicalInfoTelemetry.CountLookup(2, "late");
        }
        catch (Exception)
        {
            // A cache of whatever make may fail in whatever way; its contract here is "a miss", and the pipeline has counted it.
            MedicalInfoTelemetry.CountLookup(2, "failed");
        }
    }

    /// <summary>Leaves a cache that does not heed the token; its late failure is observed and forgotten.</summary>
    private static async Task Bounded(Task call, CancellationToken token)
    {
        Observe(call);
        await call.WaitAsync(token);
    }

    private static async Task<byte[]?> Bounded(Task<byte[]?> call, CancellationToken token)
    {
        Observe(call);
        return await call.WaitAsync(token);
    }

    private static void Observe(Task call) =>
        _ = call.ContinueWith(
            static t => _ = t.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
}
