using MinaKyukyu.Dispatch.Hospitals;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Tests.Hospitals;

public class HospitalRecommenderTests
{
    private const string Street = "S1 -3- x -2- H1 -3- H2 -5- H3";

    [Fact]
    public void Without_needs_the_nearest_by_road_comes_first()
    {
        var city = City();
        city.Carries(
            CareNeeds.None,
            "H1 ~ drive 2m [nearest, from the scene]",
            "H2 ~ drive 5m [3m later, from the scene]",
            "H3 ~ drive 10m [8m later, from the scene]"
        );
    }

    [Fact]
    public void Needs_come_before_distance_and_the_card_says_what_it_cost()
    {
        var city = City();
        HospitalRecommendation needed = city.Carries(
            CareNeeds.Dialysis,
            "H2 ~ drive 5m [nearest, has dialysis, from the scene]",
            "H3 ~ drive 10m [5m later, has dialysis, from the scene]",
            "H1 ~ drive 2m [nearest, lacks dialysis, from the scene]"
        );
        Assert.Equal([true, true, false], needed.Hospitals.Select(h => h.MeetsNeeds));

        var effect = CardEffect.Of(city.RecommendHospital(), needed);
        Assert.Equal(
            new CardEffect(new HospitalId("H1"), new HospitalId("H2"), TimeSpan.FromMinutes(3)),
            effect
        );
        Assert.True(effect.HasChangedTheFirst);
    }

    [Fact]
    public void All_needs_must_be_met_not_only_one_of_them()
    {
        var city = City();
        city.Carries(
            CareNeeds.Dialysis | CareNeeds.Obstetrics,
            "H3 ~ drive 10m [nearest, has dialysis and obstetrics, from the scene]",
            "H1 ~ drive 2m [nearest, lacks dialysis and obstetrics, from the scene]",
            "H2 ~ drive 5m [3m later, lacks obstetrics, from the scene]"
        );
    }

    [Fact]
    public void A_card_that_changes_nothing_says_so()
    {
        var city = City().Hospital("H1", CareNeeds.Dialysis);
        var effect = CardEffect.Of(
            city.RecommendHospital(),
            city.RecommendHospital(CareNeeds.Dialysis)
        );
        Assert.False(effect.HasChangedTheFirst);
        Assert.Equal(TimeSpan.Zero, effect.RoadCost);
    }

    [Fact]
    public void A_hospital_that_refused_this_patient_stands_last()
    {
        var city = City();
        Order order = city.Order("A1");
        city.Log.Answer(order, new("H1"), DestinationState.Refused, city.Now);
        city.Carries(
            CareNeeds.None,
            "H2 ~ drive 5m [nearest, from the scene]",
            "H3 ~ drive 10m [5m later, from the scene]",
            "H1 ~ drive 2m [nearest, refused before, from the scene]"
        );

        city.Log.Answer(order, new("H1"), DestinationState.Asked, city.Now.AddMinutes(1));
        Assert.True(city.RecommendHospital().Hospitals[2].RefusedBefore);
        city.Log.Answer(order, new("H1"), DestinationState.Accepted, city.Now.AddMinutes(2));
        Assert.Equal(new HospitalId("H1"), city.RecommendHospital().Hospitals[0].Hospital);
    }

    [Fact]
    public void A_refusal_of_one_patient_is_none_of_another()
    {
        var city = City();
        city.Log.Answer(city.Order("A1"), new("H1"), DestinationState.Refused, city.Now);
        Assert.Equal(
            new HospitalId("H1"),
            city.RecommendHospital(patient: 2).Hospitals[0].Hospital
        );
    }

    [Fact]
    public void When_all_have_refused_there_is_still_an_answer()
    {
        var city = City();
        Order order = city.Order("A1");
        foreach (string hospital in new[] { "H1", "H2", "H3" })
        {
            city.Log.Answer(order, new(hospital), DestinationState.Refused, city.Now);
        }

        city.Carries(
            CareNeeds.None,
            "H1 ~ drive 2m [nearest, refused before, from the scene]",
            "H2 ~ drive 5m [3m later, refused before, from the scene]",
            "H3 ~ drive 10m [8m later, refused before, from the scene]"
        );
    }

    [Fact]
    public void A_hospital_that_takes_nobody_stands_behind_all_that_do()
    {
        var city = City().Hospital("H1", CareNeeds.Dialysis, accepting: false);
        city.Carries(
            CareNeeds.Dialysis,
            "H2 ~ drive 5m [nearest, has dialysis, from the scene]",
            "H3 ~ drive 10m [5m later, has dialysis, from the scene]",
            "H1 ~ drive 2m [nearest, has dialysis, takes nobody, from the scene]"
        );
    }

    [Fact]
    public void Once_the_patient_is_on_the_way_the_drive_begins_where_the_unit_is()
    {
        var city = City();
        Order order = city.Order("A1");
        city.Log.Tell(order, MilestoneKind.OnScene, city.Now);
        Assert.Equal(TimeSpan.FromMinutes(2), city.RecommendHospital().Hospitals[0].Road);
        city.Log.Tell(order, MilestoneKind.SceneDeparture, city.Now.AddSeconds(1));
        city.Now = city.Now.AddMinutes(6);
        city.Positions[new("A1")] = new(new("A1"), city.PlaceOf("H2"), city.Now, city.Now, null);
        city.Carries(
            CareNeeds.None,
            "H2 ~ drive 0s [nearest, from A1]",
            "H1 ~ drive 3m [3m later, from A1]",
            "H3 ~ drive 5m [5m later, from A1]"
        );
    }

    [Fact]
    public void Off_the_map_the_straight_line_is_taken_and_labelled()
    {
        var city = City();
        GeoPoint east = city.PlaceOf("H3");
        city.Incident(TestCity.Exactly(new GeoPoint(east.Latitude, east.Longitude + 0.02)));
        HospitalRecommendation advice = city.RecommendHospital();
        Assert.Equal(RecommendationLevel.StraightLine, advice.Level);
        Assert.Equal(new HospitalId("H3"), advice.Hospitals[0].Hospital);
    }

    [Fact]
    public void Without_any_place_the_plans_order_stands_and_no_time_is_made_up()
    {
        var city = City();
        city.Incident(Place.Nowhere);
        HospitalRecommendation advice = city.Carries(
            CareNeeds.Dialysis,
            "H2 [in the plan's order, has dialysis]",
            "H3 [in the plan's order, has dialysis]",
            "H1 [in the plan's order, lacks dialysis]"
        );
        Assert.Equal(RecommendationLevel.StaticOrder, advice.Level);
        Assert.Null(CardEffect.Of(city.RecommendHospital(), advice).RoadCost);
    }

    [Fact]
    public void Where_nobody_knew_the_place_the_crew_on_scene_is_the_place()
    {
        var city = City();
        city.Incident(Place.Nowhere);
        Order order = city.Order("A1");
        city.Log.Tell(order, MilestoneKind.OnScene, city.Now.AddSeconds(1));
        city.Positions[new("A1")] = new(new("A1"), city.PlaceOf("x"), city.Now, city.Now, null);
        city.Carries(
            CareNeeds.None,
            "H1 ~ drive 2m [nearest, from A1]",
            "H2 ~ drive 5m [3m later, from A1]",
            "H3 ~ drive 10m [8m later, from A1]"
        );
    }

    [Fact]
    public void A_city_without_hospitals_gets_an_empty_answer_not_a_failure()
    {
        var city = TestCity.Draw("S1 -3- x");
        city.Unit("A1", at: "S1");
        city.Incident("x");
        HospitalRecommendation advice = city.Carries(CareNeeds.None);
        Assert.Equal(new CardEffect(null, null, null), CardEffect.Of(advice, advice));
    }

    private static TestCity City()
    {
        var city = TestCity
            .Draw(Street)
            .Hospital("H2", CareNeeds.Dialysis)
            .Hospital("H3", CareNeeds.Dialysis | CareNeeds.Obstetrics);
        city.Unit("A1", at: "S1");
        city.Incident("x");
        return city;
    }
}
