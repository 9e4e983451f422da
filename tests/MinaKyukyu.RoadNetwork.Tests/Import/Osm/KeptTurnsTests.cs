using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

/// <summary>
/// What is driven where turns are forbidden. A car drives these streets at 16 km/h and an ambulance at 24, so a step between
/// two letters takes 18.3 and 12.2 s across, 22.5 and 15.0 s up or down.
/// </summary>
public class KeptTurnsTests
{
    private const string Street = "highway=residential";
    private const DrivingProfile Car = DrivingProfile.Ordinary;
    private const DrivingProfile Ambulance = DrivingProfile.Emergency;

    private static readonly string[] LeftAtB = ["from 1", "via b", "to 2"];
    private static readonly string[] StraightAtB = ["from 1", "via b", "to 3"];

    [Fact]
    public void A_forbidden_left_turn_is_driven_around()
    {
        Assert.Equal("a b f in 40.8 s", Block().Import().Drive(Car, "a", "f"));
        ImportedTown town = Block().Turn("no_left_turn", LeftAtB).Import();
        Assert.Equal("a b c g f in 77.4 s", town.Drive(Car, "a", "f"));
        Assert.Equal("f b a in 40.8 s", town.Drive(Car, "f", "a"));
    }

    [Fact]
    public void An_only_turn_forbids_every_other_one_from_there_alone()
    {
        ImportedTown town = Block().Turn("only_straight_on", StraightAtB).Import();
        Assert.Equal("a b c g f in 77.4 s", town.Drive(Car, "a", "f"));
        Assert.Equal("a b c in 36.6 s", town.Drive(Car, "a", "c"));
        Assert.Equal("f b a in 40.8 s", town.Drive(Car, "f", "a"));
    }

    [Fact]
    public void Several_only_turns_from_one_street_allow_each_of_theirs()
    {
        ImportedTown town = Block()
            .Turn("only_straight_on", StraightAtB)
            .Turn("only_left_turn", LeftAtB)
            .Import();
        Assert.Equal("a b f in 40.8 s", town.Drive(Car, "a", "f"));
        Assert.Equal("a b c in 36.6 s", town.Drive(Car, "a", "c"));
    }

    [Fact]
    public void An_only_turn_forbids_to_turn_back_too()
    {
        // From r nobody may turn to c, but who turns back at b comes to it from the other side.
        OsmTown town = DeadEnd();
        Assert.Equal("r a b a c in 77.4 s", town.Import().Drive(Car, "r", "c"));
        town.Turn("only_straight_on", ["from 2", "via b", "to 3"]);
        Assert.Equal("r a b d b a c in 114.0 s", town.Import().Drive(Car, "r", "c"));
    }

    [Fact]
    public void A_forbidden_u_turn_is_the_way_back_and_no_other_turn()
    {
        OsmTown town = DeadEnd().Turn("no_u_turn", ["from 2", "via b", "to 2"]);
        Assert.Equal("r a b d b a c in 114.0 s", town.Import().Drive(Car, "r", "c"));
    }

    [Fact]
    public void A_forbidden_u_turn_in_the_middle_of_a_way_leaves_the_way_open()
    {
        ImportedTown town = OsmTown
            .Draw("r a b d\n  c e")
            .Way("ra", Street)
            .Way("abd", Street)
            .Way("ac", Street)
            .Way("be", Street)
            .Turn("no_right_turn", ["from 1", "via a", "to 3"])
            .Turn("no_u_turn", ["from 2", "via b", "to 2"])
            .Import();
        Assert.Equal("r a b d in 54.9 s", town.Drive(Car, "r", "d"));
        Assert.Equal("r a b d b a c in 114.0 s", town.Drive(Car, "r", "c"));
    }

    [Fact]
    public void A_way_that_does_not_end_at_the_junction_is_bound_on_both_sides()
    {
        ImportedTown town = OsmTown
            .Draw("a b c\n  d")
            .Way("abc", Street)
            .Way("bd", Street)
            .Turn("no_left_turn", ["from 1", "via b", "to 2"])
            .Import();
        Assert.Equal("a b c in 36.6 s", town.Drive(Car, "a", "c"));
        Assert.Equal("no way", town.Drive(Car, "a", "d"));
        Assert.Equal("no way", town.Drive(Car, "c", "d"));
        Assert.Equal("d b c in 40.8 s", town.Drive(Car, "d", "c"));
    }

    [Theory]
    [InlineData("no_left_turn", "2")]
    [InlineData("only_straight_on", "3")]
    public void An_ambulance_is_free_where_the_sign_says_so(string kind, string way)
    {
        ImportedTown town = Block()
            .Turn(kind, ["from 1", "via b", $"to {way}"], "except=emergency")
            .Import();
        Assert.Equal("a b c g f in 77.4 s", town.Drive(Car, "a", "f"));
        Assert.Equal("a b f in 27.2 s", town.Drive(Ambulance, "a", "f"));
    }

    [Fact]
    public void What_binds_an_ambulance_too_binds_it() =>
        Assert.Equal(
            "a b c g f in 51.6 s",
            Block().Turn("no_left_turn", LeftAtB).Import().Drive(Ambulance, "a", "f")
        );

    [Theory]
    [InlineData("no_left_turn", "from 4", "via b", "to 2")]
    [InlineData("no_left_turn", "from 1", "via b", "to 5")]
    [InlineData("only_left_turn", "from 1", "via z", "to 2")]
    [InlineData("no_left_turn", "from 1", "via b", "to 1")]
    [InlineData("no_u_turn", "from 6", "via h", "to 6")]
    public void One_whose_ways_do_not_meet_there_is_counted_and_splits_nothing(
        string kind,
        params string[] members
    )
    {
        OsmTown drawn = Block().Way("ahc", Street);
        ImportedTown town = drawn.Turn(kind, members).Import();
        Assert.Equal((1, 1), (town.Report.Restrictions.Count, town.Report.RestrictionsWithoutTurn));
        Assert.Equal(town.Roads.Report.Nodes, town.Graph.NodeCount);
        Assert.Equal(town.Roads.Report.Edges, town.Graph.EdgeCount);
    }

    [Fact]
    public void A_drive_that_begins_in_mid_street_is_bound_at_the_first_junction()
    {
        ImportedTown town = Block().Turn("no_left_turn", LeftAtB).Import();
        Assert.Equal(
            ". b c g f . in 79.5 s",
            town.Drive(Car, town.On("a", "b", 0.5), town.On("b", "f", 0.5))
        );
        Assert.Equal(
            ". b . in 20.4 s",
            town.Drive(Car, town.On("b", "f", 0.5), town.On("a", "b", 0.5))
        );
        Assert.Equal(
            ". . in 9.1 s",
            town.Drive(Car, town.On("a", "b", 0.25), town.On("a", "b", 0.75))
        );
    }

    [Fact]
    public void A_drive_may_begin_and_end_at_such_a_junction_in_every_direction()
    {
        ImportedTown free = Block().Import();
        ImportedTown bound = Block()
            .Turn("no_left_turn", LeftAtB)
            .Turn("only_right_turn", ["from 2", "via b", "to 1"])
            .Import();
        foreach (string other in new[] { "a", "c", "f", "g" })
        {
            Assert.Equal(free.Drive(Car, "b", other), bound.Drive(Car, "b", other));
            Assert.Equal(free.Drive(Car, other, "b"), bound.Drive(Car, other, "b"));
        }

        Assert.Equal("b in 0.0 s", bound.Drive(Car, "b", "b"));
    }

    [Fact]
    public void Every_engine_gives_the_time_that_Dijkstra_gives_from_every_place_to_every_other()
    {
        RoadMap roads = Bound().Import().Map;
        RoadPosition[] places = Places(roads.Graph);
        foreach (DrivingProfile profile in Enum.GetValues<DrivingProfile>())
        {
            Assert.Null(
                RoadComparison.FirstDifference(
                    roads.TravelTimes,
                    roads.SlowTravelTimes(),
                    places,
                    places,
                    profile
                )
            );
            Assert.Null(RoadComparison.FirstDifferenceOfStanding(roads, places, places, profile));
        }
    }

    [Fact]
    public void A_place_at_such_a_junction_is_the_junction_however_it_is_written()
    {
        ImportedTown town = Bound().Import();
        RoadGraph graph = town.Graph;
        RoadPosition junction = graph.PositionAtNode(graph.FindNode(OsmTown.Name("b"))!.Value);
        Assert.Equal(OsmTown.Name("b"), graph.NodeName(junction.Node));
        int ends = 0;
        for (int edge = 0; edge < graph.EdgeCount; edge++)
        {
            foreach (
                (int node, double fraction) in new[]
                {
                    (graph.Tail[edge], 0.0),
                    (graph.Head[edge], 1),
                }
            )
            {
                RoadPosition end = graph.PositionOn(edge, fraction);
                Assert.Equal(graph.PositionAtNode(node), end);
                Assert.Equal(graph.JunctionOf(node), end.Node);
                ends += end == junction ? 1 : 0;
            }

            Assert.Equal(graph.IsConnector(edge), graph.PositionOn(edge, 0.5).IsNode);
        }

        Assert.InRange(ends, 6, graph.EdgeCount);
        Assert.Equal(junction, town.Map.Snapper.Snap(graph.PlaceOf(junction)));
    }

    [Fact]
    public void Places_are_brought_to_the_same_streets_as_without_restrictions()
    {
        ImportedTown free = Block().Import();
        ImportedTown bound = Bound().Import();
        GeoPoint b = free.Graph.PlaceOf(free.At("b"));
        RoadPosition away = bound.At("g");
        for (int i = -8; i <= 8; i++)
        {
            for (int j = -8; j <= 8; j++)
            {
                var place = new GeoPoint(b.Latitude + (i * 0.00004), b.Longitude + (j * 0.00004));
                RoadPosition here = bound.Map.Snapper.Snap(place)!.Value;
                RoadPosition there = free.Map.Snapper.Snap(place)!.Value;
                Assert.Equal(there.SnapMeters, here.SnapMeters, 1e-9);
                Assert.InRange(
                    free.Graph.PlaceOf(there).DistanceMetersTo(bound.Graph.PlaceOf(here)),
                    0,
                    1e-6
                );
                Assert.Equal(
                    free.Map.Snapper.ListStreets(place, 0).Count,
                    bound.Map.Snapper.ListStreets(place, 0).Count
                );
                // To g no turn is forbidden from anywhere around b, nor back.
                AssertSameTime(free.Drive(Car, there, free.At("g")), bound.Drive(Car, here, away));
            }
        }

        static void AssertSameTime(string expected, string actual) =>
            Assert.Equal(expected.Split(' ')[^2], actual.Split(' ')[^2]);
    }

    [Fact]
    public void Streets_and_components_are_those_without_restrictions()
    {
        ImportedTown free = Block().Import();
        ImportedTown bound = Bound().Import();
        Assert.True(bound.Graph.NodeCount > free.Graph.NodeCount);
        Assert.Equal(
            free.Roads.Report with
            {
                Further = [],
            },
            bound.Roads.Report with
            {
                Further = [],
            }
        );
        Assert.Equal(free.Graph.ListSegments().Count(), bound.Graph.ListSegments().Count());
        Assert.Equal(
            free.Map.Snapper.ListStreets(free.Graph.PlaceOf(0), 0).Count,
            bound.Map.Snapper.ListStreets(free.Graph.PlaceOf(0), 0).Count
        );
        Assert.All(
            bound.Map.Snapper.ListStreets(free.Graph.PlaceOf(0), 300),
            edge => Assert.False(bound.Graph.IsConnector(edge))
        );
        for (int node = 0; node < bound.Graph.NodeCount; node++)
        {
            Assert.True(bound.Graph.Components.IsInLargest(node));
        }

        for (int edge = 0; edge < bound.Graph.EdgeCount; edge++)
        {
            int twin = bound.Graph.Twin(edge);
            Assert.Equal(twin < 0 ? edge : bound.Graph.Twin(twin), edge);
            Assert.True(twin < 0 || !bound.Graph.IsConnector(edge));
        }
    }

    [Fact]
    public void What_is_within_reach_ends_where_the_turn_is_forbidden()
    {
        Assert.Contains(Streets(Block()), IsBeyondB);
        Assert.DoesNotContain(Streets(Block().Turn("no_left_turn", LeftAtB)), IsBeyondB);

        static IReadOnlyList<IReadOnlyList<GeoPoint>> Streets(OsmTown drawn)
        {
            ImportedTown town = drawn.Import();
            return Reach.Within(town.Map, town.At("a"), TimeSpan.FromSeconds(30), Car).Streets;
        }

        // f lies north of b, and everything else within 30 s on the line of a, b and c.
        static bool IsBeyondB(IReadOnlyList<GeoPoint> street) => street[^1].Latitude > 35.6992;
    }

    [Theory]
    [InlineData("barrier=gate", "a b b#2 f in 50.8 s", "a b b#3 c g f in 87.4 s")]
    [InlineData("barrier=chain", "no way", "no way")]
    public void A_restriction_at_a_barrier_holds_from_arm_to_arm(
        string barrier,
        string free,
        string bound
    )
    {
        OsmTown town = Block().Tag('b', barrier);
        Assert.Equal(free, town.Import().Drive(Car, "a", "f"));
        ImportedTown kept = town.Turn("no_left_turn", LeftAtB).Import();
        Assert.Equal(0, kept.Report.RestrictionsWithoutTurn);
        Assert.Equal(bound, kept.Drive(Car, "a", "f"));
    }

    [Fact]
    public void At_a_barrier_each_pair_of_arms_is_told_apart()
    {
        // Three arms: the first ends at the node itself, the others at its copies.
        string[] ways = ["ab", "bf", "bc"];
        for (int from = 1; from <= 3; from++)
        {
            for (int to = 1; to <= 3; to++)
            {
                string kind = from == to ? "no_u_turn" : "no_left_turn";
                ImportedTown town = OsmTown
                    .Draw("  f\na b c")
                    .Tag('b', "barrier=gate")
                    .Way(ways[0], Street)
                    .Way(ways[1], Street)
                    .Way(ways[2], Street)
                    .Turn(kind, [$"from {from}", "via b", $"to {to}"])
                    .Import();
                string forbidden = $"{ways[from - 1].Trim('b')}{ways[to - 1].Trim('b')}";
                foreach (string pair in new[] { "af", "ac", "fa", "fc", "ca", "cf" })
                {
                    bool isDriven = town.Drive(Car, pair[..1], pair[1..]) != "no way";
                    // A dead end may be driven back from, so only what leads nowhere else is out of reach.
                    Assert.True(isDriven || pair == forbidden, $"{kind} {forbidden}: {pair}");
                    if (pair == forbidden)
                    {
                        Assert.NotEqual(
                            Free.Value.Drive(Car, pair[..1], pair[1..]),
                            town.Drive(Car, pair[..1], pair[1..])
                        );
                    }
                    else
                    {
                        Assert.Equal(
                            Free.Value.Drive(Car, pair[..1], pair[1..]),
                            town.Drive(Car, pair[..1], pair[1..])
                        );
                    }
                }
            }
        }
    }

    /// <summary>The three arms with their gate and nothing forbidden.</summary>
    private static readonly Lazy<ImportedTown> Free = new(() =>
        OsmTown
            .Draw("  f\na b c")
            .Tag('b', "barrier=gate")
            .Way("ab", Street)
            .Way("bf", Street)
            .Way("bc", Street)
            .Import()
    );

    private static OsmTown Bound() =>
        Block()
            .Turn("no_left_turn", LeftAtB)
            .Turn("no_u_turn", ["from 2", "via b", "to 2"])
            .Turn("no_right_turn", ["from 4", "via g", "to 5"], "except=emergency");

    private static OsmTown Block() =>
        OsmTown
            .Draw("  f g\na b c")
            .Way("ab", Street)
            .Way("bf", Street)
            .Way("bc", Street, "oneway=yes")
            .Way("cg", Street)
            .Way("gf", Street);

    private static OsmTown DeadEnd() =>
        OsmTown
            .Draw("r a b d\n  c")
            .Way("ra", Street)
            .Way("ab", Street)
            .Way("bd", Street)
            .Way("ac", Street)
            .Turn("no_right_turn", ["from 1", "via a", "to 4"]);

    private static RoadPosition[] Places(RoadGraph graph) =>
        [
            .. Enumerable.Range(0, graph.NodeCount).Select(node => graph.PositionAtNode(node)),
            .. Enumerable
                .Range(0, graph.EdgeCount)
                .SelectMany(edge => new[] { 0.25, 0.75 }.Select(at => graph.PositionOn(edge, at))),
        ];
}
