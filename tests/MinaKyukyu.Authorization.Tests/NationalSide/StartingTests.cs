using System.Net;
using MinaKyukyu.StandIn;
using MinaKyukyu.StandIn.Counts;

namespace MinaKyukyu.Authorization.Tests.NationalSide;

public sealed class StartingTests
{
    [Fact]
    public void Counting_loses_nothing_among_threads_and_does_not_grow_without_bound()
    {
        RequestCounts counts = new();
        Parallel.For(0, 10_000, i => counts.Add(i % 2 == 0 ? "even" : "odd"));
        Assert.Equal(5_000, counts.Snapshot()["even"]);
        for (int i = 0; i < 1_000; i++)
        {
            counts.Add($"kind-{i}");
        }

        Assert.InRange(counts.Snapshot().Count, 200, 210);
        Assert.Equal(11_000, counts.Snapshot().Values.Sum());
    }

    [Theory]
    [InlineData("--listen http://127.0.0.1:0 --seed 5 --patients 3", true)]
    [InlineData("--listen http://[::1]:0", true)]
    [InlineData("--listen http://0.0.0.0:0", false)]
    [InlineData("--listen http://192.0.2.1:80", false)]
    [InlineData("--listen https://127.0.0.1:0", false)]
    [InlineData("--listen", false)]
    [InlineData("--patients 0", false)]
    [InlineData("--patients 5001", false)]
    [InlineData("--seed x", false)]
    [InlineData("--record-delay-ms 300", true)]
    [InlineData("--record-delay-ms 60001", false)]
    [InlineData("--unknown 1", false)]
    public void It_starts_on_loopback_only_and_with_words_that_it_knows(string words, bool starts)
    {
        StandInOptions? options = StandInOptions.Parse(words.Split(' '), out string problem);
        Assert.Equal(starts, options is not null);
        Assert.Equal(starts, problem.Length == 0);
    }

    [Fact]
    public void It_does_not_listen_on_other_addresses_when_built_by_hand() =>
        Assert.Throws<ArgumentException>(() =>
            StandInApp.Build(
                StandInOptions.Default with
                {
                    Listen = new IPEndPoint(IPAddress.Any, 0),
                },
                TimeProvider.System
            )
        );
}
