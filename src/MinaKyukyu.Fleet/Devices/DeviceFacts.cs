using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.Journal.Commits;

namespace MinaKyukyu.Fleet.Devices;

internal sealed record DeviceEnrolledV1(
    string Device,
    string Unit,
    string Key,
    DateTimeOffset NotAfter,
    string By,
    DateTimeOffset At
);

internal sealed record DeviceRevokedV1(
    string Device,
    string Key,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>What is written of devices.</summary>
internal static class DeviceFacts
{
    public const string Enrolled = "fleet.device-enrolled";
    public const string Revoked = "fleet.device-revoked";

    public static CommitPart Write(DeviceEnrolledV1 body) =>
        RegisterEntry.Write(
            Enrolled,
            DeviceDecisions.EnrolledEvent,
            $"device/{body.Device}",
            JsonSerializer.SerializeToUtf8Bytes(body, DeviceJson.Default.DeviceEnrolledV1)
        );

    public static CommitPart Write(DeviceRevokedV1 body) =>
        RegisterEntry.Write(
            Revoked,
            DeviceDecisions.RevokedEvent,
            $"device/{body.Device}",
            JsonSerializer.SerializeToUtf8Bytes(body, DeviceJson.Default.DeviceRevokedV1)
        );

    public static DeviceEnrolledV1 ReadEnrolled(Fact fact) =>
        JsonSerializer.Deserialize(fact.Body.Span, DeviceJson.Default.DeviceEnrolledV1)!;

    public static DeviceRevokedV1 ReadRevoked(Fact fact) =>
        JsonSerializer.Deserialize(fact.Body.Span, DeviceJson.Default.DeviceRevokedV1)!;
}

[JsonSerializable(typeof(DeviceEnrolledV1))]
[JsonSerializable(typeof(DeviceRevokedV1))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class DeviceJson : JsonSerializerContext;
