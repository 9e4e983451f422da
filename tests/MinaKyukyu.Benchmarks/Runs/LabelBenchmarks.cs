using BenchmarkDotNet.Attributes;
using MinaKyukyu.Benchmarks.Trials;

namespace MinaKyukyu.Benchmarks.Runs;

/// <summary>What one unit, one way and one place cost.</summary>
public class LabelBenchmarks : RoadBenchmarks
{
    private Trial? _nextStreet;
    private Trial? _anywhere;
    private Trial? _route;
    private Trial? _oneToAll;

    [Benchmark]
    public void Unit_put_on_the_next_street() => _nextStreet!.Run();

    [Benchmark]
    public void Unit_put_anywhere() => _anywhere!.Run();

    [Benchmark]
    public void One_way_with_its_line() => _route!.Run();

    [Benchmark]
    public void One_to_all_nodes() => _oneToAll!.Run();

    private protected override void SetUp(Situation situation)
    {
        _nextStreet = PutTrial.NextStreet(situation, AllTrials.Units);
        _anywhere = PutTrial.Anywhere(situation, AllTrials.Units);
        _route = new RouteTrial(situation);
        _oneToAll = new OneToAllTrial(situation);
    }
}
