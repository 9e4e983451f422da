using MinaKyukyu.RoadNetwork.Import.Osm;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

public class TurnRestrictionTests
{
    private static readonly string[] Turn = ["from 1", "via b", "to 2"];

    [Theory]
    [InlineData("no_left_turn", false)]
    [InlineData("only_straight_on", true)]
    public void A_turn_names_its_ways_its_node_and_its_kind(string kind, bool isOnlyTurn)
    {
        TurnRestriction turn = Assert.Single(Town().Turn(kind, Turn).Import().Report.Restrictions);
        Assert.Equal(new TurnRestriction(1, OsmTown.Name("b"), 2, kind, true, true), turn);
        Assert.Equal(isOnlyTurn, turn.IsOnlyTurn);
    }

    [Theory]
    [InlineData("emergency", true, false)]
    [InlineData("psv; emergency", true, false)]
    [InlineData("bicycle;psv", true, true)]
    public void An_exception_frees_those_whom_it_names(
        string except,
        bool bindsCar,
        bool bindsAmbulance
    )
    {
        TurnRestriction turn = Assert.Single(
            Town().Turn("no_u_turn", Turn, $"except={except}").Import().Report.Restrictions
        );
        Assert.Equal((bindsCar, bindsAmbulance), (turn.BindsOrdinary, turn.BindsEmergency));
    }

    [Fact]
    public void What_frees_every_car_binds_nobody() =>
        Assert.Empty(
            Town().Turn("no_u_turn", Turn, "except=motorcar").Import().Report.Restrictions
        );

    [Fact]
    public void No_entry_is_one_turn_for_each_way_that_leads_in() =>
        Assert.Equal(
            [(1L, 2L), (3L, 2L)],
            Town()
                .Turn("no_entry", ["from 1", "from 3", "via b", "to 2"])
                .Import()
                .Report.Restrictions.Select(turn => (turn.FromWay, turn.ToWay))
        );

    [Theory]
    [InlineData("no_left_turn", "from 1", "via 3", "to 2")]
    [InlineData("no_left_turn", "from 1", "to 2")]
    [InlineData("no_left_turn", "via b", "to 2")]
    [InlineData("no_left_turn", "from 1", "from 3", "via b", "to 2", "to 3")]
    [InlineData("left", "from 1", "via b", "to 2")]
    [InlineData("", "from 1", "via b", "to 2")]
    public void One_that_lacks_a_part_or_leads_over_a_way_is_left_out_and_counted(
        string kind,
        params string[] members
    )
    {
        OsmImportReport report = Town().Turn(kind, members).Import().Report;
        Assert.Empty(report.Restrictions);
        Assert.Equal((1, 1), (report.RestrictionsLeftOut, report.RelationsRead));
    }

    [Fact]
    public void One_at_a_way_that_nobody_drives_is_of_no_interest()
    {
        OsmImportReport report = Town()
            .Way("bd", "highway=steps")
            .Turn("no_left_turn", ["from 1", "via b", "to 4"])
            .Import()
            .Report;
        Assert.Empty(report.Restrictions);
        Assert.Equal(0, report.RestrictionsLeftOut);
    }

    private static OsmTown Town() =>
        OsmTown
            .Draw("a b c\n  d")
            .Way("ab", "highway=residential")
            .Way("bc", "highway=residential")
            .Way("bd", "highway=residential");
}
