using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Tests.TravelTimes;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.Vocabulary.Places;
using Xunit.Abstractions;

namespace MinaKyukyu.RoadNetwork.Tests.Tachikawa;

public class TachikawaRoutesTests(ITestOutputHelper output)
{
    private const int Seed = 3_208_601;
    private static readonly RoadMap City = TachikawaRoads.Map;

    [Theory]
    [InlineData(DrivingProfile.Ordinary)]
    [InlineData(DrivingProfile.Emergency)]
    public void Routes_are_unbroken_and_take_what_many_to_one_says(DrivingProfile profile)
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        RoadPosition[] sources = [.. Enumerable.Range(0, 20).Select(_ => SomePlace(random))];
        var times = new int[sources.Length];
        for (int round = 0; round < 10; round++)
        {
            RoadPosition target = SomePlace(random);
            City.TravelTimes.ManyToOne(sources, target, profile, times);
            for (int i = 0; i < sources.Length; i++)
            {
                Route route = City.TravelTimes.PointToPoint(sources[i], target, profile)!;
                Assert.Equal(times[i], route.Milliseconds);
                Assert.Null(DrivenRoute.FirstFault(City.Graph, sources[i], target, route));
                Assert.Equal(City.Graph.PlaceOf(sources[i]), route.Polyline[0], Near);
                Assert.Equal(City.Graph.PlaceOf(target), route.Polyline[^1], Near);
                // The file's lengths and our drawing are measured on spheres of slightly different size.
                Assert.InRange(
                    Drawn(route),
                    (route.Meters * 0.995) - 1,
                    (route.Meters * 1.005) + 1
                );
                Assert.DoesNotContain("", route.StreetNames);
            }
        }
    }

    [Fact]
    public void Every_pair_of_a_sample_equals_a_search_without_any_early_end()
    {
        var random = new Random(Seed);
        RoadPosition[] places =
        [
            .. Enumerable
                .Range(0, 60)
                .Select(_ => City.Graph.PositionAtNode(random.Next(City.Graph.NodeCount))),
        ];
        ReadOnlySpan<int> weights = City.Weights(DrivingProfile.Emergency).Milliseconds;
        var times = new int[places.Length];
        foreach (RoadPosition source in places[..10])
        {
            int[] truth = BellmanFord(City.Graph, weights, source.Node);
            City.TravelTimes.OneToMany(source, places, DrivingProfile.Emergency, times);
            Assert.Equal(places.Select(place => truth[place.Node]), times);
        }
    }

    [Fact]
    public void Many_threads_get_the_answers_of_one()
    {
        var random = new Random(Seed);
        RoadPosition[] places = [.. Enumerable.Range(0, 24).Select(_ => SomePlace(random))];
        int[][] alone = [.. places.Select(Answers)];
        var together = new int[places.Length * 8][];
        Parallel.For(0, together.Length, i => together[i] = Answers(places[i % places.Length]));
        for (int i = 0; i < together.Length; i++)
        {
            Assert.Equal(alone[i % places.Length], together[i]);
        }

        int[] Answers(RoadPosition target)
        {
            var times = new int[places.Length];
            City.TravelTimes.ManyToOne(places, target, DrivingProfile.Emergency, times);
            return times;
        }
    }

    [Fact]
    public void A_query_takes_nothing_from_the_heap()
    {
        var random = new Random(Seed);
        RoadPosition[] sources = [.. Enumerable.Range(0, 300).Select(_ => SomePlace(random))];
        var times = new int[sources.Length];
        City.TravelTimes.ManyToOne(sources, sources[0], DrivingProfile.Emergency, times);
        long before = GC.GetAllocatedBytesForCurrentThread();
        City.TravelTimes.ManyToOne(sources, sources[1], DrivingProfile.Emergency, times);
        // A search stolen by another test's thread costs one new scratch; two queries cannot both be robbed for nothing.
        long first = GC.GetAllocatedBytesForCurrentThread() - before;
        City.TravelTimes.ManyToOne(sources, sources[2], DrivingProfile.Emergency, times);
        long second = GC.GetAllocatedBytesForCurrentThread() - before - first;
        Assert.Equal(0, Math.Min(first, second));
    }

    [Fact]
    public void Measured_ways_are_those_of_the_routes_on_each_class_of_road()
    {
        var random = new Random(Seed);
        RoadPosition[] sources = [.. Enumerable.Range(0, 20).Select(_ => SomePlace(random))];
        var lengths = new WayLengths?[sources.Length];
        for (int round = 0; round < 10; round++)
        {
            RoadPosition target = SomePlace(random);
            City.TravelTimes.MeasureWays(sources, target, DrivingProfile.Emergency, lengths);
            for (int i = 0; i < sources.Length; i++)
            {
                Route route = City.TravelTimes.PointToPoint(
                    sources[i],
                    target,
                    DrivingProfile.Emergency
                )!;
                WayLengths way = lengths[i]!.Value;
                Assert.Equal(route.Meters, way.Meters, 0.001);
                Assert.Equal(
                    MetersOn(route, "motorway", "motorway_link", "trunk", "trunk_link"),
                    way.Fast,
                    0.001
                );
                string[] main = ["primary", "secondary", "tertiary"];
                Assert.Equal(
                    MetersOn(route, [.. main, .. main.Select(c => c + "_link")]),
                    way.Main,
                    0.001
                );
            }
        }

        // A city in which every way has one class only would show nothing.
        Assert.Contains(lengths, way => way is { Main: > 100, Local: > 100 });
    }

    private static double MetersOn(Route route, params string[] classes) =>
        route
            .Steps.Where(step => classes.Contains(City.Graph.RoadClass(step.Edge)))
            .Sum(step =>
                City.Graph.LengthMeters[step.Edge] * (step.ToFraction - step.FromFraction)
            );

    [Fact]
    public void Measuring_ways_takes_nothing_from_the_heap()
    {
        var random = new Random(Seed);
        RoadPosition[] sources = [.. Enumerable.Range(0, 300).Select(_ => SomePlace(random))];
        var lengths = new WayLengths?[sources.Length];
        long least = long.MaxValue;
        for (int round = 0; round < 4; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            City.TravelTimes.MeasureWays(sources, sources[1], DrivingProfile.Emergency, lengths);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        // Scratch stolen by another test's thread costs a new one; four rounds cannot all be robbed.
        Assert.Equal(0, least);
    }

    [Fact]
    public void The_straight_line_guess_stands_near_what_the_roads_say()
    {
        foreach (DrivingProfile profile in Enum.GetValues<DrivingProfile>())
        {
            var random = new Random(Seed);
            var ratios = new List<double>();
            while (ratios.Count < 500)
            {
                (RoadPosition from, RoadPosition to) = (SomePlace(random), SomePlace(random));
                Route route = City.TravelTimes.PointToPoint(from, to, profile)!;
                if (route.Meters > 500)
                {
                    int guess = StraightLine.Milliseconds(
                        City.Graph.PlaceOf(from),
                        City.Graph.PlaceOf(to),
                        profile
                    );
                    ratios.Add((double)guess / route.Milliseconds);
                }
            }

            ratios.Sort();
            Assert.InRange(ratios[ratios.Count / 2], 0.9, 1.15);
        }
    }

    private static readonly Func<GeoPoint, GeoPoint, bool> Near = (a, b) =>
        a.DistanceMetersTo(b) < 0.01;

    private static RoadPosition SomePlace(Random random) =>
        City.Graph.PositionOn(random.Next(City.Graph.EdgeCount), random.NextDouble());

    private static double Drawn(Route route) =>
        route
            .Polyline.Zip(route.Polyline.Skip(1))
            .Sum(piece => piece.First.DistanceMetersTo(piece.Second));

    private static int[] BellmanFord(RoadGraph graph, ReadOnlySpan<int> weights, int source)
    {
        var distance = new int[graph.NodeCount];
        Array.Fill(distance, EdgeWeights.Infinity);
        distance[source] = 0;
        bool hasChanged = true;
        while (hasChanged)
        {
            hasChanged = false;
            for (int edge = 0; edge < graph.EdgeCount; edge++)
            {
                int through = distance[graph.Tail[edge]] + weights[edge];
                if (through < distance[graph.Head[edge]])
                {
                    distance[graph.Head[edge]] = through;
                    hasChanged = true;
                }
            }
        }

        return distance;
    }
}
