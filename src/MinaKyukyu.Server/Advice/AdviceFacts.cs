using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Advice;

/// <summary>What a journal tells of advice: enough to learn from, and nothing that became known later.</summary>
/// <param name="Drives">Of the candidates, by rank; those of advice without roads, or from before drives were kept, are left out.</param>
internal sealed record ReadAdvice(
    RecommendationId Id,
    IncidentId Incident,
    DateTimeOffset At,
    string Level,
    ImmutableArray<AdvisedDrive> Drives
);

/// <summary>Advice as it stands in the journal: beside the order that rests on it, and by itself. Never a name, an address or anything of a patient.</summary>
internal static class AdviceFacts
{
    public const string Advised = "advice.given";

    /// <summary>Hexadecimal digits that tell models apart.</summary>
    private const int HashDigits = 12;

    public static Fact Write(GivenAdvice given)
    {
        UnitRecommendation advice = given.Advice;
        var body = new AdviceV1(
            given.Id.Value,
            given.Incident.Value,
            given.At,
            advice.Policy,
            advice.Level.ToString(),
            [.. advice.Candidates.Select(Write)],
            advice.RoadMetricVersion,
            advice.LevelReason.Code.ToString(),
            advice.Model is { } model
                ? new AdvisingModelV1(
                    model.Name,
                    model.Version,
                    model.Sha256[..Math.Min(HashDigits, model.Sha256.Length)]
                )
                : null,
            Write(advice.Scene)
        );
        return new Fact(
            Advised,
            1,
            $"incident/{given.Incident}",
            JsonSerializer.SerializeToUtf8Bytes(body, AdviceJson.Default.AdviceV1)
        );
    }

    /// <summary>Bodies from before drives were kept are read too, and have none.</summary>
    /// <exception cref="NotSupportedException">The fact was written by a newer program.</exception>
    public static ReadAdvice Read(Fact fact)
    {
        if (fact.Version != 1)
        {
            throw new NotSupportedException(
                $"{fact.Kind} version {fact.Version} was written by a newer program."
            );
        }

        AdviceV1 body = JsonSerializer.Deserialize(fact.Body.Span, AdviceJson.Default.AdviceV1)!;
        return new ReadAdvice(
            new RecommendationId(body.Recommendation),
            new IncidentId(body.Incident),
            body.At,
            body.Level,
            body.Scene is { } scene
                ?
                [
                    .. body
                        .Units.Where(u => u.Drive is not null)
                        .Select(u => Read(u, body.At, scene)),
                ]
                : []
        );
    }

    private static AdvisedUnitV1 Write(UnitCandidate candidate) =>
        new(
            candidate.Unit.Value,
            candidate.Rank,
            candidate.EtaP50?.TotalSeconds,
            candidate.Road?.TotalSeconds,
            [.. candidate.Reasons.Select(r => r.Code.ToString())],
            candidate.FreeIn?.TotalSeconds,
            candidate.Drive is { } drive
                ? new AdvisedDriveV1(
                    drive.RouterMilliseconds,
                    drive.Station,
                    drive.VehicleKind,
                    drive.IsAtStation,
                    drive.PositionAge?.TotalSeconds,
                    Meters(drive.StraightLineMeters),
                    Meters(drive.Way?.Fast),
                    Meters(drive.Way?.Main),
                    Meters(drive.Way?.Local)
                )
                : null,
            candidate.Predicted is { } said
                ? new PredictedV1(
                    said.P10,
                    said.P50,
                    said.P90,
                    said.CallProcessing,
                    said.Turnout,
                    said.Travel
                )
                : null
        );

    /// <summary>A decimetre is more than any map knows.</summary>
    private static double? Meters(double? meters) =>
        meters is { } known ? Math.Round(known, 1) : null;

    private static AdvisedDrive Read(AdvisedUnitV1 unit, DateTimeOffset at, AdvisedSceneV1 scene)
    {
        AdvisedDriveV1 drive = unit.Drive!;
        return new AdvisedDrive(
            new UnitId(unit.Unit),
            Read(scene, at),
            new CandidateDrive
            {
                RouterMilliseconds = drive.RouterMilliseconds,
                Station = drive.Station,
                VehicleKind = drive.VehicleKind,
                IsAtStation = drive.IsAtStation,
                PositionAge = Seconds(drive.PositionAgeSeconds),
                StraightLineMeters = drive.StraightLineMeters,
                Way = drive
                    is { MetersFast: { } fast, MetersMain: { } main, MetersLocal: { } local }
                    ? new RoadMakeup(fast, main, local)
                    : null,
            },
            Seconds(unit.FreeInSeconds),
            unit.Predicted is { } said
                ? new TimeToScene(
                    said.P10,
                    said.P50,
                    said.P90,
                    said.CallProcessing,
                    said.Turnout,
                    said.Travel
                )
                : null
        );
    }

    private static AdvisedSceneV1 Write(SceneConditions scene) =>
        new(
            scene.SinceCall.TotalSeconds,
            scene.Area,
            scene.Urgency,
            scene.UnitsFree,
            scene.IncidentsWaiting,
            Meters(scene.PlaceUncertaintyMeters),
            scene.PrecipitationMmPerHour
        );

    private static SceneConditions Read(AdvisedSceneV1 scene, DateTimeOffset at) =>
        new()
        {
            Now = at,
            SinceCall = TimeSpan.FromSeconds(scene.SinceCallSeconds),
            Area = scene.Area,
            Urgency = scene.Urgency,
            UnitsFree = scene.UnitsFree,
            IncidentsWaiting = scene.IncidentsWaiting,
            PlaceUncertaintyMeters = scene.PlaceUncertaintyMeters,
            PrecipitationMmPerHour = scene.PrecipitationMmPerHour,
        };

    private static TimeSpan? Seconds(double? seconds) =>
        seconds is { } known ? TimeSpan.FromSeconds(known) : null;
}
