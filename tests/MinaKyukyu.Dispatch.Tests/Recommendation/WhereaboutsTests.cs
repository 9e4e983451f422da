using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Tests.Recommendation;

public class WhereaboutsTests
{
    private const string Street = "S1 -3- x -2- a -5- b -4- H1 -1- S2";

    [Fact]
    public void A_stale_position_on_the_way_home_is_used_and_says_its_age()
    {
        var city = TestCity.Draw(Street);
        city.Unit("A2", at: "S2").Returning(scene: "x").Seen("a", ago: "48s");
        city.Incident("x");
        city.Recommends(
            "A2@a ~ turnout 10s ~ drive 2m ~ scene x 00:02:10 [nearest by road, returning, position 48s old]"
        );
    }

    [Fact]
    public void A_position_of_thirty_seconds_is_fresh_and_one_of_thirty_one_is_not()
    {
        foreach ((string ago, string doubt) in new[] { ("30s", ""), ("31s", ", position 31s old") })
        {
            var city = TestCity.Draw(Street);
            city.Unit("A2", at: "S2").Returning(scene: "x").Seen("a", ago);
            city.Incident("x");
            city.Recommends(
                $"A2@a ~ turnout 10s ~ drive 2m ~ scene x 00:02:10 [nearest by road, returning{doubt}]"
            );
        }
    }

    [Fact]
    public void A_unit_that_cleared_at_a_hospital_and_says_nothing_is_taken_to_be_there()
    {
        var city = TestCity.Draw(Street);
        city.Unit("A1", at: "S1").ReturningFrom("H1", scene: "x", since: "4m");
        city.Incident("b");
        city.Recommends(
            "A1@? ~ turnout 10s ~ drive 4m ~ scene b 00:04:10 [nearest by road, returning, last at the hospital 4m ago]"
        );
    }

    [Fact]
    public void A_position_older_than_the_clearing_does_not_outweigh_it()
    {
        var city = TestCity.Draw(Street);
        city.Unit("A1", at: "S1").ReturningFrom("H1", scene: "x", since: "4m").Seen("x", "20m");
        city.Incident("b");
        city.Recommends(
            "A1@? ~ turnout 10s ~ drive 4m ~ scene b 00:04:10 [nearest by road, returning, last at the hospital 4m ago]"
        );
    }

    [Fact]
    public void A_unit_that_carried_nobody_is_taken_to_be_at_its_last_scene()
    {
        var city = TestCity.Draw(Street);
        city.Unit("A1", at: "S1").Returning(scene: "b", since: "2m");
        city.Incident("a");
        city.Recommends(
            "A1@? ~ turnout 10s ~ drive 5m ~ scene a 00:05:10 [nearest by road, returning, last on scene 2m ago]"
        );
    }

    [Fact]
    public void After_half_an_hour_of_silence_its_station_is_the_best_guess()
    {
        var city = TestCity.Draw(Street);
        city.Unit("A1", at: "S1").Returning(scene: "b", since: "31m");
        city.Incident("x");
        city.Recommends(
            "A1@S1 ~ turnout 10s ~ drive 3m ~ scene x 00:03:10 [nearest by road, returning, station assumed]"
        );
    }

    [Fact]
    public void At_the_station_an_old_position_from_elsewhere_means_nothing()
    {
        var city = TestCity.Draw(Street);
        city.Unit("A1", at: "S1").Seen("b", ago: "5m");
        city.Incident("x");
        city.Recommends("A1@S1 ~ turnout 1m ~ drive 3m ~ scene x 00:04 [nearest by road]");
    }

    [Fact]
    public void Fixes_that_wander_around_the_station_do_not_move_the_unit()
    {
        var city = TestCity.Draw(Street);
        GeoPoint station = city.PlaceOf("S1");
        city.Unit("A1", at: "S1")
            .Seen(new GeoPoint(station.Latitude + 0.001, station.Longitude + 0.0005));
        city.Incident("x");
        city.Recommends("A1@S1 ~ turnout 1m ~ drive 3m ~ scene x 00:04 [nearest by road]");
    }

    [Fact]
    public void A_fresh_position_far_from_the_station_is_believed()
    {
        var city = TestCity.Draw(Street);
        city.Unit("A1", at: "S1").Seen("b", ago: "5s");
        city.Incident("x");
        city.Recommends("A1@b ~ turnout 1m ~ drive 7m ~ scene x 00:08 [nearest by road]");
    }

    [Fact]
    public void A_unit_off_the_map_is_reckoned_by_straight_line_and_says_so()
    {
        var city = TestCity.Draw(Street);
        var outside = new GeoPoint(35.60, 139.4);
        city.Unit("A1", at: "S1").Seen(outside);
        city.Unit("A2", at: "S2");
        city.Incident("x");
        ImmutableArray<UnitCandidate> both = city.Recommend().Candidates;
        Assert.Equal(["A2", "A1"], both.Select(c => c.Unit.Value));
        Assert.Equal(
            StraightLine.Milliseconds(outside, city.PlaceOf("x"), DrivingProfile.Emergency),
            both[1].Road!.Value.TotalMilliseconds
        );
        Assert.DoesNotContain(both[0].Reasons, r => r.Code == ReasonCode.UnitOffMap);
        Assert.Contains(both[1].Reasons, r => r.Code == ReasonCode.UnitOffMap);
    }
}
