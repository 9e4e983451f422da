using MinaKyukyu.Dispatch.Hospitals;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Dispatch.Routes;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Tests.Routes;

public class RouteToSceneTests
{
    [Fact]
    public void The_way_of_an_order_takes_the_time_that_was_advised()
    {
        var city = TestCity.Draw(
            """
            S1 -3- a -4- b
                   |     |
                   2     5
                   |     |
                   c -1- d
            """
        );
        city.Unit("A1", at: "S1");
        city.Incident("d");
        TimeSpan advised = city.Recommend().Candidates[0].Road!.Value;
        city.Order("A1");
        Route route = RouteToScene.Find(city.Situation, city.TheIncident, new UnitId("A1"))!;
        Assert.Equal(advised.TotalMilliseconds, route.Milliseconds);
        Assert.Equal(["S1-a", "a-c", "c-d"], route.StreetNames);
        Assert.Equal(city.PlaceOf("S1"), route.Polyline[0]);
        Assert.Equal(city.PlaceOf("d"), route.Polyline[^1]);
    }

    [Fact]
    public void Into_what_is_closed_the_way_is_the_advised_one_and_a_hospital_is_reached_the_same_way()
    {
        var city = TestCity.Draw(
            """
            S1 -3- a -4- b
                   |
                   2
                   |
                   H1
            """
        );
        city.Unit("A1", at: "S1");
        city.Hospital("H1", CareNeeds.None);
        city.Incident("b");
        city.Closes("b", meters: 100);
        TimeSpan advised = city.Recommend().Candidates[0].Road!.Value;
        HospitalRecommendation hospital = city.RecommendHospital(CareNeeds.None);
        city.Order("A1");
        Route route = RouteToScene.Find(city.Situation, city.TheIncident, new UnitId("A1"))!;
        Assert.Equal(TimeSpan.FromMinutes(7), advised);
        Assert.Equal(advised.TotalMilliseconds, route.Milliseconds);
        Assert.Equal(RecommendationLevel.RouterOnly, hospital.Level);
        Assert.Equal(TimeSpan.FromMinutes(6), hospital.Hospitals[0].Road);
    }

    [Fact]
    public void Where_there_is_no_way_to_draw_there_is_none()
    {
        var city = TestCity.Draw(
            """
            S1 -3- a




            x -1- island
            """
        );
        city.Unit("A1", at: "S1");
        city.Incident("x");
        var unit = new UnitId("A1");
        Assert.Null(RouteToScene.Find(city.Situation, city.TheIncident, unit));
        city.Incident("a");
        Assert.NotNull(RouteToScene.Find(city.Situation, city.TheIncident, unit));
        Assert.Null(RouteToScene.Find(city.Situation, city.TheIncident, new UnitId("nobody")));
        Assert.Null(
            RouteToScene.Find(city.Situation with { Roads = null }, city.TheIncident, unit)
        );
        city.Incident(Place.Nowhere);
        Assert.Null(RouteToScene.Find(city.Situation, city.TheIncident, unit));
        city.Incident(TestCity.Exactly(new GeoPoint(0, 0)));
        Assert.Null(RouteToScene.Find(city.Situation, city.TheIncident, unit));
    }
}
