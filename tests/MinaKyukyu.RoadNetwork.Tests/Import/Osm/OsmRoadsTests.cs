using MinaKyukyu.RoadNetwork.Driving;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

/// <summary>From ways to edges between junctions.</summary>
public class OsmRoadsTests
{
    private const string Street = "highway=residential";

    [Fact]
    public void Streets_are_cut_where_they_meet_and_bend_in_between()
    {
        ImportedTown town = OsmTown
            .Draw(
                """
                a b c d
                    e
                """
            )
            .Way("abcd", Street)
            .Way("ce", Street)
            .Import();
        Assert.Equal((4, 6), (town.Graph.NodeCount, town.Graph.EdgeCount));
        Assert.False(town.IsJunction("b"));
        Assert.Equal(3, town.Graph.Line(town.Edge("a", "c")).Length);
        Assert.Equal("car ⇄, ambulance ⇄", town.Between("d", "e"));
    }

    [Fact]
    public void Both_directions_of_a_street_are_twins_drawn_on_one_line()
    {
        ImportedTown town = OsmTown
            .Draw(
                """
                a b
                  c d
                """
            )
            .Way("abcd", Street)
            .Import();
        int there = town.Edge("a", "d");
        int back = town.Edge("d", "a");
        Assert.Equal(back, town.Graph.Twin(there));
        Assert.Equal(town.Graph.Line(there), town.Graph.Line(back).Reverse());
    }

    [Fact]
    public void Length_is_that_of_the_drawn_line_and_time_follows_the_speed_table()
    {
        // 0.0018 degrees of a meridian: 200.15 m on a sphere of 6,371.0088 km; residential 16 and 24 km/h.
        ImportedTown town = OsmTown.Draw("a\nb\nc").Way("abc", Street).Import();
        Assert.Equal(200.15, town.Graph.LengthMeters[town.Edge("a", "c")], 0.01);
        Assert.Equal(
            45.03,
            town.Seconds(DrivingProfile.Ordinary, "a", "c").GetValueOrDefault(),
            0.01
        );
        Assert.Equal(
            30.02,
            town.Seconds(DrivingProfile.Emergency, "c", "a").GetValueOrDefault(),
            0.01
        );
    }

    [Fact]
    public void A_ring_at_the_end_of_a_street_is_kept_and_driven_around()
    {
        ImportedTown town = OsmTown
            .Draw(
                """
                a b c
                  e d
                """
            )
            .Way("abcdeb", Street)
            .Import();
        Assert.Equal(1, town.Report.RingsCut);
        Assert.Equal((3, 6), (town.Graph.NodeCount, town.Graph.EdgeCount));
        Assert.Equal(2, town.Edges("b", "d").Length);
        Assert.All(town.Edges("b", "d"), edge => Assert.True(town.Graph.Twin(edge) >= 0));
    }

    [Fact]
    public void A_ring_that_nothing_meets_is_kept_too()
    {
        ImportedTown town = OsmTown.Draw("a b\nd c").Way("abcda", Street).Import();
        Assert.Equal((2, 4), (town.Graph.NodeCount, town.Graph.EdgeCount));
        Assert.Equal("car ⇄, ambulance ⇄", town.Between("a", "c"));
    }

    [Fact]
    public void A_street_that_crosses_itself_is_cut_there()
    {
        ImportedTown town = OsmTown.Draw("a b c d\n  f e").Way("abcefbd", Street).Import();
        Assert.True(town.IsJunction("b"));
        Assert.Equal("car ⇄, ambulance ⇄", town.Between("a", "d"));
    }

    [Fact]
    public void A_roundabout_is_driven_one_way_from_arm_to_arm()
    {
        ImportedTown town = OsmTown
            .Draw("a b c\n  d e")
            .Way("ab", Street)
            .Way("ce", Street)
            .Way("bdecb", Street, "junction=roundabout")
            .Import();
        Assert.Equal("car ⇄, ambulance ⇄", town.Between("a", "e"));
        Assert.Single(town.Edges("b", "e"));
        Assert.Empty(town.Edges("e", "b"));
    }

    [Fact]
    public void A_node_that_is_not_in_the_file_cuts_the_street_in_two()
    {
        ImportedTown town = OsmTown.Draw("a b c d e").Lose('c').Way("abcde", Street).Import();
        Assert.Equal("car ⇄, ambulance ⇄", town.Between("a", "b"));
        Assert.Equal("car ⇄, ambulance ⇄", town.Between("d", "e"));
        Assert.Equal("car –, ambulance –", town.Between("a", "e"));
        Assert.Equal((1, 1), (town.Report.MissingNodes, town.Report.WaysCutByMissingNodes));
    }

    [Fact]
    public void A_single_node_left_of_a_street_makes_no_road()
    {
        ImportedTown town = OsmTown.Draw("a b c d").Lose('b').Way("abcd", Street).Import();
        Assert.False(town.IsJunction("a"));
        Assert.Equal("car ⇄, ambulance ⇄", town.Between("c", "d"));
    }

    [Fact]
    public void A_node_named_twice_in_a_row_is_one()
    {
        ImportedTown town = OsmTown.Draw("a b c").Way("abbc", Street).Import();
        Assert.Equal((2, 2), (town.Graph.NodeCount, town.Graph.EdgeCount));
    }

    [Theory]
    [InlineData("芋窪街道", "name=芋窪街道", "ref=43")]
    [InlineData("青梅街道", "name=青梅街道 (Ome-kaido)", "name:ja=青梅街道")]
    [InlineData("16", "ref=16", "name:en=Route 16")]
    [InlineData("", "surface=asphalt")]
    public void The_name_is_the_one_that_a_dispatcher_in_Japan_reads(
        string name,
        params string[] tags
    )
    {
        ImportedTown town = OsmTown.Draw("a b").Way("ab", [Street, .. tags]).Import();
        Assert.Equal(name, town.Graph.StreetName(town.Edge("a", "b")));
        Assert.Equal("residential", town.Graph.RoadClass(town.Edge("a", "b")));
    }

    [Fact]
    public void Each_edge_names_the_way_that_it_is_a_part_of()
    {
        ImportedTown town = OsmTown.Draw("a b c").Way("ab", Street).Way("bc", Street).Import();
        Assert.Equal([1, 1, 2, 2], town.Report.WayOfEdgeRow);
        Assert.Equal(
            (3, 2, 2, 3, 4),
            (
                town.Report.NodesRead,
                town.Report.WaysRead,
                town.Report.DrivableWays,
                town.Report.Nodes,
                town.Report.EdgeRows
            )
        );
    }

    [Fact]
    public void Squares_drawn_as_areas_are_left_out_and_counted()
    {
        ImportedTown town = OsmTown
            .Draw("a b\nd c")
            .Way("ab", Street)
            .Way("abcda", "highway=pedestrian", "area=yes")
            .Import();
        Assert.Equal((1, 2), (town.Report.Areas, town.Graph.EdgeCount));
    }
}
