using System.Text;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.Tests.Advice;

/// <summary>What the journal keeps of advice, so that somebody can learn from it years later.</summary>
public class AdviceFactsTests
{
    [Fact]
    public void What_a_model_was_shown_and_said_is_read_back()
    {
        GivenAdvice given = Given(new StationModel());
        ReadAdvice read = AdviceFacts.Read(AdviceFacts.Write(given));

        Assert.Equal((given.Id, given.Incident, given.At), (read.Id, read.Incident, read.At));
        Assert.Equal("FullModel", read.Level);
        Assert.Equal(given.Advice.Candidates.Length, read.Drives.Length);
        for (int i = 0; i < read.Drives.Length; i++)
        {
            UnitCandidate candidate = given.Advice.Candidates[i];
            AdvisedDrive drive = read.Drives[i];
            Assert.Equal(candidate.Unit, drive.Unit);
            Assert.Equal(given.Advice.Scene, drive.Scene);
            Assert.Equal(given.At, drive.DecidedAt);
            Assert.Equal(candidate.FreeIn, drive.FreeIn);
            Assert.Equal(candidate.Predicted, drive.Predicted);
            Assert.Equal(candidate.Drive!.Value.RouterMilliseconds, drive.Drive.RouterMilliseconds);
            Assert.Equal(candidate.Drive.Value.Station, drive.Drive.Station);
            Assert.Equal(candidate.Drive.Value.VehicleKind, drive.Drive.VehicleKind);
            Assert.Equal(candidate.Drive.Value.IsAtStation, drive.Drive.IsAtStation);
            Assert.Equal(candidate.Drive.Value.PositionAge, drive.Drive.PositionAge);
            Assert.Equal(
                candidate.Drive.Value.Way!.Value.Meters,
                drive.Drive.Way!.Value.Meters,
                0.2
            );
            Assert.Equal(
                candidate.Drive.Value.StraightLineMeters!.Value,
                drive.Drive.StraightLineMeters!.Value,
                0.1
            );
        }

        string body = Encoding.UTF8.GetString(AdviceFacts.Write(given).Body.Span);
        Assert.Contains("\"sha256\":\"aaaaaaaaaaaa\"", body, StringComparison.Ordinal);
        Assert.Contains("\"levelReason\":\"ModelAnswers\"", body, StringComparison.Ordinal);
        // The town may be told; the address and the landmark may not.
        Assert.DoesNotContain("38-3", body, StringComparison.Ordinal);
        Assert.DoesNotContain("赤い屋根", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_model_the_drives_are_kept_all_the_same()
    {
        ReadAdvice read = AdviceFacts.Read(AdviceFacts.Write(Given(null)));
        Assert.Equal("RouterOnly", read.Level);
        Assert.Equal(2, read.Drives.Length);
        Assert.All(read.Drives, d => Assert.Null(d.Predicted));
        Assert.All(read.Drives, d => Assert.Equal("曙町二丁目", d.Scene.Area));
    }

    [Fact]
    public void A_body_from_before_drives_were_kept_is_read_and_has_none()
    {
        const string Old =
            """{"recommendation":"r1","incident":"i1","at":"2026-04-01T03:00:00+00:00","policy":"nearest","level":"RouterOnly","units":[{"unit":"kita-1","rank":1,"etaSeconds":300,"roadSeconds":240,"reasons":["NearestByRoad","FromStation"]}],"roadMetricVersion":"abc"}""";
        ReadAdvice read = AdviceFacts.Read(
            new Fact(AdviceFacts.Advised, 1, "incident/i1", Encoding.UTF8.GetBytes(Old))
        );
        Assert.Equal(new IncidentId("i1"), read.Incident);
        Assert.Empty(read.Drives);
    }

    [Fact]
    public void A_body_of_a_newer_program_is_not_guessed_at() =>
        Assert.Throws<NotSupportedException>(() =>
            AdviceFacts.Read(new Fact(AdviceFacts.Advised, 2, "incident/i1", "{}"u8.ToArray()))
        );

    private static GivenAdvice Given(StationModel? model)
    {
        var city = TestCity.Draw("S1 -4- x -5- S2");
        city.Unit("A1", at: "S1");
        city.Unit("A2", at: "S2").Returning(scene: "x").Seen("x", ago: "12s");
        city.StationsGoTo("曙町二丁目", "S1");
        city.Incident(
            new Place(city.PlaceOf("x"), PlacePrecision.Lot, 60, "曙町2-38-3", 0, "赤い屋根"),
            UrgencyLevel.High
        );
        if (model is not null)
        {
            city.Model(model);
        }

        return new GivenAdvice(
            new RecommendationId("r1"),
            city.TheIncident.Id,
            city.Now,
            city.Recommend()
        );
    }
}
