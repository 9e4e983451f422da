#if !PUBLIC_PACKAGES
using MinaKyukyu.GrpcTests.Fuzz.Oracles;
using Xunit.Abstractions;

namespace MinaKyukyu.GrpcTests.Fuzz;

/// <summary>
/// Requests changed by their structure, sent to the server. Not with the public packages: they answer some broken requests with
/// UNKNOWN and log them as errors, which is for their makers to say.
/// </summary>
[Collection(Alone.Name)]
public sealed class ServerFuzzTests(ITestOutputHelper output)
{
    private const int Exchanges = 4_000;
    private const int Beside = 4;

    [Fact]
    public async Task Ends_every_exchange_in_order_and_stays_small() =>
        await OneAfterAnotherAsync(FuzzSeed.Asked, Exchanges * FuzzSeed.Times);

    [Fact]
    public async Task Ends_every_exchange_when_several_come_at_once()
    {
        var seed = FuzzSeed.Asked;
        await using var server = await FuzzedServer.StartAsync();
        var runs = Enumerable
            .Range(1, Beside)
            .Select(i => new ServerRun(server, seed) { First = i * 10_000_000 })
            .ToArray();

        await Task.WhenAll(runs.Select(r => r.GoAsync(Exchanges / Beside)));

        foreach (var run in runs)
        {
            run.Dispose();
        }
    }

    private async Task OneAfterAnotherAsync(int seed, int exchanges)
    {
        output.WriteLine($"{exchanges} exchanges; {FuzzSeed.HowToReplay(seed)}");
        var memory = new MemoryOracle();
        await using var server = await FuzzedServer.StartAsync();
        using var run = new ServerRun(server, seed) { Memory = memory };
        var since = TimeProvider.System.GetTimestamp();

        await run.GoAsync(exchanges);

        var seconds = TimeProvider.System.GetElapsedTime(since).TotalSeconds;
        output.WriteLine(
            $"{exchanges / seconds:F0} exchanges a second; at most {memory.MostSeen} bytes in one, {memory.Growth} more alive; {server.Log.Lines} lines of log"
        );
        output.WriteLine(string.Join(", ", run.Outcomes.Select(o => $"{o.Key} {o.Value}")));
        Assert.NotEqual(0, server.Log.Lines);
    }
}
#endif
