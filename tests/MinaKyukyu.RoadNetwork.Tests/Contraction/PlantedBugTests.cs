using MinaKyukyu.RoadNetwork.Contraction;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.Tests.TravelTimes;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.RoadNetwork.Tests.Contraction;

/// <summary>A comparison that cannot fail proves nothing: each of these mistakes is made on purpose, and must be found.</summary>
public class PlantedBugTests
{
    private const int FirstSeed = 20_261_122;
    private const int Maps = 200;

    [Theory]
    [InlineData("none", false)]
    [InlineData("skipped triangle", true)]
    [InlineData("one direction forgotten", true)]
    [InlineData("same-edge case dropped", true)]
    public void The_comparison_finds_a_mistake_of_the_engine(string mistake, bool isFound)
    {
        Assert.Equal(
            isFound,
            Seeds()
                .Any(drawn =>
                    RoadComparison.FirstDifference(
                        Mistaken(drawn.Map, mistake),
                        drawn.Map.SlowTravelTimes(),
                        drawn.Positions,
                        drawn.Positions,
                        DrivingProfile.Emergency
                    )
                        is not null
                )
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_comparison_finds_a_label_that_stayed_behind_when_its_unit_moved(bool isStale)
    {
        bool isFound = Seeds()
            .Any(drawn =>
            {
                var places = new StandingPlaces(
                    drawn.Map,
                    DrivingProfile.Emergency,
                    DriveDirection.FromThem,
                    drawn.Positions.Length
                );
                RoadPosition[] moved = [.. drawn.Positions.Reverse()];
                for (int place = 0; place < moved.Length; place++)
                {
                    places.Put(place, drawn.Positions[place]);
                    if (!isStale || place != 0)
                    {
                        places.Put(place, moved[place]);
                    }
                }

                return RoadComparison.FirstDifferenceOfStanding(
                    drawn.Map,
                    places,
                    moved,
                    drawn.Positions,
                    DrivingProfile.Emergency,
                    isFrom: true
                )
                    is not null;
            });
        Assert.Equal(isStale, isFound);
    }

    [Fact]
    public void Labels_of_another_metric_give_no_answer_until_they_follow()
    {
        RandomRoads drawn = Seeds().First(one => one.Map.Graph.EdgeCount > 4);
        var places = new StandingPlaces(
            drawn.Map,
            DrivingProfile.Emergency,
            DriveDirection.FromThem,
            drawn.Positions.Length
        );
        for (int place = 0; place < drawn.Positions.Length; place++)
        {
            places.Put(place, drawn.Positions[place]);
        }

        RoadMap closed = drawn.Map.Under(RoadConditions.Of([(0, 0), (2, 30)]));
        var times = new int[places.Count];
        Assert.Throws<InvalidOperationException>(() =>
            places.Times(closed, drawn.Positions[0], times)
        );
        places.Follow(closed);
        Assert.Null(
            RoadComparison.FirstDifferenceOfStanding(
                closed,
                places,
                drawn.Positions,
                drawn.Positions,
                DrivingProfile.Emergency,
                isFrom: true
            )
        );
        Assert.Throws<InvalidOperationException>(() =>
            places.Times(drawn.Map, drawn.Positions[0], times)
        );
    }

    private static IEnumerable<RandomRoads> Seeds() =>
        Enumerable.Range(FirstSeed, Maps).Select(seed => new RandomRoads(seed));

    private static ITravelTimes Mistaken(RoadMap roads, string mistake)
    {
        Metric right = roads.Metric(DrivingProfile.Emergency);
        ArcTimes times = mistake switch
        {
            "skipped triangle" => WithoutTriangles(right),
            "one direction forgotten" => new ArcTimes(right.Times.Up, right.Times.Up),
            _ => right.Times,
        };
        var metric = new Metric(
            roads.Frame.Metrics,
            right.Key,
            right.Conditions,
            right.Weights,
            times
        );
        var engine = new ContractedTravelTimes(_ => metric, roads.Graph, [], []);
        return mistake == "same-edge case dropped" ? new WithoutSameEdge(engine) : engine;
    }

    /// <summary>One arc whose time comes from a triangle forgets it.</summary>
    private static ArcTimes WithoutTriangles(Metric right)
    {
        int[] ups = [.. Enumerable.Range(0, right.Roads.ArcCount).Select(a => right.Times.Up[a])];
        for (int arc = right.Roads.ArcCount - 1; arc >= 0; arc--)
        {
            int street = EdgeWeights.Infinity;
            for (int at = right.Roads.EdgeFirst[arc]; at < right.Roads.EdgeFirst[arc + 1]; at++)
            {
                int edge = right.Roads.Edges[at];
                street = right.Roads.LeadsUp[edge]
                    ? Math.Min(street, right.Weights.Milliseconds[edge])
                    : street;
            }

            if (street != ups[arc])
            {
                ups[arc] = street;
                break;
            }
        }

        return right.Times with
        {
            Up = new TimesByArc(right.Roads, ups),
        };
    }

    private sealed class WithoutSameEdge(ITravelTimes right) : ITravelTimes
    {
        public void ManyToOne(
            ReadOnlySpan<RoadPosition> sources,
            RoadPosition target,
            DrivingProfile profile,
            Span<int> milliseconds
        )
        {
            right.ManyToOne(sources, target, profile, milliseconds);
            Forget(sources, target, milliseconds);
        }

        public void OneToMany(
            RoadPosition source,
            ReadOnlySpan<RoadPosition> targets,
            DrivingProfile profile,
            Span<int> milliseconds
        )
        {
            right.OneToMany(source, targets, profile, milliseconds);
            Forget(targets, source, milliseconds);
        }

        public Route? PointToPoint(
            RoadPosition source,
            RoadPosition target,
            DrivingProfile profile
        ) => right.PointToPoint(source, target, profile);

        public void MeasureWays(
            ReadOnlySpan<RoadPosition> sources,
            RoadPosition target,
            DrivingProfile profile,
            Span<WayLengths?> lengths
        ) => right.MeasureWays(sources, target, profile, lengths);

        private static void Forget(
            ReadOnlySpan<RoadPosition> many,
            RoadPosition one,
            Span<int> milliseconds
        )
        {
            for (int i = 0; i < many.Length; i++)
            {
                if (!one.IsNode && many[i].Edge == one.Edge)
                {
                    milliseconds[i] = TravelTime.Unreachable;
                }
            }
        }
    }
}
