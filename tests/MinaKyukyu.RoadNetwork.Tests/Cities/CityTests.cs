using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.Tests.TravelTimes;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.TestKit;
using Xunit.Abstractions;

namespace MinaKyukyu.RoadNetwork.Tests.Cities;

/// <summary>On real roads every time equals plain Dijkstra's, to the millisecond, however it is asked for.</summary>
public class CityTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_122;
    private const int Sources = 200;
    private const int Targets = 100;

    public static TheoryData<string> Cities => City.Names;

    [Theory]
    [MemberData(nameof(Cities))]
    public void Every_time_between_random_places_is_that_of_Dijkstra(string city)
    {
        RoadMap roads = City.Map(city);
        (RoadPosition[] sources, RoadPosition[] targets) = Places(roads, Sources, Targets);
        foreach (DrivingProfile profile in Enum.GetValues<DrivingProfile>())
        {
            Assert.Null(
                RoadComparison.FirstDifference(
                    roads.TravelTimes,
                    roads.SlowTravelTimes(),
                    sources,
                    targets,
                    profile
                )
            );
            Assert.Null(RoadComparison.FirstDifferenceOfStanding(roads, sources, targets, profile));
        }
    }

    [Theory]
    [MemberData(nameof(Cities))]
    public void After_streets_are_closed_slowed_and_opened_again_they_still_are(string city)
    {
        RoadMap roads = City.Map(city);
        var random = new Random(Seed);
        (RoadPosition[] sources, RoadPosition[] targets) = Places(roads, 40, 40);
        RoadMap now = roads;
        foreach (int closed in new[] { 1, 40, 400, 3 })
        {
            now = now.Under(
                RoadConditions.Of(
                    Enumerable
                        .Range(0, closed)
                        .Select(i => (random.Next(roads.Graph.EdgeCount), i % 3 == 0 ? 40 : 0))
                )
            );
            foreach (DrivingProfile profile in Enum.GetValues<DrivingProfile>())
            {
                Assert.Null(
                    RoadComparison.FirstDifference(
                        now.TravelTimes,
                        now.SlowTravelTimes(),
                        sources,
                        targets,
                        profile
                    )
                );
                Assert.Null(
                    RoadComparison.FirstDifferenceOfStanding(now, sources, targets, profile)
                );
            }
        }

        RoadMap open = now.Under(RoadConditions.Clear);
        Assert.Equal(
            roads.MetricVersion(DrivingProfile.Emergency),
            open.MetricVersion(DrivingProfile.Emergency)
        );
        Assert.Null(
            RoadComparison.FirstDifference(
                open.TravelTimes,
                roads.SlowTravelTimes(),
                sources,
                targets,
                DrivingProfile.Emergency
            )
        );
    }

    [Theory]
    [MemberData(nameof(Cities))]
    public void Every_way_can_be_driven_and_takes_the_time_it_says(string city)
    {
        RoadMap roads = City.Map(city);
        (RoadPosition[] sources, RoadPosition[] targets) = Places(roads, 30, 30);
        var times = new int[targets.Length];
        int found = 0;
        foreach (RoadPosition source in sources)
        {
            roads.SlowTravelTimes().OneToMany(source, targets, DrivingProfile.Emergency, times);
            for (int i = 0; i < targets.Length; i++)
            {
                Route? route = roads.TravelTimes.PointToPoint(
                    source,
                    targets[i],
                    DrivingProfile.Emergency
                );
                Assert.Equal(times[i], route?.Milliseconds ?? TravelTime.Unreachable);
                if (route is not null)
                {
                    Assert.Null(DrivenRoute.FirstFault(roads.Graph, source, targets[i], route));
                    found++;
                }
            }
        }

        Assert.InRange(found, 1, sources.Length * targets.Length);
    }

    [Fact]
    public void In_every_part_of_the_week_and_either_way_of_driving()
    {
        RoadMap roads = City.Map("Tachikawa");
        (RoadPosition[] sources, RoadPosition[] targets) = Places(roads, 20, 20);
        var versions = new HashSet<string>(StringComparer.Ordinal);
        var sunday = new DateTimeOffset(2026, 4, 5, 0, 0, 0, TimeSpan.FromHours(9));
        for (int hour = 0; hour < 48; hour += 2)
        {
            RoadMap then = roads.At(sunday.AddHours(hour));
            foreach (DrivingProfile profile in Enum.GetValues<DrivingProfile>())
            {
                versions.Add(then.MetricVersion(profile));
                Assert.Null(
                    RoadComparison.FirstDifference(
                        then.TravelTimes,
                        then.SlowTravelTimes(),
                        sources,
                        targets,
                        profile
                    )
                );
            }
        }

        Assert.Equal(2 * TimeBucket.Count, versions.Count);
    }

    private (RoadPosition[] Sources, RoadPosition[] Targets) Places(
        RoadMap roads,
        int sources,
        int targets
    )
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        return (
            RoadComparison.SomePlaces(roads.Graph, random, sources),
            RoadComparison.SomePlaces(roads.Graph, random, targets)
        );
    }
}
