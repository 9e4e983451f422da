using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.FaultWorld.Proofs;

/// <summary><c>roads</c>: every travel time is that of plain Dijkstra, to the millisecond.</summary>
internal static class RoadsProof
{
    private const int FullPlaces = 1_000;
    private const int CiPlaces = 60;
    private const int Closings = 10;

    private static readonly (string Name, string File)[] Cities =
    [
        ("Tachikawa", Path.Combine(Checkout.City, "roads")),
        ("Malta", InData("malta.osm.pbf")),
        ("Milan", InData("milan_small.osm.pbf")),
        ("Auckland", InData("jemss_auckland_roads_osm.zip")),
        ("Edmonton", InData("jemss_edmonton_roads_osm.zip")),
    ];

    public static Task<ProofResult> RunAsync(ProofWish wish, CancellationToken stop) =>
        Task.Run(() => Run(wish, stop), stop);

    private static ProofResult Run(ProofWish wish, CancellationToken stop)
    {
        var failures = new List<string>();
        var points = new SortedDictionary<string, int>(StringComparer.Ordinal);
        bool isPlantedCaught = true;
        foreach ((string name, string file) in Cities)
        {
            RoadMap roads = RoadNetworkLoader.Load(file);
            var random = new Random(wish.Seed);
            int count = wish.IsFull ? FullPlaces : CiPlaces;
            RoadPosition[] sources = RoadComparison.SomePlaces(roads.Graph, random, count);
            RoadPosition[] targets = RoadComparison.SomePlaces(roads.Graph, random, count);
            points[name] = 0;
            Compare("usually", roads, count);
            foreach (int hours in Enumerable.Range(0, TimeBucket.Count))
            {
                // A Friday and the Saturday after it, four hours apart: every part of the week.
                var friday = new DateTimeOffset(2026, 4, 3, 0, 0, 0, TimeSpan.FromHours(9));
                Compare(
                    $"{friday.AddHours(4 * hours):ddd HH:mm}",
                    roads.At(friday.AddHours(4 * hours)),
                    count / 20
                );
            }

            RoadMap now = roads;
            for (int closing = 1; closing <= Closings; closing++)
            {
                now = now.Under(SomeConditions(roads.Graph, random, closing * closing));
                Compare($"closing {closing}", now, count / 10);
            }

            Compare("opened again", now.Under(RoadConditions.Clear), count / 10);
            isPlantedCaught &= CatchesPlanted(roads, sources[..20], targets[..20]);
            wish.Tell($"{name}: {points[name]} pairs compared");

            void Compare(string when, RoadMap then, int places)
            {
                stop.ThrowIfCancellationRequested();
                ReadOnlySpan<DrivingProfile> profiles = Enum.GetValues<DrivingProfile>();
                foreach (DrivingProfile profile in profiles)
                {
                    string? fault =
                        RoadComparison.FirstDifference(
                            then.TravelTimes,
                            then.SlowTravelTimes(),
                            sources[..places],
                            targets[..places],
                            profile
                        )
                        ?? RoadComparison.FirstDifferenceOfStanding(
                            then,
                            sources[..places],
                            targets[..places],
                            profile
                        );
                    if (fault is not null)
                    {
                        failures.Add($"seed {wish.Seed}, {name}, {when}: {fault}");
                    }

                    // One to many, many to one, and standing places in both directions.
                    points[name] += 4 * places * places;
                }
            }
        }

        return new ProofResult
        {
            Points = points,
            PlantedCaught = isPlantedCaught,
            Failures = failures,
        };
    }

    private static RoadConditions SomeConditions(RoadGraph graph, Random random, int edges) =>
        RoadConditions.Of(
            Enumerable
                .Range(0, edges)
                .Select(_ =>
                    (random.Next(graph.EdgeCount), random.Next(2) == 0 ? 0 : random.Next(1, 100))
                )
        );

    private static bool CatchesPlanted(
        RoadMap roads,
        RoadPosition[] sources,
        RoadPosition[] targets
    ) =>
        RoadComparison.FirstDifference(
            new Backwards(roads.TravelTimes),
            roads.SlowTravelTimes(),
            sources,
            targets,
            DrivingProfile.Emergency
        )
            is not null;

    private static string InData(string file) =>
        Path.Combine(Checkout.Root, "tests", "data", "roads", file);

    private sealed class Backwards(ITravelTimes right) : ITravelTimes
    {
        public void ManyToOne(
            ReadOnlySpan<RoadPosition> sources,
            RoadPosition target,
            DrivingProfile profile,
            Span<int> milliseconds
        ) => right.OneToMany(target, sources, profile, milliseconds);

        public void OneToMany(
            RoadPosition source,
            ReadOnlySpan<RoadPosition> targets,
            DrivingProfile profile,
            Span<int> milliseconds
        ) => right.ManyToOne(targets, source, profile, milliseconds);

        public Route? PointToPoint(
            RoadPosition source,
            RoadPosition target,
            DrivingProfile profile
        ) => right.PointToPoint(target, source, profile);

        public void MeasureWays(
            ReadOnlySpan<RoadPosition> sources,
            RoadPosition target,
            DrivingProfile profile,
            Span<WayLengths?> lengths
        ) => right.MeasureWays(sources, target, profile, lengths);
    }
}
