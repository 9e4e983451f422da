using System.Globalization;
using MinaKyukyu.Benchmarks.Measuring;
using MinaKyukyu.Benchmarks.Networks;
using MinaKyukyu.Benchmarks.Table;
using MinaKyukyu.Benchmarks.Trials;
using MinaKyukyu.RoadNetwork;

namespace MinaKyukyu.Benchmarks.Peers;

/// <summary>Valhalla's matrix beside ours, from coordinates to times, both asked the same in one run.</summary>
internal sealed class PeerRun(SampleSize size, int seed)
{
    private const int Units = 300;
    private const int Targets = 40;

    // Its fastest first; the other is what it takes by itself for such questions.
    private static readonly string[] Algorithms = ["timedistancematrix", "select_optimal"];

    public string Measure(Network network)
    {
        string before = Load.Now;
        network.Prepare();
        if (!File.Exists(network.File))
        {
            ImportRun.Measure(network);
        }

        string config = ValhallaProcess.BuildTiles(network);
        RoadMap roads = RoadNetworkLoader.Load(network.File);
        var places = PlacesFile.Near(new Situation(roads, seed), Units, Targets);
        string file = Path.Combine(Checkout.Scratch, $"places-{network.Name}.json");
        places.Write(file);

        // Ours before and after theirs, so that a load that comes or goes helps neither.
        var trial = new SnapTrial(roads, places);
        var sampler = new Sampler(size);
        Reading first = sampler.Measure([trial])[0];
        PeerTimes[] peers =
        [
            .. Algorithms.Select(algorithm => ValhallaProcess.Ask(config, file, algorithm)),
        ];
        Reading second = sampler.Measure([trial])[0];
        return Text(network, first, second, peers, before);
    }

    private static string Text(
        Network network,
        Reading first,
        Reading second,
        PeerTimes[] peers,
        string before
    )
    {
        Agreement agreement = first.Agreement + second.Agreement;
        double slower = Math.Max(first.Time.P50, second.Time.P50);
        IEnumerable<string> theirs = Algorithms.Zip(
            peers,
            (algorithm, peer) =>
            {
                var time = Spread.Of([.. peer.Milliseconds.Select(ms => 1_000 * ms)]);
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"| Valhalla 3.6.1, {algorithm} | {Duration.Of(time.P50)} | {Duration.Of(time.P99)} | {peer.Answered} of {peer.Asked} | {time.P50 / slower:F0} × |"
                );
            }
        );
        return string.Join(
            '\n',
            [
                $"**{network.Name}**: {Units} coordinates to 1, end to end; load {before} before, {Load.Now} after",
                "",
                "| | p50 | p99 | answered | p50 beside the slower of ours |",
                "|---|---|---|---|---|",
                $"| ours, before | {Duration.Of(first.Time.P50)} | {Duration.Of(first.Time.P99)} | {agreement.Equal} equal to Dijkstra, {agreement.Unequal} unequal | |",
                $"| ours, after | {Duration.Of(second.Time.P50)} | {Duration.Of(second.Time.P99)} | | |",
                .. theirs,
                "",
                "Valhalla also charges turns, keeps several candidate edges for each coordinate, honours turn restrictions, reads and",
                "writes JSON, and also reports distances; ours does none of that here.",
                "",
            ]
        );
    }
}
