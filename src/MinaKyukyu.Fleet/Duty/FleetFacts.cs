using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.Fleet.Members;
using MinaKyukyu.Journal.Commits;

namespace MinaKyukyu.Fleet.Duty;

/// <summary>Version 1 had no members; it reads as this one with none.</summary>
internal sealed record SignedOnV2(
    string Unit,
    string Vehicle,
    string Crew,
    string Device,
    DateTimeOffset At,
    ImmutableArray<WrittenMember> Members
);

internal sealed record WrittenMember(string Number, MemberRole Role);

internal sealed record VehicleChangedV1(
    string Unit,
    string Vehicle,
    string Device,
    string LeftVehicle,
    string LeftDevice,
    DateTimeOffset At
);

internal sealed record SignedOffV1(string Unit, DateTimeOffset At);

/// <summary>The facts that this room writes, and how it reads them back.</summary>
internal static class FleetFacts
{
    public const string SignedOn = "fleet.signed-on";
    public const string SignedOff = "fleet.signed-off";
    public const string VehicleChanged = "fleet.vehicle-changed";

    public static Fact Write(SignedOnV2 body) =>
        new(
            SignedOn,
            2,
            $"unit/{body.Unit}",
            JsonSerializer.SerializeToUtf8Bytes(body, FleetJson.Default.SignedOnV2)
        );

    public static Fact Write(SignedOffV1 body) =>
        new(
            SignedOff,
            1,
            $"unit/{body.Unit}",
            JsonSerializer.SerializeToUtf8Bytes(body, FleetJson.Default.SignedOffV1)
        );

    public static Fact Write(VehicleChangedV1 body) =>
        new(
            VehicleChanged,
            1,
            $"unit/{body.Unit}",
            JsonSerializer.SerializeToUtf8Bytes(body, FleetJson.Default.VehicleChangedV1)
        );

    public static SignedOnV2 ReadSignedOn(Fact fact)
    {
        SignedOnV2 body = JsonSerializer.Deserialize(fact.Body.Span, FleetJson.Default.SignedOnV2)!;
        return body.Members.IsDefault ? body with { Members = [] } : body;
    }

    public static VehicleChangedV1 ReadVehicleChanged(Fact fact) =>
        JsonSerializer.Deserialize(fact.Body.Span, FleetJson.Default.VehicleChangedV1)!;

    public static SignedOffV1 ReadSignedOff(Fact fact) =>
        JsonSerializer.Deserialize(fact.Body.Span, FleetJson.Default.SignedOffV1)!;
}

[JsonSerializable(typeof(SignedOnV2))]
[JsonSerializable(typeof(SignedOffV1))]
[JsonSerializable(typeof(VehicleChangedV1))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class FleetJson : JsonSerializerContext;
