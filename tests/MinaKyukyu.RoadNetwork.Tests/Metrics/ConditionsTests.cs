using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.Tests.Cities;
using MinaKyukyu.RoadNetwork.Tests.TravelTimes;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.TestKit;
using Xunit.Abstractions;

namespace MinaKyukyu.RoadNetwork.Tests.Metrics;

public class ConditionsTests(ITestOutputHelper output)
{
    private const int FirstSeed = 20_261_122;

    [Fact]
    public void A_closed_street_is_driven_around_and_an_opened_one_is_driven_again()
    {
        DrawnMap map = DrawnMap.Draw(
            """
            a -1- b -1- c
            |           |
            2           2
            |           |
            d ----3---- e
            """
        );
        RoadMap closed = map.Roads.Under(Closed(map, ("b", "c"), ("c", "b")));
        Assert.Equal(120_000, Time(map.Roads, map, "a", "c"));
        Assert.Equal(420_000, Time(closed, map, "a", "c"));
        Assert.Equal(120_000, Time(closed.Under(RoadConditions.Clear), map, "a", "c"));
        // Whoever took the picture before keeps it.
        Assert.Equal(420_000, Time(closed, map, "a", "c"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Conditions_of_other_roads_are_refused(int edge)
    {
        DrawnMap map = DrawnMap.Draw("a -1- b");
        Assert.Throws<ArgumentException>(() => map.Roads.Under(RoadConditions.Of([(edge, 0)])));
    }

    [Fact]
    public void A_street_closed_one_way_is_open_the_other_way()
    {
        DrawnMap map = DrawnMap.Draw("a -1- b");
        RoadMap closed = map.Roads.Under(Closed(map, ("a", "b")));
        Assert.Equal(TravelTime.Unreachable, Time(closed, map, "a", "b"));
        Assert.Equal(60_000, Time(closed, map, "b", "a"));
    }

    [Fact]
    public void A_slowed_street_takes_longer_and_the_worst_of_two_effects_holds()
    {
        DrawnMap map = DrawnMap.Draw("a -1- b -1- c");
        int edge = Edge(map, "a", "b");
        RoadMap slow = map.Roads.Under(RoadConditions.Of([(edge, 50), (edge, 80)]));
        Assert.Equal(180_000, Time(slow, map, "a", "c"));
        Assert.Equal(120_000, Time(slow, map, "c", "a"));
    }

    [Fact]
    public void The_last_metres_along_a_closed_street_are_walked_and_the_way_says_so()
    {
        DrawnMap map = DrawnMap.Draw("a -1- b -1- c");
        RoadMap closed = map.Roads.Under(Closed(map, ("b", "c"), ("c", "b")));
        RoadPosition scene = map.Between("b", "c", 0.5);
        Route? open = map.Roads.TravelTimes.PointToPoint(
            map.At("a"),
            scene,
            DrivingProfile.Emergency
        );
        Route? walked = closed.TravelTimes.PointToPoint(
            map.At("a"),
            scene,
            DrivingProfile.Emergency
        );
        Assert.Equal(0, open!.MetersOnFoot);
        Assert.True(walked!.MetersOnFoot > 0);
        Assert.True(walked.Milliseconds >= open.Milliseconds);
        Assert.Null(
            closed.TravelTimes.PointToPoint(map.At("a"), map.At("c"), DrivingProfile.Emergency)
        );
    }

    [Fact]
    public void Full_and_partial_customization_agree_bit_for_bit_after_every_change()
    {
        output.WriteLine($"seeds {FirstSeed} to {FirstSeed + 299}");
        for (int seed = FirstSeed; seed < FirstSeed + 300; seed++)
        {
            RoadMap roads = new RandomRoads(seed).Map;
            var random = new Random(seed);
            for (int change = 0; change < 4 && roads.Graph.EdgeCount > 0; change++)
            {
                roads = roads.Under(SomeConditions(roads, random, random.Next(6)));
                AssertEqualToFull(roads, $"seed {seed}, change {change}");
            }
        }
    }

    [Theory]
    [InlineData("Auckland")]
    [InlineData("Tachikawa")]
    public void Full_and_partial_customization_agree_bit_for_bit_in_a_city(string city)
    {
        var random = new Random(FirstSeed);
        RoadMap roads = City.Map(city);
        for (int change = 0; change < 100; change++)
        {
            roads = roads.Under(SomeConditions(roads, random, 1 + (change % 20)));
            AssertEqualToFull(roads, $"change {change}");
        }
    }

    [Fact]
    public void Closing_never_shortens_and_opening_never_lengthens()
    {
        for (int seed = FirstSeed; seed < FirstSeed + 300; seed++)
        {
            var drawn = new RandomRoads(seed);
            if (drawn.Map.Graph.EdgeCount == 0)
            {
                continue;
            }

            var random = new Random(seed);
            RoadMap worse = drawn.Map.Under(SomeConditions(drawn.Map, random, 3));
            foreach (RoadPosition from in drawn.Positions)
            {
                int[] open = Times(drawn.Map, from, drawn.Positions);
                int[] closed = Times(worse, from, drawn.Positions);
                for (int i = 0; i < open.Length; i++)
                {
                    Assert.True(
                        !TravelTime.IsReachable(closed[i])
                            || (TravelTime.IsReachable(open[i]) && open[i] <= closed[i]),
                        $"seed {seed}: {open[i]} became {closed[i]}"
                    );
                }
            }
        }
    }

    [Fact]
    public void Every_random_map_answers_like_Dijkstra_under_random_conditions_however_it_is_asked()
    {
        for (int seed = FirstSeed; seed < FirstSeed + 400; seed++)
        {
            var drawn = new RandomRoads(seed);
            var random = new Random(seed);
            RoadMap roads = drawn.Map.Under(SomeConditions(drawn.Map, random, 2));
            string? fault =
                RoadComparison.FirstDifference(
                    roads.TravelTimes,
                    roads.SlowTravelTimes(),
                    drawn.Positions,
                    drawn.Positions,
                    DrivingProfile.Emergency
                )
                ?? RoadComparison.FirstDifferenceOfStanding(
                    roads,
                    drawn.Positions,
                    drawn.Positions,
                    DrivingProfile.Emergency
                );
            Assert.True(fault is null, $"seed {seed}: {fault}");
        }
    }

    [Fact]
    public void An_answer_names_its_metric_and_equal_names_mean_equal_conditions()
    {
        RoadMap roads = City.Map("Tachikawa");
        string usual = roads.MetricVersion(DrivingProfile.Emergency);
        RoadMap closed = roads.Under(RoadConditions.Of([(7, 0)]));
        string changed = closed.MetricVersion(DrivingProfile.Emergency);
        Assert.NotEqual(usual, changed);
        Assert.Equal(
            changed,
            roads.Under(RoadConditions.Of([(7, 0)])).MetricVersion(DrivingProfile.Emergency)
        );
        Assert.NotEqual(changed, closed.MetricVersion(DrivingProfile.Ordinary));
        Assert.Same(closed, closed.Under(RoadConditions.Of([(7, 0)])));
    }

    private static void AssertEqualToFull(RoadMap roads, string what)
    {
        Metric metric = roads.Metric(DrivingProfile.Emergency);
        ArcTimes full = Customization.Of(metric.Roads, metric.Weights.Milliseconds);
        for (int arc = 0; arc < metric.Roads.ArcCount; arc++)
        {
            bool isEqual =
                full.Up[arc] == metric.Times.Up[arc] && full.Down[arc] == metric.Times.Down[arc];
            Assert.True(isEqual, what);
        }
    }

    private static RoadConditions SomeConditions(RoadMap roads, Random random, int edges) =>
        RoadConditions.Of(
            Enumerable
                .Range(0, roads.Graph.EdgeCount == 0 ? 0 : edges)
                .Select(_ =>
                    (
                        random.Next(roads.Graph.EdgeCount),
                        random.Next(2) == 0 ? 0 : random.Next(1, 100)
                    )
                )
        );

    private static int[] Times(RoadMap roads, RoadPosition from, RoadPosition[] targets)
    {
        var times = new int[targets.Length];
        roads.TravelTimes.OneToMany(from, targets, DrivingProfile.Emergency, times);
        return times;
    }

    private static RoadConditions Closed(DrawnMap map, params (string From, string To)[] streets) =>
        RoadConditions.Of(streets.Select(street => (Edge(map, street.From, street.To), 0)));

    private static int Edge(DrawnMap map, string from, string to)
    {
        RoadGraph graph = map.Roads.Graph;
        return Enumerable
            .Range(0, graph.EdgeCount)
            .First(edge =>
                graph.Tail[edge] == map.At(from).Node && graph.Head[edge] == map.At(to).Node
            );
    }

    private static int Time(RoadMap roads, DrawnMap map, string from, string to)
    {
        var times = new int[1];
        roads.TravelTimes.ManyToOne([map.At(from)], map.At(to), DrivingProfile.Emergency, times);
        return times[0];
    }
}
