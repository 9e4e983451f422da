using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Summaries;
using StackExchange.Redis;
using static MinaKyukyu.MedicalInfo.Tests.Invented;

namespace MinaKyukyu.MedicalInfo.Tests.Redis;

/// <summary>What is measured in milliseconds is measured alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

/// <summary>Redis may be killed, frozen, flushed, filled with wrong types and tampered bytes; results stay, only speed changes.</summary>
[Collection(Alone.Name)]
public sealed class RedisDistributedCacheTests
{
    private const int EntriesOfASummary = 8;

    private static readonly DistributedCacheEntryOptions AMinute = new()
    {
        AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(1),
    };

    [Fact]
    public async Task Gives_back_what_it_was_given_and_forgets_what_it_is_told_to()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using ServiceProvider services = RedisServer.Services(server.Address);
        IDistributedCache cache = services.GetRequiredService<IDistributedCache>();
        await IsUp(cache);

        await cache.SetAsync("k", [1, 2, 3], AMinute);
        Assert.Equal([1, 2, 3], await cache.GetAsync("k"));
        using ConnectionMultiplexer inside = await server.LookInsideAsync();
        TimeSpan? life = await inside.GetDatabase().KeyTimeToLiveAsync("k");
        Assert.InRange(life!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));

        await cache.RemoveAsync("k");
        Assert.Null(await cache.GetAsync("k"));
    }

    [Fact]
    public async Task Nothing_stays_longer_than_two_hours_whatever_the_caller_says()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using ServiceProvider services = RedisServer.Services(server.Address);
        IDistributedCache cache = services.GetRequiredService<IDistributedCache>();
        await IsUp(cache);

        await cache.SetAsync("k", [1], new DistributedCacheEntryOptions());

        using ConnectionMultiplexer inside = await server.LookInsideAsync();
        Assert.InRange(
            (await inside.GetDatabase().KeyTimeToLiveAsync("k"))!.Value,
            TimeSpan.FromMinutes(110),
            TimeSpan.FromHours(2)
        );
    }

    [Fact]
    public async Task Where_no_redis_is_everything_is_a_miss_and_nothing_throws()
    {
        RedisServer gone = await RedisServer.StartAsync();
        await gone.DisposeAsync();
        await using ServiceProvider services = RedisServer.Services(gone.Address);
        IDistributedCache cache = services.GetRequiredService<IDistributedCache>();

        for (int i = 0; i < 30; i++)
        {
            await cache.SetAsync("k", [1], AMinute);
            Assert.Null(await cache.GetAsync("k"));
            await cache.RemoveAsync("k");
        }
    }

    [Fact]
    public async Task Killed_in_mid_use_it_is_a_miss_and_comes_back_by_itself()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using ServiceProvider services = RedisServer.Services(server.Address);
        IDistributedCache cache = services.GetRequiredService<IDistributedCache>();
        await IsUp(cache);
        await cache.SetAsync("k", [1], AMinute);

        Task[] inFlight = [.. Enumerable.Range(0, 40).Select(_ => (Task)cache.GetAsync("k"))];
        await server.KillAsync();
        await Task.WhenAll(inFlight).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Null(await cache.GetAsync("k"));

        await server.UpAsync();
        await IsUp(cache);
    }

    [Fact]
    public async Task Frozen_it_costs_fifty_milliseconds_a_time_then_nothing_and_thaws()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using ServiceProvider services = RedisServer.Services(server.Address);
        IDistributedCache cache = services.GetRequiredService<IDistributedCache>();
        await IsUp(cache);
        await server.FreezeAsync();

        long since = Stopwatch.GetTimestamp();
        for (int i = 0; i < 30; i++)
        {
            Assert.Null(await cache.GetAsync("k").WaitAsync(TimeSpan.FromSeconds(5)));
        }

        // Ten times 50 ms, then rest. Without the rest 30 look-ups would take 1.5 s; 1.2 s leaves room for a busy machine.
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 0.1, 1.2);

        await server.ThawAsync();
        await IsUp(cache);
    }

    [Fact]
    public async Task A_key_of_a_foreign_type_is_a_miss_and_does_not_rest_the_cache()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using ServiceProvider services = RedisServer.Services(server.Address);
        IDistributedCache cache = services.GetRequiredService<IDistributedCache>();
        await IsUp(cache);
        using ConnectionMultiplexer inside = await server.LookInsideAsync();
        await inside.GetDatabase().ListLeftPushAsync("list", "x");

        for (int i = 0; i < 20; i++)
        {
            Assert.Null(await cache.GetAsync("list"));
        }

        await cache.SetAsync("k", [1], AMinute);
        Assert.Equal([1], await cache.GetAsync("k"));
    }

    [Fact]
    public async Task Speaks_asynchronously_only()
    {
        await using ServiceProvider services = RedisServer.Services("127.0.0.1:1");
        IDistributedCache cache = services.GetRequiredService<IDistributedCache>();

        Assert.Throws<NotSupportedException>(() => cache.Get("k"));
        Assert.Throws<NotSupportedException>(() => cache.Set("k", [1], AMinute));
        Assert.Throws<NotSupportedException>(() => cache.Remove("k"));
    }

    [Theory]
    [InlineData("flush")]
    [InlineData("tamper")]
    [InlineData("wrong types")]
    [InlineData("kill")]
    [InlineData("freeze")]
    public async Task A_summary_is_the_same_whatever_happens_to_redis(string what)
    {
        const string canary = "invented-canary";
        await using RedisServer server = await RedisServer.StartAsync();
        await using ServiceProvider services = RedisServer.Services(server.Address);
        IDistributedCache cache = services.GetRequiredService<IDistributedCache>();
        await IsUp(cache);
        ScriptedSource source = new();
        // Real time runs here, so the row is one without a window.
        source.Answers(
            RecordKind.Conditions,
            Found(Row(RowKind.Condition, text: canary) with { IsKeptLonger = true })
        );
        using MedicalSummaries summaries = Invented.Summaries(
            source,
            TimeProvider.System,
            cache,
            new MedicalInfoOptions { FirstLevelEntries = 1 }
        );
        using ConnectionMultiplexer inside = await server.LookInsideAsync();
        await Eventually.IsTrue(async () =>
        {
            await summaries.ReadAll(Question());
            return inside.GetServer(server.Address).Keys().Count() >= EntriesOfASummary;
        });
        await NoEntryHolds(inside, server, canary);

        await Happen(what, server, inside);
        List<SummaryEvent> again = await summaries.ReadAll(Question());

        Assert.Equal(SummaryOutcome.Complete, again.End().Outcome);
        Assert.Equal(canary, Assert.Single(again.Section(SectionKind.Conditions).Rows).Text);
        await summaries.ForgetAsync(Incident, CancellationToken.None);
    }

    private static async Task NoEntryHolds(
        ConnectionMultiplexer inside,
        RedisServer server,
        string canary
    )
    {
        List<RedisKey> keys = [.. inside.GetServer(server.Address).Keys()];
        Assert.True(keys.Count >= EntriesOfASummary, $"{keys.Count} entries in Redis");
        foreach (RedisKey key in keys)
        {
            byte[] value = (byte[]?)await inside.GetDatabase().StringGetAsync(key) ?? [];
            string seen = (string?)key + Encoding.Latin1.GetString(value);
            Assert.DoesNotContain(canary, seen, StringComparison.Ordinal);
            Assert.DoesNotContain("patient-1", seen, StringComparison.Ordinal);
        }
    }

    private static async Task Happen(string what, RedisServer server, ConnectionMultiplexer inside)
    {
        IDatabase database = inside.GetDatabase();
        switch (what)
        {
            case "flush":
                await inside.GetServer(server.Address).FlushAllDatabasesAsync();
                break;
            case "tamper":
                foreach (RedisKey key in inside.GetServer(server.Address).Keys())
                {
                    await database.StringSetAsync(key, new byte[] { 1, 2, 3 });
                }

                break;
            case "wrong types":
                foreach (RedisKey key in inside.GetServer(server.Address).Keys().ToList())
                {
                    await database.KeyDeleteAsync(key);
                    await database.HashSetAsync(key, "field", "value");
                }

                break;
            case "kill":
                await server.KillAsync();
                break;
            default:
                await server.FreezeAsync();
                break;
        }
    }

    private static Task IsUp(IDistributedCache cache) =>
        Eventually.IsTrue(async () =>
        {
            await cache.SetAsync("probe", [7], AMinute);
            return (await cache.GetAsync("probe")) is [7];
        });
}
