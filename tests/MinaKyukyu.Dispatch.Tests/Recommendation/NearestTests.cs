using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Tests.Recommendation;

public class NearestTests
{
    [Fact]
    public void The_only_unit_goes_and_says_when_it_will_be_there()
    {
        var city = TestCity.Draw(
            """
            S1 -3- a -4- b
                   |     |
                   2     5
                   |     |
                   c -1- H1
            """
        );
        city.Unit("A1", at: "S1").Turnout("1m");
        city.Incident("b", UrgencyLevel.Critical, at: "00:00");
        city.Recommends("A1@S1 ~ turnout 1m ~ drive 7m ~ scene b 00:08 [nearest by road]");
        city.AdvisesAt("RouterOnly: no model");
    }

    [Fact]
    public void Nearest_is_by_road_and_not_by_straight_line_where_a_river_lies_between()
    {
        // S2 lies across the river from x, 220 m away; the bridge is at the east end.
        var city = TestCity.Draw(
            """
            S1 ----3---- x ---------6--------- bridge
                                                 |
                                                 4
                                                 |
                         S2 --------6--------- quay
            """
        );
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S2");
        city.Incident("x");
        city.Recommends(
            "A1@S1 ~ turnout 1m ~ drive 3m ~ scene x 00:04 [nearest by road]",
            "A2@S2 ~ turnout 1m ~ drive 16m ~ scene x 00:17 [13m later]"
        );
    }

    [Fact]
    public void One_way_streets_count_in_the_direction_of_the_drive()
    {
        var city = TestCity.Draw(
            """
            S1 -2> x -2> S2
            |            |
            9            1
            |            |
            a -----1---- b
            """
        );
        city.Unit("A2", at: "S2");
        city.Unit("A1", at: "S1");
        city.Incident("x");
        city.Recommends(
            "A1@S1 ~ turnout 1m ~ drive 2m ~ scene x 00:03 [nearest by road]",
            "A2@S2 ~ turnout 1m ~ drive 13m ~ scene x 00:14 [11m later]"
        );
    }

    [Fact]
    public void A_unit_on_its_way_home_may_be_nearer_than_one_at_the_station()
    {
        var city = TestCity.Draw("S1 -3- x -2- a -5- S2");
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S2").Returning(scene: "x").Seen("a", ago: "6s");
        city.Incident("x");
        city.Recommends(
            "A2@a ~ turnout 10s ~ drive 2m ~ scene x 00:02:10 [nearest by road, returning]",
            "A1@S1 ~ turnout 1m ~ drive 3m ~ scene x 00:04 [1m50s later]"
        );
    }

    [Fact]
    public void Equal_times_go_by_the_units_id()
    {
        var city = TestCity.Draw("S1 -3- x -3- S2");
        city.Unit("B", at: "S1");
        city.Unit("C", at: "S2");
        city.Unit("A", at: "S2");
        city.Incident("x");
        city.Recommends(
            "A@S2 ~ turnout 1m ~ drive 3m ~ scene x 00:04 [nearest by road]",
            "B@S1 ~ turnout 1m ~ drive 3m ~ scene x 00:04 [0s later]",
            "C@S2 ~ turnout 1m ~ drive 3m ~ scene x 00:04 [0s later]"
        );
    }

    [Fact]
    public void Only_as_many_are_listed_as_were_asked_for_and_the_rest_is_counted()
    {
        var city = TestCity.Draw("S1 -3- x");
        foreach (int number in Enumerable.Range(10, 20))
        {
            city.Unit($"A{number}", at: "S1");
        }

        city.Incident("x");
        Assert.Equal(2, city.Recommend(2).Candidates.Length);
        Assert.Equal(20, city.Recommend(2).CandidateCount);
        Assert.Equal(UnitRecommender.DefaultMaxCandidates, city.Recommend(0).Candidates.Length);
        Assert.Equal([1, 2, 3], city.Recommend(3).Candidates.Select(c => c.Rank));
    }

    [Theory]
    [InlineData(12, 59, 60)] // 21:59 in Japan
    [InlineData(13, 0, 90)] // 22:00
    [InlineData(20, 59, 90)] // 05:59
    [InlineData(21, 0, 60)] // 06:00
    public void By_night_a_station_takes_longer_to_turn_out(int hourUtc, int minute, int seconds)
    {
        var city = TestCity.Draw("S1 -3- x");
        city.Unit("A1", at: "S1");
        city.Incident("x");
        city.Now = new DateTimeOffset(2026, 4, 1, hourUtc, minute, 0, TimeSpan.Zero);
        UnitCandidate first = city.Recommend().Candidates[0];
        Assert.Equal(TimeSpan.FromSeconds(seconds), first.Turnout);
        Assert.Equal(TimeSpan.FromSeconds(180 + seconds), first.EtaP50);
    }

    [Fact]
    public void Nothing_that_no_model_has_said_is_shown_as_a_quantile()
    {
        var city = TestCity.Draw("S1 -3- x");
        city.Unit("A1", at: "S1");
        city.Incident("x");
        UnitCandidate first = city.Recommend().Candidates[0];
        Assert.Null(first.EtaP10);
        Assert.Null(first.EtaP90);
        Assert.Equal("nearest", city.Recommend().Policy);
        Assert.Equal(new UnitId("A1"), city.Recommend().Advised);
    }

    [Fact]
    public void A_town_centre_widens_the_arrival_and_is_never_an_address()
    {
        var city = TestCity.Draw("S1 -3- x");
        city.Unit("A1", at: "S1");
        city.Incident("x");
        TimeSpan building = city.Recommend().Candidates[0].PlaceDoubt!.Value;

        city.Incident(new Place(city.PlaceOf("x"), PlacePrecision.TownCentre, null, "", 0, ""));
        city.Recommends(
            "A1@S1 ~ turnout 1m ~ drive 3m ~ scene x 00:04 [nearest by road, town centre only, within 500 m]"
        );
        TimeSpan townCentre = city.Recommend().Candidates[0].PlaceDoubt!.Value;
        // 500 m against 20 m; each rounded to a millisecond.
        Assert.Equal(25, townCentre / building, 0.01);
        Assert.InRange(townCentre.TotalSeconds, 45, 90);
    }

    [Fact]
    public void A_telephones_own_radius_counts_before_the_usual_one()
    {
        var city = TestCity.Draw("S1 -3- x");
        city.Unit("A1", at: "S1");
        city.Incident(new Place(city.PlaceOf("x"), PlacePrecision.PhoneFix, 1_200, "", 0, ""));
        city.Recommends(
            "A1@S1 ~ turnout 1m ~ drive 3m ~ scene x 00:04 [nearest by road, PhoneFix within 1200 m]"
        );
    }

    [Fact]
    public void A_place_beside_the_road_says_how_far()
    {
        var city = TestCity.Draw("S1 -3- x");
        city.Unit("A1", at: "S1");
        GeoPoint x = city.PlaceOf("x");
        city.Incident(TestCity.Exactly(new GeoPoint(x.Latitude + 0.002, x.Longitude)));
        Reason beside = city.Recommend()
            .Candidates[0]
            .Reasons.Single(r => r.Code == ReasonCode.SnapDistance);
        Assert.Equal(222, beside.Amount!.Value, 1.0);
    }
}
