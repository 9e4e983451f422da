using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Incidents.Facts;

/// <summary>The kinds of facts that this room writes, and how it writes and reads them.</summary>
internal static class IncidentFacts
{
    public const string Opened = "incident.opened";
    public const string Ordered = "incident.ordered";
    public const string OrderDelivered = "incident.order-delivered";
    public const string OrderAcknowledged = "incident.order-acknowledged";
    public const string OrderRolling = "incident.order-rolling";
    public const string OrderCancelled = "incident.order-cancelled";
    public const string MilestoneReported = "incident.milestone-reported";
    public const string MilestoneWithdrawn = "incident.milestone-withdrawn";
    public const string HospitalInquiry = "incident.hospital-inquiry";
    public const string OutcomeRecorded = "incident.outcome-recorded";
    public const string Cancelled = "incident.cancelled";
    public const string CardStep = "incident.card-step";

    public static Fact Write<T>(string kind, string incident, T body, JsonTypeInfo<T> type) =>
        new(kind, 1, $"incident/{incident}", JsonSerializer.SerializeToUtf8Bytes(body, type));

    public static T Read<T>(Fact fact, JsonTypeInfo<T> type) =>
        fact.Version == 1
            ? JsonSerializer.Deserialize(fact.Body.Span, type)!
            : throw new NotSupportedException(
                $"{fact.Kind} version {fact.Version} was written by a newer program."
            );

    public static CodeV1? Write(Code? code) => code is { } c ? new CodeV1(c.Table, c.Value) : null;

    public static Code? Read(CodeV1? code) =>
        code is null ? null : new Code(code.Table, code.Value);

    public static PlaceV1 Write(Place place) =>
        new(
            place.Point?.Latitude,
            place.Point?.Longitude,
            (int)place.Precision,
            place.RadiusMeters,
            place.Address,
            place.Floor,
            place.Landmark
        );

    public static Place Read(PlaceV1 place) =>
        new(
            place is { Latitude: { } lat, Longitude: { } lon } ? new GeoPoint(lat, lon) : null,
            (PlacePrecision)place.Precision,
            place.RadiusMeters,
            place.Address,
            place.Floor,
            place.Landmark
        );
}

[JsonSerializable(typeof(OpenedV1))]
[JsonSerializable(typeof(OrderedV1))]
[JsonSerializable(typeof(OrderSeenV1))]
[JsonSerializable(typeof(OrderCancelledV1))]
[JsonSerializable(typeof(MilestoneV1))]
[JsonSerializable(typeof(MilestoneWithdrawnV1))]
[JsonSerializable(typeof(HospitalInquiryV1))]
[JsonSerializable(typeof(OutcomeV1))]
[JsonSerializable(typeof(CancelledV1))]
[JsonSerializable(typeof(CardStepV1))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
internal sealed partial class IncidentJson : JsonSerializerContext;
