using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;
using Xunit.Abstractions;

namespace MinaKyukyu.RoadNetwork.Tests.TravelTimes;

public class OracleTests(ITestOutputHelper output)
{
    private const int FirstSeed = 20_260_401;
    private const int Maps = 800;

    [Fact]
    public void Every_time_equals_the_slow_and_obvious_one()
    {
        output.WriteLine($"seeds {FirstSeed} to {FirstSeed + Maps - 1}");
        int pairs = 0;
        for (int seed = FirstSeed; seed < FirstSeed + Maps; seed++)
        {
            var roads = new RandomRoads(seed);
            Assert.Null(FirstDifference(roads, roads.Map.TravelTimes, seed));
            pairs += roads.Positions.Length * roads.Positions.Length;
        }

        Assert.InRange(pairs, 20_000, int.MaxValue);
    }

    [Fact]
    public void Every_route_can_be_driven_and_takes_the_time_it_says()
    {
        for (int seed = FirstSeed; seed < FirstSeed + Maps; seed++)
        {
            var roads = new RandomRoads(seed);
            int[,] truth = roads.Truth();
            for (int i = 0; i < roads.Positions.Length; i++)
            {
                for (int j = 0; j < roads.Positions.Length; j++)
                {
                    Route? route = roads.Map.TravelTimes.PointToPoint(
                        roads.Positions[i],
                        roads.Positions[j],
                        DrivingProfile.Emergency
                    );
                    Assert.True(
                        (route?.Milliseconds ?? -1) == truth[i, j],
                        $"seed {seed}, {i} to {j}"
                    );
                    Assert.Null(
                        route is null
                            ? null
                            : DrivenRoute.FirstFault(
                                roads.Map.Graph,
                                roads.Positions[i],
                                roads.Positions[j],
                                route
                            )
                    );
                }
            }
        }
    }

    [Fact]
    public void Every_measured_way_is_as_long_as_the_drawn_one()
    {
        for (int seed = FirstSeed; seed < FirstSeed + Maps; seed++)
        {
            var roads = new RandomRoads(seed);
            var lengths = new WayLengths?[roads.Positions.Length];
            foreach (RoadPosition target in roads.Positions)
            {
                roads.Map.TravelTimes.MeasureWays(
                    roads.Positions,
                    target,
                    DrivingProfile.Emergency,
                    lengths
                );
                for (int i = 0; i < lengths.Length; i++)
                {
                    Route? drawn = roads.Map.TravelTimes.PointToPoint(
                        roads.Positions[i],
                        target,
                        DrivingProfile.Emergency
                    );
                    Assert.True(
                        drawn is null == lengths[i] is null
                            && Math.Abs((drawn?.Meters ?? 0) - (lengths[i]?.Local ?? 0)) < 1e-6,
                        $"seed {seed}, {i} to {target}"
                    );
                }
            }
        }
    }

    /// <summary>A comparison that cannot fail proves nothing: these engines are wrong, and it must say so.</summary>
    [Theory]
    [InlineData(nameof(WrongEngine.DrivesOneWaysBackwards))]
    [InlineData(nameof(WrongEngine.ForgetsTheSameStreet))]
    [InlineData(nameof(WrongEngine.CallsNoWayALongWay))]
    public void The_comparison_catches_a_planted_bug(string bug)
    {
        bool isCaught = false;
        for (int seed = FirstSeed; seed < FirstSeed + 100 && !isCaught; seed++)
        {
            var roads = new RandomRoads(seed);
            var engine = new WrongEngine(roads.Map.TravelTimes, bug);
            isCaught = FirstDifference(roads, engine, seed) is not null;
        }

        Assert.True(isCaught);
    }

    private static string? FirstDifference(RandomRoads roads, ITravelTimes engine, int seed)
    {
        int[,] truth = roads.Truth();
        RoadPosition[] places = roads.Positions;
        var times = new int[places.Length];
        for (int one = 0; one < places.Length; one++)
        {
            engine.ManyToOne(places, places[one], DrivingProfile.Ordinary, times);
            for (int i = 0; i < places.Length; i++)
            {
                if (times[i] != truth[i, one])
                {
                    return $"seed {seed}: many to one {i} to {one}: {times[i]}, truly {truth[i, one]}";
                }
            }

            engine.OneToMany(places[one], places, DrivingProfile.Emergency, times);
            for (int i = 0; i < places.Length; i++)
            {
                if (times[i] != truth[one, i])
                {
                    return $"seed {seed}: one to many {one} to {i}: {times[i]}, truly {truth[one, i]}";
                }
            }
        }

        return null;
    }

    private sealed class WrongEngine(ITravelTimes right, string bug) : ITravelTimes
    {
        public const string DrivesOneWaysBackwards = nameof(DrivesOneWaysBackwards);
        public const string ForgetsTheSameStreet = nameof(ForgetsTheSameStreet);
        public const string CallsNoWayALongWay = nameof(CallsNoWayALongWay);

        public void ManyToOne(
            ReadOnlySpan<RoadPosition> sources,
            RoadPosition target,
            DrivingProfile profile,
            Span<int> milliseconds
        )
        {
            if (bug == DrivesOneWaysBackwards)
            {
                right.OneToMany(target, sources, profile, milliseconds);
                return;
            }

            right.ManyToOne(sources, target, profile, milliseconds);
            for (int i = 0; i < sources.Length; i++)
            {
                bool isSameStreet = !target.IsNode && sources[i].Edge == target.Edge;
                if (
                    bug == ForgetsTheSameStreet
                    && isSameStreet
                    && sources[i].Fraction < target.Fraction
                )
                {
                    milliseconds[i] = TravelTime.Unreachable;
                }
                else if (bug == CallsNoWayALongWay && !TravelTime.IsReachable(milliseconds[i]))
                {
                    milliseconds[i] = EdgeWeights.Infinity;
                }
            }
        }

        public void OneToMany(
            RoadPosition source,
            ReadOnlySpan<RoadPosition> targets,
            DrivingProfile profile,
            Span<int> milliseconds
        ) => right.OneToMany(source, targets, profile, milliseconds);

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
    }
}
