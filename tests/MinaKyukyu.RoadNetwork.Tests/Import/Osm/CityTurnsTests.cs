using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Import.Osm;
using MinaKyukyu.RoadNetwork.Tests.Cities;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.TestKit;
using Xunit.Abstractions;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

/// <summary>The turn restrictions of real cities, held against a reading of them that knows nothing of how they are kept.</summary>
public class CityTurnsTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_122;

    private static readonly Dictionary<string, Lazy<ImportedTown>> Kept = new(
        StringComparer.Ordinal
    )
    {
        ["malta"] = new(() => Read("malta")),
        ["milan_small"] = new(() => Read("milan_small")),
    };

    [Fact]
    public void No_way_through_Milan_makes_a_forbidden_turn()
    {
        (string? fault, int asked) = Drive(Kept["milan_small"].Value, 2_000);
        output.WriteLine($"{asked} turns asked about");
        Assert.Null(fault);
        Assert.InRange(asked, 2_000, int.MaxValue);
    }

    /// <summary>A check that cannot fail proves nothing: these cities keep their restrictions wrongly, and it must say so.</summary>
    [Theory]
    [InlineData("forgotten")]
    [InlineData("the wrong way round")]
    [InlineData("the car's alone")]
    public void The_check_finds_restrictions_that_are_kept_wrongly(string mistake)
    {
        ImportedTown town = Read(
            "milan_small",
            turns =>
                mistake switch
                {
                    "forgotten" => [],
                    "the car's alone" =>
                    [
                        .. turns.Select(turn => turn with { BindsEmergency = false }),
                    ],
                    _ =>
                    [
                        .. turns.Select(turn =>
                            turn with
                            {
                                FromWay = turn.ToWay,
                                ToWay = turn.FromWay,
                            }
                        ),
                    ],
                }
        );
        (string? fault, _) = Drive(town, 200);
        output.WriteLine(fault);
        Assert.NotNull(fault);
    }

    /// <summary>No turn too many is forbidden either, and none too few.</summary>
    [Theory]
    [InlineData("malta", 8)]
    [InlineData("milan_small", 8)]
    public void Every_time_is_that_of_a_search_which_asks_the_rules_at_each_turn(
        string city,
        int sources
    )
    {
        ImportedTown kept = Kept[city].Value;
        Assert.Null(FirstDifference(kept, city, sources));
    }

    [Fact]
    public void That_search_finds_a_turn_forbidden_too_many()
    {
        ImportedTown strict = Read(
            "malta",
            turns => [.. turns.Select(turn => turn with { Kind = "only_straight_on" })]
        );
        Assert.NotNull(FirstDifference(strict, "malta", 8));
    }

    private string? FirstDifference(ImportedTown kept, string city, int sources)
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        ImportedTown streets = Read(city, _ => []);
        var rules = new TurnRules(streets);
        RoadGraph graph = kept.Graph;
        RoadPosition[] targets =
        [
            .. Enumerable
                .Range(0, graph.NodeCount)
                .Where(node => graph.JunctionOf(node) == node)
                .Select(node => graph.PositionAtNode(node)),
        ];
        var times = new int[targets.Length];
        foreach (DrivingProfile profile in Enum.GetValues<DrivingProfile>())
        {
            var slow = new SlowTurns(streets, rules, profile);
            for (int i = 0; i < sources; i++)
            {
                RoadPosition source = targets[random.Next(targets.Length)];
                Dictionary<string, int> truth = slow.From(graph.NodeName(source.Node));
                kept.Map.SlowTravelTimes().OneToMany(source, targets, profile, times);
                for (int target = 0; target < targets.Length; target++)
                {
                    string name = graph.NodeName(targets[target].Node);
                    int time = truth.GetValueOrDefault(name, TravelTime.Unreachable);
                    // A connector takes a millisecond, and a way across a city has some hundred junctions.
                    bool isSame =
                        TravelTime.IsReachable(time) == TravelTime.IsReachable(times[target])
                        && times[target] - time is >= 0 and <= 300;
                    if (!isSame)
                    {
                        return $"{profile}, {graph.NodeName(source.Node)} to {name}: {times[target]}, truly {time}";
                    }
                }
            }
        }

        return null;
    }

    private (string? Fault, int Asked) Drive(ImportedTown town, int pairs)
    {
        output.WriteLine($"seed {Seed}");
        var rules = new TurnRules(town);
        var random = new Random(Seed);
        RoadPosition[] places = RoadComparison.SomePlaces(town.Graph, random, 2 * pairs);
        int all = 0;
        for (int i = 0; i < places.Length; i += 2)
        {
            foreach (DrivingProfile profile in Enum.GetValues<DrivingProfile>())
            {
                if (
                    town.Map.TravelTimes.PointToPoint(places[i], places[i + 1], profile) is
                    { } route
                )
                {
                    (string? fault, int asked) = rules.Check(route, profile);
                    all += asked;
                    if (fault is not null)
                    {
                        return (fault, all);
                    }
                }
            }
        }

        return (null, all);
    }

    private static ImportedTown Read(string city)
    {
        string file = City.FileOf($"{city}.osm.pbf");
        using FileStream stream = File.OpenRead(file);
        return ImportedTown.Read(stream, file);
    }

    /// <summary>As <see cref="OsmImport"/> reads a file, but the roads keep what is made of the restrictions; the report tells the true ones.</summary>
    private static ImportedTown Read(
        string city,
        Func<IReadOnlyList<TurnRestriction>, IReadOnlyList<TurnRestriction>> change
    )
    {
        string file = City.FileOf($"{city}.osm.pbf");
        using FileStream stream = File.OpenRead(file);
        OsmImportReport report = OsmImport.Read(
            stream,
            file,
            new RoadGraphBuilder(),
            DrivingRules.JapaneseAmbulance
        );
        var builder = new RoadGraphBuilder();
        var counts = new OsmCounts();
        AccessRules access = DrivingRules.JapaneseAmbulance.Access;
        var ways = new DrivableWays(
            new WayRules(DrivingRules.JapaneseAmbulance, counts),
            new TurnRestrictions(access, counts),
            counts
        );
        stream.Position = 0;
        var pbf = new OsmPbfFile(stream, file);
        pbf.Read(ways, _ => { }, default);
        var nodes = new UsedNodes(ways.Ways, access);
        pbf.Read(nodes, _ => { }, default);
        var roads = new OsmRoads(nodes, builder, file);
        roads.Add(ways.Ways, default);
        roads.Keep(change(report.Restrictions));
        return new ImportedTown(builder, report);
    }
}
