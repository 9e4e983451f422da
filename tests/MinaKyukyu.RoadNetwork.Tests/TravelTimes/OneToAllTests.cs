using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.Tests.Cities;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.RoadNetwork.Tests.TravelTimes;

/// <summary>Where the reachable area comes from: every node of a city with its kept turns, beside Dijkstra.</summary>
public sealed class OneToAllTests
{
    [Theory]
    [InlineData("Tachikawa", 0)]
    [InlineData("Malta", 0)]
    [InlineData("Malta", 50)]
    public void Every_node_takes_what_Dijkstra_says(string city, int closures)
    {
        RoadMap roads = City.Map(city);
        RoadGraph graph = roads.Graph;
        var random = new Random(closures + 1);
        roads = roads.Under(
            RoadConditions.Of(
                Enumerable.Range(0, closures).Select(_ => (random.Next(graph.EdgeCount), 0))
            )
        );
        RoadPosition[] junctions =
        [
            .. Enumerable
                .Range(0, graph.NodeCount)
                .Where(node => graph.JunctionOf(node) == node)
                .Select(node => graph.PositionAtNode(node)),
        ];
        var truth = new int[junctions.Length];
        for (int i = 0; i < 4; i++)
        {
            RoadPosition source = graph.PositionOn(
                random.Next(graph.EdgeCount),
                random.NextDouble()
            );

            int[] times = OneToAll.From(roads.Metric(DrivingProfile.Emergency), source);

            roads.SlowTravelTimes().OneToMany(source, junctions, DrivingProfile.Emergency, truth);
            for (int place = 0; place < junctions.Length; place++)
            {
                int time = times[graph.ArrivalAt(junctions[place].Node)];
                int expected = TravelTime.IsReachable(truth[place])
                    ? truth[place]
                    : EdgeWeights.Infinity;
                Assert.True(time == expected, $"{city}, source {i}: {place} {time} {expected}");
            }
        }
    }
}
