#if !PUBLIC_PACKAGES
using Xunit.Abstractions;

namespace MinaKyukyu.GrpcTests.Fuzz;

/// <summary>Answers changed by their structure, given to the client; with the public packages it is theirs, and not asked here.</summary>
[Collection(Alone.Name)]
public sealed class ClientFuzzTests(ITestOutputHelper output)
{
    private const int Exchanges = 3_000;

    [Fact]
    public async Task Ends_every_call_in_words_that_callers_know() =>
        await GoAsync(FuzzSeed.Asked, Exchanges * FuzzSeed.Times);

    private async Task GoAsync(int seed, int exchanges)
    {
        output.WriteLine($"{exchanges} calls; {FuzzSeed.HowToReplay(seed)}");
        await using var run = new ClientRun(seed);
        var since = TimeProvider.System.GetTimestamp();

        await run.GoAsync(exchanges);

        var seconds = TimeProvider.System.GetElapsedTime(since).TotalSeconds;
        output.WriteLine(
            $"{exchanges / seconds:F0} calls a second; at most {run.Memory.MostSeen} bytes in one, {run.Memory.Growth} more alive"
        );
        output.WriteLine(string.Join(", ", run.Outcomes.Select(o => $"{o.Key} {o.Value}")));
    }
}
#endif
