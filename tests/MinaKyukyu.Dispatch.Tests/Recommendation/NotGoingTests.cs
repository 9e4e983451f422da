using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Tests.Recommendation;

public class NotGoingTests
{
    private const string Street = "S1 -3- x -2- a -5- S2 -4- H1";

    [Fact]
    public void Every_unit_that_does_not_go_has_its_reason()
    {
        var city = TestCity.Draw(Street);
        city.Unit("A1", at: "S1");
        city.OffDuty("A2", at: "S1");
        city.Unit("A3", at: "S1").OnScene("a", since: "5m");
        city.Unit("A4", at: "S1").EnRoute("a", since: "2m");
        city.Unit("A5", at: "S1").Transporting("a", since: "2m");
        city.Incident("x");
        city.Recommends("A1@S1 ~ turnout 1m ~ drive 3m ~ scene x 00:04 [nearest by road]");
        city.DoesNotSend(
            "A2: off duty",
            "A3: busy on scene, free in 57m",
            "A4: busy en route, free in 1h9m",
            "A5: busy transporting, free in 42m"
        );
    }

    [Fact]
    public void A_unit_that_is_soon_free_stands_at_its_time_but_never_before_one_that_is_free()
    {
        var city = TestCity.Draw(Street);
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S2").HandedOver("H1", scene: "x", since: "4m").Seen("a");
        city.Unit("A3", at: "S2").HandedOver("H1", scene: "x", since: "9m").Seen("x");
        city.Incident("x", UrgencyLevel.Critical);
        city.Recommends(
            "A1@S1 ~ turnout 1m ~ drive 3m ~ scene x 00:04 [nearest by road, A3 would be 2m50s earlier]",
            "A3@x ~ free in 1m ~ turnout 10s ~ drive 0s ~ scene x 00:01:10 []",
            "A2@a ~ free in 6m ~ turnout 10s ~ drive 2m ~ scene x 00:08:10 [4m10s later]"
        );
        Assert.Equal(new UnitId("A1"), city.Recommend().Advised);
    }

    [Fact]
    public void An_idle_unit_that_is_as_fast_goes_first()
    {
        var city = TestCity.Draw("S1 -3- x -3- S2 -4- H1");
        city.Unit("Z", at: "S1").Turnout("1m10s");
        city.Unit("A", at: "S2").HandedOver("H1", scene: "x", since: "9m").Seen("S2");
        city.Incident("x");
        city.Recommends(
            "Z@S1 ~ turnout 1m10s ~ drive 3m ~ scene x 00:04:10 [nearest by road]",
            "A@S2 ~ free in 1m ~ turnout 10s ~ drive 3m ~ scene x 00:04:10 [0s later]"
        );
    }

    [Fact]
    public void When_all_are_busy_it_says_who_is_expected_back_first()
    {
        var city = TestCity.Draw(Street);
        city.Unit("A1", at: "S1").OnScene("a", since: "5m");
        city.Unit("A2", at: "S1").Transporting("a", since: "30m");
        city.Incident("x");
        city.Recommends();
        city.HasNobody("all are busy, A2 free in 14m");
        Assert.Null(city.Recommend().Advised);
    }

    [Fact]
    public void Nobody_can_be_ordered_now_though_somebody_is_soon_free()
    {
        var city = TestCity.Draw(Street);
        city.Unit("A1", at: "S1").HandedOver("H1", scene: "x", since: "7m");
        city.Incident("x");
        city.Recommends(
            "A1@? ~ free in 3m ~ turnout 10s ~ drive 11m ~ scene x 00:14:10 [last at the hospital 7m ago]"
        );
        city.HasNobody("all are busy, A1 free in 3m");
        Assert.Null(city.Recommend().Advised);
    }

    [Fact]
    public void Nobody_is_on_duty()
    {
        var city = TestCity.Draw(Street);
        city.OffDuty("A1", at: "S1");
        city.Incident("x");
        city.Recommends();
        city.HasNobody("no unit is on duty");
        city.DoesNotSend("A1: off duty");
    }

    [Fact]
    public void The_unit_that_was_ordered_here_is_not_advised_again()
    {
        var city = TestCity.Draw(Street);
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S2");
        city.Incident("x");
        city.Order("A1");
        city.Recommends("A2@S2 ~ turnout 1m ~ drive 7m ~ scene x 00:08 [nearest by road]");
        city.DoesNotSend("A1: ordered here already, turning out");
    }

    [Fact]
    public void A_unit_without_a_way_is_named_and_the_others_go()
    {
        // Nobody leaves the island where S2 stands.
        var city = TestCity.Draw(
            """
            S1 -3- x -2- a

            S2 -1- island
            """
        );
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S2");
        city.Incident("x");
        city.Recommends("A1@S1 ~ turnout 1m ~ drive 3m ~ scene x 00:04 [nearest by road]");
        city.DoesNotSend("A2: no way from there");
    }

    [Fact]
    public void A_unit_whose_fix_fell_on_a_dead_one_way_street_stands_on_the_road_beside_it()
    {
        var city = TestCity.Draw(
            """
            S1 -3- a -2- x
                   |
                   1
                   v
                   p
            """
        );
        GeoPoint a = city.PlaceOf("a");
        city.Unit("A1", at: "S1").Seen(new GeoPoint(a.Latitude - 0.0006, a.Longitude));
        city.Incident("x");
        city.Recommends(
            "A1@road ~ turnout 1m ~ drive 2m ~ scene x 00:03 [nearest by road, unit 67 m from the road]"
        );
    }

    [Fact]
    public void A_place_that_no_unit_reaches_by_road_falls_back_to_the_straight_line()
    {
        var city = TestCity.Draw(
            """
            S1 -3- a -3- b




            x -1- island
            """
        );
        city.Unit("A1", at: "S1");
        city.Incident("x");
        city.AdvisesAt("StraightLine: no way by road");
        Assert.Equal(new UnitId("A1"), city.Recommend().Advised);
        Assert.Equal(RecommendationLevel.StraightLine, city.Recommend().Level);
    }
}
