using BenchmarkDotNet.Attributes;
using MinaKyukyu.Benchmarks.Trials;

namespace MinaKyukyu.Benchmarks.Runs;

/// <summary>What a new metric, a closure, a new order and a file cost.</summary>
public class MetricBenchmarks : RoadBenchmarks
{
    private Trial? _customization;
    private Trial? _closure;
    private Trial? _others;
    private Trial? _order;
    private Trial? _open;

    [Benchmark]
    public void Full_customization() => _customization!.Run();

    [Benchmark]
    public void Closure_visible() => _closure!.Run();

    [Benchmark]
    public void All_other_metrics_follow() => _others!.Run();

    [Benchmark]
    public void Order_and_contraction() => _order!.Run();

    [Benchmark]
    public void File_opened() => _open!.Run();

    private protected override void SetUp(Situation situation)
    {
        _customization = new CustomizationTrial(situation);
        _closure = new ClosureTrial(situation, AllTrials.Units);
        _others = new OtherMetricsTrial(situation);
        _order = new OrderTrial(situation);
        _open = new OpenTrial(situation, File, isAsked: false);
    }
}
