using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.Tests.Tachikawa;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.TestKit;
using Xunit.Abstractions;

namespace MinaKyukyu.RoadNetwork.Tests.TravelTimes;

/// <summary>Places that follow a map, move, go and come back answer as if they had been put down anew.</summary>
public class StandingFollowTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_122;

    [Theory]
    [InlineData(DriveDirection.FromThem)]
    [InlineData(DriveDirection.ToThem)]
    public void After_any_number_of_closures_moves_and_hours(DriveDirection direction)
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        RoadMap roads = TachikawaRoads.Map;
        RoadPosition[] units = RoadComparison.SomePlaces(roads.Graph, random, 60);
        var standing = new StandingPlaces(roads, DrivingProfile.Emergency, direction, units.Length);
        Put(standing, units);
        RoadMap now = roads;
        for (int step = 0; step < 60; step++)
        {
            now = Changed(now, random, step);
            standing.Follow(now);
            int moved = random.Next(units.Length);
            units[moved] = RoadComparison.SomePlaces(roads.Graph, random, 1)[0];
            standing.Remove(random.Next(2) == 0 ? moved : (moved + 1) % units.Length);
            Put(standing, units);

            Assert.Null(
                RoadComparison.FirstDifferenceOfStanding(
                    now,
                    standing,
                    units,
                    Asked(now, random),
                    DrivingProfile.Emergency,
                    direction == DriveDirection.FromThem
                )
            );
        }
    }

    /// <summary>Closes and slows a few streets or many, opens them again, or lets hours pass.</summary>
    private static RoadMap Changed(RoadMap roads, Random random, int step) =>
        (step % 4) switch
        {
            0 => roads.Under(Some(roads, random, 1)),
            1 => roads.Under(Some(roads, random, 200)),
            2 => roads.Under(RoadConditions.Clear),
            _ => roads.At(
                new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.FromHours(9)).AddHours(4 * step)
            ),
        };

    private static RoadConditions Some(RoadMap roads, Random random, int streets) =>
        RoadConditions.Of(
            Enumerable
                .Range(0, streets)
                .Select(_ => (random.Next(roads.Graph.EdgeCount), random.Next(3) * 30))
        );

    /// <summary>Anywhere, and on what is closed.</summary>
    private static RoadPosition[] Asked(RoadMap roads, Random random) =>
        [
            .. RoadComparison.SomePlaces(roads.Graph, random, 5),
            .. roads.Conditions.Edges.Take(3).Select(edge => roads.Graph.PositionOn(edge, 0.5)),
        ];

    private static void Put(StandingPlaces standing, RoadPosition[] units)
    {
        for (int unit = 0; unit < units.Length; unit++)
        {
            standing.Put(unit, units[unit]);
        }
    }
}
