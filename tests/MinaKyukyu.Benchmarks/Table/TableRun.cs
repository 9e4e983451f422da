using MinaKyukyu.Benchmarks.Measuring;
using MinaKyukyu.Benchmarks.Networks;
using MinaKyukyu.Benchmarks.Trials;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Metrics;

namespace MinaKyukyu.Benchmarks.Table;

/// <summary>Imports a network, opens the file, measures every trial on it.</summary>
internal sealed class TableRun(SampleSize size, int seed, string only = "")
{
    public NetworkFigures Measure(Network network)
    {
        string before = Load.Now;
        network.Prepare();
        ImportCost import = ImportRun.Measure(network);
        RoadMap roads = RoadNetworkLoader.Load(network.File);
        var situation = new Situation(roads, seed);
        IReadOnlyList<Reading> readings = new Sampler(size).Measure(
            AllTrials
                .Of(situation, network.File)
                .Where(trial => trial.Name.Contains(only, StringComparison.Ordinal))
        );
        Metric metric = roads.Metric(Situation.Profile);
        return new NetworkFigures(
            network.Name,
            network.IsPrefecture,
            roads.Graph.NodeCount,
            roads.Graph.EdgeCount,
            metric.Roads.ArcCount,
            metric.Roads.Height,
            roads.Frame.Metrics.Usual.Keys.Count,
            import,
            readings,
            before,
            Load.Now
        );
    }
}
