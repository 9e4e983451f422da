using System.Text.Json.Serialization;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.Metrics;

namespace MinaKyukyu.RoadNetwork.Files;

/// <summary>What a road file says of itself.</summary>
/// <param name="Attribution">Whose data the roads are; must stand beside every picture drawn from them.</param>
/// <param name="Profile">The driving rules as they were read, JSON.</param>
/// <param name="Fingerprint">Eight digits that differ where the roads or their times differ.</param>
public sealed record RoadFileInfo(
    string Attribution,
    string Profile,
    string Fingerprint,
    MetricKinds Kinds,
    ImportReport Report
);

[JsonSerializable(typeof(RoadFileInfo))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
internal sealed partial class RoadFileInfoContext : JsonSerializerContext;
