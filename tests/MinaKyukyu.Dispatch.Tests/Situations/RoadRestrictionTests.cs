using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Tests.Situations;

public class RoadRestrictionTests
{
    /// <summary>Two stations; the one in the west is nearer to x unless the street before it is shut.</summary>
    private const string TwoSides = """
        S1 -2- a -1- x -3- b -2- S2
               |           |
               9           4
               |           |
               c ----4---- H1
        """;

    [Fact]
    public void A_closed_street_makes_the_other_unit_the_nearest()
    {
        TestCity city = TwoUnits();
        city.Recommends(
            "A1@S1 ~ turnout 1m ~ drive 3m ~ scene x 00:04 [nearest by road]",
            "A2@S2 ~ turnout 1m ~ drive 5m ~ scene x 00:06 [2m later]"
        );
        city.Closes("a-x");
        city.Recommends(
            "A2@S2 ~ turnout 1m ~ drive 5m ~ scene x 00:06 [nearest by road]",
            "A1@S1 ~ turnout 1m ~ drive 22m ~ scene x 00:23 [17m later]"
        );
    }

    [Fact]
    public void A_closure_ends_by_the_clock_alone_at_its_expiry()
    {
        TestCity city = TwoUnits().Closes("a-x", until: "00:30");
        city.At("00:29");
        Assert.Equal("A2", First(city));
        city.At("00:30");
        Assert.Equal("A1", First(city));
    }

    [Fact]
    public void A_lifted_closure_is_gone_with_the_next_advice()
    {
        TestCity city = TwoUnits().Closes("a-x");
        Assert.Equal("A2", First(city));
        city.Lifts("a-x");
        city.Recommends(
            "A1@S1 ~ turnout 1m ~ drive 3m ~ scene x 00:04 [nearest by road]",
            "A2@S2 ~ turnout 1m ~ drive 5m ~ scene x 00:06 [2m later]"
        );
    }

    [Fact]
    public void A_street_at_a_quarter_of_its_speed_takes_four_times_as_long()
    {
        TestCity city = TwoUnits().Slows("a-x", percent: 25);
        city.Recommends(
            "A2@S2 ~ turnout 1m ~ drive 5m ~ scene x 00:06 [nearest by road]",
            "A1@S1 ~ turnout 1m ~ drive 6m ~ scene x 00:07 [1m later]"
        );
    }

    [Fact]
    public void Of_two_restrictions_on_one_street_the_worse_holds_and_the_other_remains()
    {
        TestCity city = TwoUnits().Slows("a-x", percent: 50, until: "01:00");
        city.Closes("a-x", until: "00:30");
        Assert.Equal("A1 22m", Of(city, "A1"));
        city.At("00:30");
        Assert.Equal("A1 4m", Of(city, "A1"));
    }

    [Fact]
    public void A_radius_takes_every_street_that_it_touches()
    {
        // 100 m about the middle of b-x touch that street alone; 300 m reach both ends and what begins there.
        TestCity near = TwoUnits().Closes("x-b", meters: 100);
        Assert.Equal(2, EdgesOf(near));
        TestCity wide = TwoUnits().Closes("x-b", meters: 300);
        Assert.Equal(8, EdgesOf(wide));
    }

    [Fact]
    public void A_closure_in_the_incidents_own_street_says_that_the_last_metres_are_on_foot()
    {
        TestCity city = TwoUnits(incident: "x-b");
        city.Recommends(
            "A2@S2 ~ turnout 1m ~ drive 3m30s ~ scene x-b 00:04:30 [nearest by road]",
            "A1@S1 ~ turnout 1m ~ drive 4m30s ~ scene x-b 00:05:30 [1m later]"
        );
        // Half of the street's 540 m at 4 km/h, from either end.
        city.Closes("x-b");
        city.Recommends(
            "A2@S2 ~ turnout 1m ~ drive 6m4s ~ scene x-b 00:07:04 [nearest by road, the last metres on foot]",
            "A1@S1 ~ turnout 1m ~ drive 7m4s ~ scene x-b 00:08:04 [1m later, the last metres on foot]"
        );
    }

    [Fact]
    public void A_place_inside_what_is_closed_is_reached_through_the_closure_and_says_so()
    {
        TestCity city = TwoUnits();
        city.Closes("x-b", meters: 300);
        city.Recommends(
            "A1@S1 ~ turnout 1m ~ drive 3m ~ scene x 00:04 [nearest by road, through a closure]",
            "A2@S2 ~ turnout 1m ~ drive 5m ~ scene x 00:06 [2m later, through a closure]"
        );
    }

    [Fact]
    public void A_slow_street_is_still_driven_to_its_end()
    {
        TestCity city = TwoUnits(incident: "x-b").Slows("x-b", percent: 50);
        city.Recommends(
            "A2@S2 ~ turnout 1m ~ drive 5m ~ scene x-b 00:06 [nearest by road]",
            "A1@S1 ~ turnout 1m ~ drive 6m ~ scene x-b 00:07 [1m later]"
        );
    }

    [Fact]
    public void A_hospital_behind_a_closed_street_is_farther()
    {
        TestCity city = TwoUnits();
        city.Carries(CareNeeds.None, "H1 ~ drive 7m [nearest, from the scene]");
        city.Closes("b-H1");
        city.Carries(CareNeeds.None, "H1 ~ drive 14m [nearest, from the scene]");
    }

    [Fact]
    public void A_place_without_a_street_changes_no_map()
    {
        TestCity city = TwoUnits();
        RoadMap before = city.Situation.Roads!;
        var live = new LiveRoads(before);
        var log = new TestCityLog(new("drawn"));
        RoadRestriction far = log.Restrict(Report(new GeoPoint(36.2, 140.1)), city.Now);

        Assert.Empty(live.Restricted.EdgesOf(far));
        Assert.Same(live.Now(city.Now, RoadRestrictions.None), live.Now(city.Now, log.Roads));
    }

    [Fact]
    public void The_map_is_the_same_object_until_something_differs()
    {
        TestCity city = TwoUnits();
        RoadMap open = city.Situation.Roads!;
        Assert.Same(open, city.Situation.Roads);
        city.Closes("a-x", until: "00:30");
        RoadMap closed = city.Situation.Roads!;
        Assert.NotSame(open, closed);
        Assert.Same(closed, city.At("00:29").Situation.Roads);
        Assert.NotSame(closed, city.At("00:30").Situation.Roads);
        Assert.Same(open.Graph, city.Situation.Roads!.Graph);
    }

    [Fact]
    public void Another_part_of_the_week_is_another_map_of_the_same_restrictions()
    {
        TestCity city = TwoUnits().Closes("a-x");
        RoadMap atNoon = city.Situation.Roads!;
        RoadMap atFour = city.At("04:00").Situation.Roads!;
        Assert.NotEqual(atNoon.Bucket, atFour.Bucket);
        Assert.Equal(atNoon.Conditions, atFour.Conditions);
        Assert.False(atFour.Conditions.IsClear);
    }

    [Fact]
    public void Whoever_looked_a_moment_before_the_commit_does_not_hide_it_from_the_next()
    {
        // Well inside a part of the week, whose beginning is another reason for another map.
        TestCity city = TwoUnits().At("00:10");
        var live = new LiveRoads(city.Situation.Roads!);
        var log = new TestCityLog(new("drawn"));
        log.Restrict(Report(city.PlaceOf("a-x")), city.Now);

        // The clock was read before the commit, the restrictions after it.
        Assert.True(live.Now(city.Now.AddTicks(-1), log.Roads).Conditions.IsClear);
        Assert.False(live.Now(city.Now, log.Roads).Conditions.IsClear);
    }

    [Fact]
    public void What_was_brought_to_the_open_roads_stands_on_the_closed_ones_too()
    {
        TestCity city = TwoUnits();
        var snapped = new SnappedFleet(city.Situation.Roads!);
        city.Closes("a-x");
        Assert.True(snapped.Fits(city.Situation.Roads!));
        Assert.False(snapped.Fits(TwoUnits().Situation.Roads!));
    }

    private static TestCity TwoUnits(string incident = "x")
    {
        var city = TestCity.Draw(TwoSides);
        city.Unit("A1", at: "S1").Turnout("1m");
        city.Unit("A2", at: "S2");
        return city.Incident(incident, UrgencyLevel.Critical, at: "00:00");
    }

    private static RoadReport Report(GeoPoint point) =>
        new(
            new RestrictedPlace(point, 0),
            RoadEffect.Closed,
            new Code(RoadRestrictions.KindTable, "flooding"),
            "",
            new DateTimeOffset(2026, 4, 1, 12, 0, 0, TimeSpan.Zero)
        );

    private static string First(TestCity city) => city.Recommend().Candidates[0].Unit.Value;

    private static string Of(TestCity city, string unit) =>
        $"{unit} {city.Recommend().Candidates.Single(c => c.Unit.Value == unit).Road!.Value.TotalMinutes:0}m";

    private static int EdgesOf(TestCity city) => city.Situation.Roads!.Conditions.Edges.Count();
}
