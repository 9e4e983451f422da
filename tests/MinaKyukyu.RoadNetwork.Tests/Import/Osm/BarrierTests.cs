using MinaKyukyu.RoadNetwork.Driving;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

/// <summary>Bollards, gates and chains on nodes; who passes stands in ambulance-japan.json.</summary>
public class BarrierTests
{
    private const string Street = "highway=residential";

    [Theory]
    [InlineData("car –, ambulance –", "barrier=bollard")]
    [InlineData("car –, ambulance –", "barrier=block")]
    [InlineData("car –, ambulance –", "barrier=something new")]
    [InlineData("car –, ambulance ⇄", "barrier=bollard", "bollard=removable")]
    [InlineData("car –, ambulance ⇄", "barrier=chain")]
    [InlineData("car ⇄, ambulance ⇄", "barrier=gate")]
    [InlineData("car –, ambulance ⇄", "barrier=gate", "access=private")]
    [InlineData("car –, ambulance –", "barrier=gate", "access=no")]
    [InlineData("car –, ambulance ⇄", "barrier=gate", "access=no", "emergency=yes")]
    [InlineData("car ⇄, ambulance ⇄", "barrier=bollard", "motor_vehicle=yes")]
    [InlineData("car –, ambulance ⇄", "barrier=bollard", "emergency=yes")]
    [InlineData("car –, ambulance –", "barrier=bollard", "access=yes", "motor_vehicle=private")]
    [InlineData("car ⇄, ambulance ⇄", "highway=crossing")]
    public void A_barrier_lets_pass_whom_the_rules_name(string expected, params string[] tags)
    {
        ImportedTown town = OsmTown.Draw("a b c").Tag('b', tags).Way("abc", Street).Import();
        Assert.Equal(expected, town.Between("a", "c"));
    }

    [Fact]
    public void Everybody_reaches_a_shut_barrier_from_either_side()
    {
        ImportedTown town = OsmTown
            .Draw("a b c")
            .Tag('b', "barrier=bollard")
            .Way("abc", Street)
            .Import();
        Assert.Equal("car ⇄, ambulance ⇄", town.Between("a", "b"));
        Assert.Equal("car ⇄, ambulance ⇄", town.Between("b#2", "c"));
        Assert.Equal(1, town.Report.Barriers);
        Assert.Equal(town.Graph.PlaceOf(Node(town, "b")), town.Graph.PlaceOf(Node(town, "b#2")));
    }

    [Fact]
    public void A_barrier_between_two_ways_shuts_as_well()
    {
        ImportedTown town = OsmTown
            .Draw("a b c")
            .Tag('b', "barrier=bollard")
            .Way("ab", Street)
            .Way("cb", Street)
            .Import();
        Assert.Equal("car –, ambulance –", town.Between("a", "c"));
    }

    [Fact]
    public void A_barrier_where_streets_meet_stands_in_the_way_of_all()
    {
        ImportedTown town = OsmTown
            .Draw("a b c\n  d")
            .Tag('b', "barrier=chain")
            .Way("abc", Street)
            .Way("bd", Street)
            .Import();
        Assert.Equal("car –, ambulance ⇄", town.Between("a", "c"));
        Assert.Equal("car –, ambulance ⇄", town.Between("c", "d"));
        Assert.Equal("car –, ambulance ⇄", town.Between("a", "d"));
    }

    [Fact]
    public void A_ring_that_begins_and_ends_at_a_barrier_is_kept_whole()
    {
        ImportedTown town = OsmTown
            .Draw("a b c\n  e d")
            .Tag('b', "barrier=bollard")
            .Way("ab", Street)
            .Way("bcdeb", Street)
            .Import();
        Assert.Equal("car –, ambulance –", town.Between("a", "d"));
        Assert.Equal("car ⇄, ambulance ⇄", town.Between("b#2", "b#3"));
    }

    [Fact]
    public void Opening_a_gate_takes_its_time()
    {
        ImportedTown with = OsmTown
            .Draw("a b c")
            .Tag('b', "barrier=gate")
            .Way("abc", Street)
            .Import();
        ImportedTown without = OsmTown.Draw("a b c").Way("abc", Street).Import();
        Assert.Equal(
            without.Seconds(DrivingProfile.Ordinary, "a", "c").GetValueOrDefault() + 10,
            with.Seconds(DrivingProfile.Ordinary, "a", "c").GetValueOrDefault(),
            0.002
        );
    }

    [Fact]
    public void What_holds_nobody_up_leaves_the_street_in_one_piece()
    {
        ImportedTown town = OsmTown
            .Draw("a b c")
            .Tag('b', "barrier=kerb")
            .Way("abc", Street)
            .Import();
        Assert.False(town.IsJunction("b"));
        Assert.Equal(0, town.Report.Barriers);
    }

    private static int Node(ImportedTown town, string letter) =>
        town.Graph.FindNode(OsmTown.Name(letter))!.Value;
}
