using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Tests.Recommendation;

public class LevelTests
{
    private const string Street = "S1 -3- x -2- a -5- S2";

    [Fact]
    public void Off_the_map_the_straight_line_is_taken_and_labelled()
    {
        var city = TestCity.Draw(Street);
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S2");
        GeoPoint east = city.PlaceOf("S2");
        var outside = new GeoPoint(east.Latitude, east.Longitude + 0.02);
        city.Incident(TestCity.Exactly(outside));
        city.AdvisesAt("StraightLine: place off the map");
        ImmutableArray<UnitCandidate> both = city.Recommend().Candidates;
        Assert.Equal(["A2", "A1"], both.Select(c => c.Unit.Value));
        Assert.Equal(ReasonCode.NearestByStraightLine, both[0].Reasons[0].Code);
        Assert.Equal(
            StraightLine.Milliseconds(east, outside, DrivingProfile.Emergency) + 60_000,
            both[0].EtaP50!.Value.TotalMilliseconds
        );
    }

    [Fact]
    public void Without_a_road_file_the_straight_line_is_taken_and_labelled()
    {
        var city = TestCity.Draw(Street).WithoutRoads();
        city.Unit("A1", at: "S1");
        city.Incident("x");
        city.AdvisesAt("StraightLine: no road map");
        Assert.Single(city.Recommend().Candidates);
    }

    [Fact]
    public void Without_a_place_the_town_in_the_address_decides_and_no_time_is_made_up()
    {
        var city = TestCity
            .Draw(Street)
            .StationsGo("S1", "S2")
            .StationsGoTo("架空町二丁目", "S2", "S1");
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S2").Returning(scene: "x");
        city.Unit("A3", at: "S2");
        city.Incident(Somewhere("○○県△△市架空町二丁目のどこか"));
        city.AdvisesAt("StaticOrder: no place");
        UnitRecommendation advice = city.Recommends(
            "A3@S2 [station 1 of the town]",
            "A2@S2 [station 1 of the town, returning]",
            "A1@S1 [station 2 of the town]"
        );
        Assert.All(
            advice.Candidates,
            candidate =>
            {
                Assert.Null(candidate.EtaP50);
                Assert.Null(candidate.Road);
                Assert.Null(candidate.Turnout);
                Assert.Null(candidate.PlaceDoubt);
            }
        );
    }

    [Fact]
    public void Without_place_and_town_the_default_order_decides()
    {
        var city = TestCity.Draw(Street).StationsGo("S2");
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S2");
        city.Incident(Place.Nowhere);
        city.Recommends(
            "A2@S2 [station 1 by default]",
            // Forgotten by the order, not by us.
            "A1@S1 [station 2 by default]"
        );
    }

    [Fact]
    public void Without_a_place_units_that_are_soon_free_stand_behind_all_that_are_free()
    {
        var city = TestCity.Draw(Street + " -1- H1").StationsGo("S1", "S2");
        city.Unit("A1", at: "S1").HandedOver("H1", scene: "x", since: "4m");
        city.Unit("A2", at: "S2");
        city.Incident(Place.Nowhere);
        city.Recommends(
            "A2@S2 [station 2 by default]",
            "A1@S1 ~ free in 6m [station 1 by default]"
        );
    }

    /// <summary>Nothing that a caller, a telephone or a slip of the hand can say leaves an incident without an answer.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(-35.7, -40.6)]
    [InlineData(90, 0)]
    [InlineData(-90, 180)]
    [InlineData(35.7, 180)]
    [InlineData(35.7, -180)]
    [InlineData(35.7, 139.3999)]
    [InlineData(35.7045, 139.4)]
    public void Every_place_on_earth_has_an_answer(double latitude, double longitude)
    {
        foreach (bool hasRoads in new[] { true, false })
        {
            foreach (
                double? radius in new double?[]
                {
                    null,
                    0,
                    -5,
                    double.NaN,
                    double.PositiveInfinity,
                    double.NegativeInfinity,
                    1e300,
                }
            )
            {
                foreach (
                    var precision in Enum.GetValues<PlacePrecision>().Append((PlacePrecision)77)
                )
                {
                    var city = TestCity.Draw(Street);
                    if (!hasRoads)
                    {
                        city.WithoutRoads();
                    }

                    city.Unit("A1", at: "S1").Seen(new GeoPoint(-latitude, longitude));
                    city.Unit("A2", at: "S2");
                    var place = new Place(
                        new GeoPoint(latitude, longitude),
                        precision,
                        radius,
                        "\ud800",
                        -99,
                        "\u0000"
                    );
                    Incident incident = Odd(place);
                    UnitRecommendation advice = UnitRecommender.Recommend(
                        city.Situation,
                        incident,
                        -1
                    );
                    Assert.Equal(2, advice.Candidates.Length);
                    Assert.NotNull(advice.Advised);
                    Assert.All(advice.Candidates, c => Assert.True(c.EtaP50 > TimeSpan.Zero));
                    Assert.All(advice.Candidates, c => Assert.True(c.PlaceDoubt >= TimeSpan.Zero));
                }
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\ud800")]
    [InlineData("不明")]
    [InlineData("架空町二丁目")]
    public void Every_address_has_an_answer(string address)
    {
        var city = TestCity.Draw(Street).StationsGoTo("架空町二丁目", "S2");
        city.Unit("A1", at: "S1");
        UnitRecommendation advice = UnitRecommender.Recommend(
            city.Situation,
            Odd(Somewhere(address)),
            10
        );
        Assert.Single(advice.Candidates);
    }

    [Fact]
    public void What_was_snapped_before_changes_nothing_but_speed()
    {
        var city = TestCity.Draw(Street);
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S2").Returning(scene: "x").Seen("a", ago: "6s");
        city.Incident("x");
        Situation plain = city.Situation;
        Situation warm = plain with { Snapped = new SnappedFleet(plain.Roads!) };
        UnitRecommendation expected = UnitRecommender.Recommend(plain, city.TheIncident);
        for (int i = 0; i < 2; i++)
        {
            UnitRecommendation again = UnitRecommender.Recommend(warm, city.TheIncident);
            Assert.Equal(
                expected.Candidates.Select(c => (c.Unit, c.EtaP50)),
                again.Candidates.Select(c => (c.Unit, c.EtaP50))
            );
        }

        // The unit moves on; what was known of its place is not used again.
        city.Positions.Clear();
        city.Unit("A3", at: "S1").Returning(scene: "x").Seen("x", ago: "6s");
        Situation moved = city.Situation with { Snapped = warm.Snapped };
        UnitRecommender.Recommend(moved, city.TheIncident);
        city.Positions.Clear();
        city.Positions[new("A3")] = new(new("A3"), city.PlaceOf("S2"), city.Now, city.Now, null);
        Assert.Equal(
            TimeSpan.FromMinutes(7),
            UnitRecommender
                .Recommend(city.Situation with { Snapped = warm.Snapped }, city.TheIncident)
                .Candidates.Single(c => c.Unit.Value == "A3")
                .Road
        );
    }

    private static Place Somewhere(string address) =>
        new(null, PlacePrecision.Unknown, null, address, 0, "");

    /// <summary>Not through the journal, whose facts could not even be written with some of these texts.</summary>
    private static Incident Odd(Place place) =>
        new()
        {
            Id = new("odd"),
            CallReceivedAt = DateTimeOffset.MaxValue,
            Place = place,
            Urgency = new Urgency((UrgencyLevel)99, ""),
        };
}
