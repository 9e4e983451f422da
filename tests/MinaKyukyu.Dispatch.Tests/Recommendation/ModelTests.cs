using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Tests.Recommendation;

public class ModelTests
{
    [Fact]
    public void A_slow_station_loses_to_a_farther_one_and_the_advice_says_so()
    {
        var city = TestCity.Draw("S1 -4- x -5- S2");
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S2");
        city.Incident("x");
        city.Recommends(
            "A1@S1 ~ turnout 1m ~ drive 4m ~ scene x 00:05 [nearest by road]",
            "A2@S2 ~ turnout 1m ~ drive 5m ~ scene x 00:06 [1m later]"
        );

        city.Model(new StationModel().Slow("S1", 2));
        city.Recommends(
            "A2@S2 ~ turnout 1m ~ drive 5m ~ scene x 00:06 (4m48s to 9m) [earliest, A1 1m nearer by road]",
            "A1@S1 ~ turnout 1m ~ drive 4m ~ scene x 00:09 (7m12s to 13m30s) [3m later]"
        );
        city.AdvisesAt("FullModel: model 3");
        Assert.Equal(StationModel.Third, city.Recommend().Model);
        Assert.Equal(new UnitId("A2"), city.Recommend().Advised);
    }

    [Fact]
    public void Where_the_model_agrees_with_the_road_nobody_else_is_named()
    {
        var city = TestCity.Draw("S1 -4- x -5- S2");
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S2");
        city.Incident("x");
        city.Model(new StationModel());
        city.Recommends(
            "A1@S1 ~ turnout 1m ~ drive 4m ~ scene x 00:05 (4m to 7m30s) [earliest]",
            "A2@S2 ~ turnout 1m ~ drive 5m ~ scene x 00:06 (4m48s to 9m) [1m later]"
        );
        UnitCandidate first = city.Recommend().Candidates[0];
        Assert.Equal(TimeSpan.Zero, first.CallProcessing);
        Assert.Equal(TimeSpan.FromMinutes(4), first.Travel);
    }

    [Fact]
    public void Equal_medians_go_to_whoever_is_surer()
    {
        var city = TestCity.Draw("S1 -4- x -4- S2");
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S2");
        city.Incident("x");
        city.Model(new StationModel().Unsure("S1", 2));
        city.Recommends(
            "A2@S2 ~ turnout 1m ~ drive 4m ~ scene x 00:05 (4m to 7m30s) [earliest]",
            "A1@S1 ~ turnout 1m ~ drive 4m ~ scene x 00:05 (4m to 10m) [0s later]"
        );
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(10, false)] // Earlier at P50, later at P90.
    public void One_that_is_soon_free_is_called_earlier_only_if_it_is_so_at_p90_too(
        double unsure,
        bool isNamed
    )
    {
        var city = TestCity.Draw("H1 -1- x -20- S1");
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S1").HandedOver("H1", scene: "x").Seen("H1");
        city.Incident("x");
        TimeSpan freeIn = city.Recommend().Candidates[1].FreeIn!.Value;
        Assert.InRange(freeIn.TotalMinutes, 1, 10);

        // Both are of S1; the one at the hospital drives 1 minute, the other 20.
        city.Model(new UnsureWhenRolling(unsure));
        UnitRecommendation advice = city.Recommend();
        Assert.Equal(new UnitId("A1"), advice.Advised);
        UnitCandidate soon = advice.Candidates[1];
        Assert.True(soon.EtaP50 < advice.Candidates[0].EtaP50);
        Assert.Equal(freeIn + TimeSpan.FromMinutes(2), soon.EtaP50);
        Assert.Equal(isNamed, soon.EtaP90 < advice.Candidates[0].EtaP90);
        Assert.Equal(
            isNamed,
            advice
                .Candidates[0]
                .Reasons.Any(r =>
                    r.Code == ReasonCode.SoonFreeWouldBeEarlier && r.Unit == soon.Unit
                )
        );
    }

    public static TheoryData<string, TimeToScene?> Broken { get; } =
        new()
        {
            { "throws", null },
            { "P10 behind P50", new TimeToScene(400_000, 300_000, 500_000, 0, 60_000, 240_000) },
            { "P50 behind P90", new TimeToScene(200_000, 600_000, 500_000, 0, 60_000, 540_000) },
            { "negative", new TimeToScene(-1, 300_000, 500_000, 0, 60_000, 240_000) },
            { "negative part", new TimeToScene(200_000, 300_000, 500_000, -5, 60_000, 240_000) },
            { "faster than can be driven", new TimeToScene(1, 2, 3, 0, 1, 1) },
            { "half a day", new TimeToScene(1, 300_000, 43_200_000, 0, 60_000, 240_000) },
            { "nothing at all", default(TimeToScene) },
        };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_model_never_costs_an_answer(string how, TimeToScene? says)
    {
        var city = TestCity.Draw("S1 -4- x -5- S2");
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S2");
        city.Incident("x");
        city.Model(new BrokenModel(says));
        city.Recommends(
            "A1@S1 ~ turnout 1m ~ drive 4m ~ scene x 00:05 [nearest by road]",
            "A2@S2 ~ turnout 1m ~ drive 5m ~ scene x 00:06 [1m later]"
        );
        city.AdvisesAt("RouterOnly: model failed");
        Assert.False(string.IsNullOrEmpty(city.Recommend().ModelFault), how);
        Assert.Null(city.Recommend().Model);
    }

    [Fact]
    public void A_model_that_was_refused_is_said_out_loud()
    {
        var city = TestCity.Draw("S1 -4- x");
        city.Unit("A1", at: "S1");
        city.Incident("x");
        city.WithoutModel(ReasonCode.ModelRefused);
        city.AdvisesAt("RouterOnly: model refused");
    }

    [Fact]
    public void Without_roads_or_without_a_place_no_model_is_asked()
    {
        var city = TestCity.Draw("S1 -4- x");
        city.Unit("A1", at: "S1");
        city.Incident("x");
        city.Model(new BrokenModel(null)).WithoutRoads();
        city.AdvisesAt("StraightLine: no road map");
        city.Incident(Place.Nowhere);
        city.AdvisesAt("StaticOrder: no place");
        Assert.Null(city.Recommend().ModelFault);
    }

    [Fact]
    public void Those_who_can_still_win_are_asked_about_and_one_that_can_be_ordered_is_always_among_them()
    {
        var city = TestCity.Draw("H1 -1- x -90- S1");
        foreach (int number in Enumerable.Range(10, 20))
        {
            city.Unit($"B{number}", at: "S1").HandedOver("H1", scene: "x").Seen("H1");
        }

        city.Unit("A1", at: "S1");
        city.Incident("x");
        var model = new StationModel();
        city.Model(model);
        UnitRecommendation advice = city.Recommend(3);
        Assert.Equal(16, model.Drives.Count);
        Assert.Equal(new UnitId("A1"), advice.Advised);
        Assert.All(advice.Candidates, c => Assert.NotNull(c.EtaP90));
        Assert.Equal(21, advice.CandidateCount);
        Assert.Equal(18, city.Recommend(18).Candidates.Count(c => c.EtaP10 is not null));
    }

    [Fact]
    public void The_model_is_shown_what_is_known_at_the_moment_and_the_advice_keeps_it()
    {
        var city = TestCity.Draw("S1 -4- x -5- S2");
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S2").Returning(scene: "x").Seen("x", ago: "12s");
        city.StationsGoTo("曙町二丁目", "S1");
        city.Incident(
            new Place(city.PlaceOf("x"), PlacePrecision.Lot, 60, "曙町2-38-3", 0, ""),
            UrgencyLevel.High
        );
        city.Now += TimeSpan.FromSeconds(40);
        var model = new StationModel();
        city.Model(model);
        UnitRecommendation advice = city.Recommend();

        Assert.Equal(
            new SceneConditions
            {
                Now = city.Now,
                SinceCall = TimeSpan.FromSeconds(40),
                Area = "曙町二丁目",
                Urgency = "high",
                UnitsFree = 2,
                IncidentsWaiting = 1,
                PlaceUncertaintyMeters = 60,
            },
            model.Scene
        );
        Assert.Equal(model.Scene, advice.Scene);
        CandidateDrive station = model.Drives.Single(d => d.Station == "S1");
        Assert.Equal(240_000, station.RouterMilliseconds);
        Assert.Equal("ambulance", station.VehicleKind);
        Assert.True(station.IsAtStation);
        Assert.Null(station.PositionAge);
        Assert.True(station.StraightLineMeters > 0);
        // Drawn streets have no class; the way is as long as it is drawn, not as the time says.
        Assert.Equal(station.StraightLineMeters!.Value, station.Way!.Value.Local, 1.0);
        CandidateDrive rolling = model.Drives.Single(d => d.Station == "S2");
        Assert.False(rolling.IsAtStation);
        Assert.Equal(TimeSpan.FromSeconds(52), rolling.PositionAge);
        Assert.Equal(station, advice.Candidates.Single(c => c.Unit == new UnitId("A1")).Drive);
    }

    [Fact]
    public void What_a_later_model_learns_from_is_kept_without_a_model_too()
    {
        var city = TestCity.Draw("S1 -4- x");
        city.Unit("A1", at: "S1");
        city.Incident("x");
        UnitRecommendation advice = city.Recommend();
        Assert.Equal(RecommendationLevel.RouterOnly, advice.Level);
        Assert.Equal(city.Now, advice.Scene.Now);
        Assert.Equal(240_000, advice.Candidates[0].Drive!.Value.RouterMilliseconds);
        Assert.NotNull(advice.Candidates[0].Drive!.Value.Way);
        Assert.Null(advice.Candidates[0].Predicted);
    }

    [Fact]
    public void A_unit_off_the_map_is_asked_about_without_a_way()
    {
        var city = TestCity.Draw("S1 -4- x");
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S1").Returning(scene: "x").Seen(new GeoPoint(35.9, 139.9));
        city.Incident("x");
        var model = new StationModel();
        city.Model(model);
        city.AdvisesAt("FullModel: model 3");
        Assert.Contains(model.Drives, d => d.Way is null && d.RouterMilliseconds > 0);
    }

    /// <summary>One minute of turnout and the road; what rolls is unsure.</summary>
    private sealed class UnsureWhenRolling(double times) : ITimeToSceneModel
    {
        public ModelIdentity Identity => StationModel.Third;

        public void Predict(
            in SceneConditions scene,
            ReadOnlySpan<CandidateDrive> candidates,
            Span<TimeToScene> into
        )
        {
            for (int i = 0; i < candidates.Length; i++)
            {
                int middle = 60_000 + candidates[i].RouterMilliseconds;
                double late = candidates[i].IsAtStation ? 1.1 : times;
                into[i] = new TimeToScene(
                    middle / 2,
                    middle,
                    (int)(middle * late),
                    0,
                    60_000,
                    candidates[i].RouterMilliseconds
                );
            }
        }
    }
}
