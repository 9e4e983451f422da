using System.Text.Json.Serialization;

namespace MinaKyukyu.Server.Advice;

// What was added later is optional and stands last, so that every body of version 1 that was ever written is still read.

/// <param name="FreeInSeconds">Absent when it was free.</param>
internal sealed record AdvisedUnitV1(
    string Unit,
    int Rank,
    double? EtaSeconds,
    double? RoadSeconds,
    string[] Reasons,
    double? FreeInSeconds = null,
    AdvisedDriveV1? Drive = null,
    PredictedV1? Predicted = null
);

/// <summary>The drive as a model is shown it.</summary>
internal sealed record AdvisedDriveV1(
    int RouterMilliseconds,
    string Station,
    string VehicleKind,
    bool IsAtStation,
    double? PositionAgeSeconds,
    double? StraightLineMeters,
    double? MetersFast,
    double? MetersMain,
    double? MetersLocal
);

/// <summary>What the model said, in milliseconds, without the time until the unit is free.</summary>
internal sealed record PredictedV1(
    int P10,
    int P50,
    int P90,
    int CallProcessing,
    int Turnout,
    int Travel
);

/// <param name="Sha256">Its first digits.</param>
internal sealed record AdvisingModelV1(string Name, int Version, string Sha256);

/// <summary>What all candidates shared. The town is that of the order of stations; it is no address.</summary>
internal sealed record AdvisedSceneV1(
    double SinceCallSeconds,
    string Area,
    string Urgency,
    int UnitsFree,
    int IncidentsWaiting,
    double? PlaceUncertaintyMeters,
    double? PrecipitationMmPerHour = null
);

internal sealed record AdviceV1(
    string Recommendation,
    string Incident,
    DateTimeOffset At,
    string Policy,
    string Level,
    AdvisedUnitV1[] Units,
    string? RoadMetricVersion = null,
    string? LevelReason = null,
    AdvisingModelV1? Model = null,
    AdvisedSceneV1? Scene = null
);

[JsonSerializable(typeof(AdviceV1))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class AdviceJson : JsonSerializerContext;
