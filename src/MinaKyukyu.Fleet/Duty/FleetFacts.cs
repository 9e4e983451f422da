using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.Journal.Commits;

namespace MinaKyukyu.Fleet.Duty;

internal sealed record SignedOnV1(
    string Unit,
    string Vehicle,
    string Crew,
    string Device,
    DateTimeOffset At
);

internal sealed record SignedOffV1(string Unit, DateTimeOffset At);

/// <summary>The facts that this room writes, and how it reads them back.</summary>
internal static class FleetFacts
{
    public const string SignedOn = "fleet.signed-on";
    public const string SignedOff = "fleet.signed-off";

    public static Fact Write(SignedOnV1 body) =>
        new(
            SignedOn,
            1,
            $"unit/{body.Unit}",
            JsonSerializer.SerializeToUtf8Bytes(body, FleetJson.Default.SignedOnV1)
        );

    public static Fact Write(SignedOffV1 body) =>
        new(
            SignedOff,
            1,
            $"unit/{body.Unit}",
            JsonSerializer.SerializeToUtf8Bytes(body, FleetJson.Default.SignedOffV1)
        );

    public static SignedOnV1 ReadSignedOn(Fact fact) =>
        JsonSerializer.Deserialize(fact.Body.Span, FleetJson.Default.SignedOnV1)!;

    public static SignedOffV1 ReadSignedOff(Fact fact) =>
        JsonSerializer.Deserialize(fact.Body.Span, FleetJson.Default.SignedOffV1)!;
}

[JsonSerializable(typeof(SignedOnV1))]
[JsonSerializable(typeof(SignedOffV1))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class FleetJson : JsonSerializerContext;
