using BenchmarkDotNet.Attributes;
using MinaKyukyu.Benchmarks.Trials;

namespace MinaKyukyu.Benchmarks.Runs;

/// <summary>All units to one place, in every way there is to ask.</summary>
public class ManyToOneBenchmarks : RoadBenchmarks
{
    private Trial? _standing;
    private Trial? _moving;
    private Trial? _stateless;
    private Trial? _dijkstra;

    [Params(300, 1_000)]
    public int Units { get; set; }

    [Benchmark]
    public void Standing() => _standing!.Run();

    [Benchmark]
    public void Tenth_moved_before() => _moving!.Run();

    [Benchmark]
    public void Nothing_remembered() => _stateless!.Run();

    [Benchmark(Baseline = true)]
    public void Dijkstra() => _dijkstra!.Run();

    private protected override void SetUp(Situation situation)
    {
        _standing = new StandingTrial(situation, Units, moving: 0);
        _moving = new StandingTrial(situation, Units, moving: Units / 10);
        _stateless = ManyToOneTrial.Stateless(situation, Units);
        _dijkstra = ManyToOneTrial.Dijkstra(situation, Units);
    }
}
