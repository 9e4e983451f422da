using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

/// <summary>What a car and an ambulance may drive, and how fast; the numbers are those of ambulance-japan.json.</summary>
public class OsmAccessTests
{
    [Theory]
    [InlineData("car ⇄, ambulance ⇄", "highway=residential")]
    [InlineData("car →, ambulance →", "highway=motorway")]
    [InlineData("car ⇄, ambulance ⇄", "highway=motorway", "oneway=no")]
    [InlineData("car ⇄, ambulance ⇄", "highway=motorway_link")]
    [InlineData("car –, ambulance ⇄", "highway=pedestrian")]
    [InlineData("car –, ambulance ⇄", "highway=busway")]
    [InlineData("car ⇄, ambulance ⇄", "highway=pedestrian", "motor_vehicle=destination")]
    [InlineData("car ⇄, ambulance ⇄", "highway=footway", "motor_vehicle=yes")]
    [InlineData("car –, ambulance ⇄", "highway=footway", "emergency=yes")]
    [InlineData("car ⇄, ambulance ⇄", "highway=track", "vehicle=yes")]
    // The most particular tag decides.
    [InlineData("car –, ambulance ⇄", "highway=service", "access=private")]
    [InlineData("car ⇄, ambulance ⇄", "highway=service", "access=private", "motorcar=yes")]
    [InlineData("car –, ambulance ⇄", "highway=service", "access=yes", "vehicle=no")]
    [InlineData("car –, ambulance ⇄", "highway=service", "vehicle=yes", "motor_vehicle=no")]
    [InlineData("car –, ambulance ⇄", "highway=service", "access=no", "emergency=designated")]
    [InlineData("car –, ambulance ⇄", "highway=tertiary", "access=no", "bus=yes")]
    [InlineData("car –, ambulance ⇄", "highway=residential", "motor_vehicle=agricultural")]
    [InlineData("car ⇄, ambulance ⇄", "highway=residential", "access=destination")]
    [InlineData("car ⇄, ambulance ⇄", "highway=residential", "access=delivery")]
    [InlineData("car ⇄, ambulance –", "highway=residential", "emergency=no")]
    public void A_road_is_open_to_whom_its_tags_say(string expected, params string[] tags) =>
        Assert.Equal(expected, OsmTown.Draw("a b").Way("ab", tags).Import().Between("a", "b"));

    [Theory]
    [InlineData("highway=footway")]
    [InlineData("highway=footway", "access=yes")]
    [InlineData("highway=footway", "motor_vehicle=private")]
    [InlineData("highway=track")]
    [InlineData("highway=steps")]
    [InlineData("highway=construction")]
    [InlineData("highway=residential", "access=no")]
    [InlineData("highway=residential", "access=military")]
    [InlineData("highway=busway", "emergency=no")]
    [InlineData("highway=tertiary", "access=no", "bus=yes", "emergency=no")]
    [InlineData("waterway=river")]
    public void What_nobody_may_drive_is_no_road(params string[] tags)
    {
        ImportedTown town = OsmTown
            .Draw("a b c")
            .Way("ab", tags)
            .Way("bc", "highway=service")
            .Import();
        Assert.False(town.IsJunction("a"));
        Assert.Equal((1, 2), (town.Report.DrivableWays, town.Report.WaysRead));
    }

    [Theory]
    [InlineData("car →, ambulance →", "highway=primary", "oneway=yes")]
    [InlineData("car →, ambulance →", "highway=primary", "oneway=true")]
    [InlineData("car →, ambulance →", "highway=primary", "oneway=1")]
    [InlineData("car ←, ambulance ←", "highway=primary", "oneway=-1")]
    [InlineData("car ←, ambulance ←", "highway=primary", "oneway=reverse")]
    [InlineData("car ⇄, ambulance ⇄", "highway=primary", "oneway=no")]
    [InlineData("car →, ambulance →", "highway=primary", "junction=roundabout")]
    [InlineData("car →, ambulance →", "highway=residential", "junction=circular")]
    // Against the flow with lights and siren: on small streets, or where buses and ambulances are let.
    [InlineData("car →, ambulance ⇄", "highway=residential", "oneway=yes")]
    [InlineData("car ←, ambulance ⇄", "highway=residential", "oneway=-1")]
    [InlineData("car →, ambulance ⇄", "highway=primary", "oneway=yes", "oneway:emergency=no")]
    [InlineData("car →, ambulance ⇄", "highway=primary", "oneway=yes", "oneway:bus=no")]
    [InlineData(
        "car →, ambulance →",
        "highway=residential",
        "junction=roundabout",
        "oneway:emergency=no"
    )]
    public void One_way_streets_bind_the_ambulance_less(string expected, params string[] tags) =>
        Assert.Equal(expected, OsmTown.Draw("a b").Way("ab", tags).Import().Between("a", "b"));

    [Fact]
    public void A_direction_of_flow_that_cannot_be_read_is_ignored_and_counted()
    {
        ImportedTown town = OsmTown
            .Draw("a b")
            .Way("ab", "highway=primary", "oneway=reversible")
            .Import();
        Assert.Equal("car ⇄, ambulance ⇄", town.Between("a", "b"));
        Assert.Equal(1, town.Report.UnreadableOneWays);
    }

    [Theory]
    [InlineData("car 16, ambulance 24", "highway=residential")]
    [InlineData("car 30, ambulance 43", "highway=primary")]
    [InlineData("car 20, ambulance 40", "highway=primary", "maxspeed=20")]
    [InlineData("car 16, ambulance 36", "highway=primary", "maxspeed=10 mph")]
    [InlineData("car 30, ambulance 43", "highway=primary", "maxspeed=JP:urban")]
    [InlineData("car 10, ambulance 30", "highway=primary", "maxspeed:forward=10")]
    [InlineData("car 30, ambulance 43", "highway=primary", "maxspeed:backward=10")]
    [InlineData("car 0, ambulance 10", "highway=pedestrian")]
    [InlineData("car 5, ambulance 5", "highway=pedestrian", "motor_vehicle=yes", "maxspeed=5")]
    [InlineData("car 0, ambulance 25", "highway=secondary", "motor_vehicle=no", "psv=yes")]
    [InlineData("car 0, ambulance 15", "highway=secondary", "motor_vehicle=no")]
    [InlineData("car 0, ambulance 40", "highway=secondary", "access=private")]
    [InlineData("car 0, ambulance 10", "highway=residential", "oneway=-1")]
    [InlineData("car 0, ambulance 43", "highway=primary", "oneway=-1", "oneway:emergency=no")]
    public void The_speed_is_the_least_of_class_limit_and_sign(
        string expected,
        params string[] tags
    ) => Assert.Equal(expected, OsmTown.Draw("a b").Way("ab", tags).Import().Speed("a", "b"));

    [Fact]
    public void A_way_against_the_flow_is_the_twin_of_the_street_and_no_way_for_a_car()
    {
        ImportedTown town = OsmTown
            .Draw("a b")
            .Way("ab", "highway=residential", "oneway=yes")
            .Import();
        int against = town.Edge("b", "a");
        Assert.Equal(town.Edge("a", "b"), town.Graph.Twin(against));
        Assert.Equal(EdgeWeights.Infinity, town.Ordinary.Milliseconds[against]);
    }

    [Theory]
    [InlineData(1, "width=2")]
    [InlineData(1, "width=2.29 m")]
    [InlineData(1, "maxwidth=1.9", "width=6")]
    [InlineData(1, "est_width=1.5")]
    [InlineData(1, "maxwidth=7'")]
    [InlineData(0, "width=2.3")]
    [InlineData(0, "maxwidth=3", "width=1")]
    [InlineData(0, "width=narrow")]
    public void A_street_too_narrow_for_an_ambulance_stays_on_the_map_and_nobody_drives_it(
        int tooNarrow,
        params string[] tags
    )
    {
        ImportedTown town = OsmTown
            .Draw("a b")
            .Way("ab", ["highway=residential", "oneway=yes", .. tags])
            .Import();
        Assert.Equal(tooNarrow, town.Report.TooNarrow);
        Assert.Equal(
            tooNarrow == 1 ? "car –, ambulance –" : "car →, ambulance ⇄",
            town.Between("a", "b")
        );
        Assert.Equal(town.Edge("a", "b"), town.Graph.Twin(town.Edge("b", "a")));
    }

    [Fact]
    public void A_street_too_low_for_an_ambulance_stays_on_the_map_and_nobody_drives_it()
    {
        ImportedTown town = OsmTown
            .Draw("a b c")
            .Way("ab", "highway=residential", "maxheight=2.1")
            .Way("bc", "highway=residential", "maxheight=default")
            .Import();
        Assert.Equal("car –, ambulance –", town.Between("a", "b"));
        Assert.Equal("car ⇄, ambulance ⇄", town.Between("b", "c"));
        Assert.Equal(
            (1, 0, 1),
            (town.Report.TooLow, town.Report.TooNarrow, town.Report.UnreadableMeasures)
        );
    }

    [Fact]
    public void What_was_guessed_is_counted()
    {
        ImportedTown town = OsmTown
            .Draw("a b c d")
            .Way("ab", "highway=residential", "maxspeed=slow")
            .Way("bc", "highway=residential", "access=Via Roma")
            .Way("cd", "highway=residential", "motor_vehicle:conditional=no @ (07:00-08:30)")
            .Import();
        Assert.Equal("car ⇄, ambulance ⇄", town.Between("a", "d"));
        Assert.Equal(
            (1, 1, 1),
            (
                town.Report.UnreadableMaxSpeeds,
                town.Report.UnknownAccessValues,
                town.Report.ConditionalWays
            )
        );
    }
}
