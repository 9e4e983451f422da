using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MinaKyukyu.Incidents.Facts;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Incidents.Roads;

// A version that was ever written is never changed, only joined by the next.

/// <param name="SpeedPercent">0: closed.</param>
internal sealed record RoadRestrictedV1(
    string Restriction,
    double Latitude,
    double Longitude,
    double RadiusMeters,
    int SpeedPercent,
    CodeV1 Kind,
    string Reason,
    string By,
    DateTimeOffset At,
    DateTimeOffset ExpiresAt
);

internal sealed record RoadRestrictionLiftedV1(string Restriction, string By, DateTimeOffset At);

/// <summary>As <see cref="RoadRestrictedV1"/>, without what somebody wrote in words of his own: no such text stands in the chain.</summary>
internal sealed record RoadRestrictedAudit(
    string Restriction,
    double Latitude,
    double Longitude,
    double RadiusMeters,
    int SpeedPercent,
    string Kind,
    string By,
    DateTimeOffset At,
    DateTimeOffset ExpiresAt
);

/// <summary>What is written of restrictions, and how it is read back.</summary>
internal static class RoadFacts
{
    public const string Restricted = "road.restricted";
    public const string Lifted = "road.restriction-lifted";

    public static CommitPart Write(RoadRestriction made)
    {
        RoadReport report = made.Report;
        GeoPoint point = report.Place.Point;
        var body = new RoadRestrictedV1(
            made.Id.Value,
            point.Latitude,
            point.Longitude,
            report.Place.RadiusMeters,
            report.Effect.SpeedPercent,
            IncidentFacts.Write(report.Kind)!,
            report.Reason,
            made.By,
            made.Since,
            report.ExpiresAt
        );
        var row = new RoadRestrictedAudit(
            body.Restriction,
            body.Latitude,
            body.Longitude,
            body.RadiusMeters,
            body.SpeedPercent,
            body.Kind.Value,
            body.By,
            body.At,
            body.ExpiresAt
        );
        return new CommitPart
        {
            Facts =
            [
                new Fact(
                    Restricted,
                    1,
                    SubjectOf(made.Id),
                    Bytes(body, RoadJson.Default.RoadRestrictedV1)
                ),
            ],
            Audit =
            [
                new AuditEntry(
                    RoadDecisions.RestrictedEvent,
                    SubjectOf(made.Id),
                    Bytes(row, RoadJson.Default.RoadRestrictedAudit)
                ),
            ],
        };
    }

    public static CommitPart Write(RoadRestrictionId lifted, string by, DateTimeOffset now)
    {
        byte[] body = Bytes(
            new RoadRestrictionLiftedV1(lifted.Value, by, now),
            RoadJson.Default.RoadRestrictionLiftedV1
        );
        return new CommitPart
        {
            Facts = [new Fact(Lifted, 1, SubjectOf(lifted), body)],
            Audit = [new AuditEntry(RoadDecisions.LiftedEvent, SubjectOf(lifted), body)],
        };
    }

    public static RoadRestriction ReadRestricted(Fact fact)
    {
        RoadRestrictedV1 body = IncidentFacts.Read(fact, RoadJson.Default.RoadRestrictedV1);
        return new RoadRestriction(
            new RoadRestrictionId(body.Restriction),
            new RoadReport(
                new RestrictedPlace(new GeoPoint(body.Latitude, body.Longitude), body.RadiusMeters),
                RoadEffect.Of(body.SpeedPercent),
                IncidentFacts.Read(body.Kind)!.Value,
                body.Reason,
                body.ExpiresAt
            ),
            body.By,
            body.At
        );
    }

    public static RoadRestrictionLiftedV1 ReadLifted(Fact fact) =>
        IncidentFacts.Read(fact, RoadJson.Default.RoadRestrictionLiftedV1);

    private static string SubjectOf(RoadRestrictionId id) => $"road-restriction/{id}";

    private static byte[] Bytes<T>(T body, JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToUtf8Bytes(body, type);
}

[JsonSerializable(typeof(RoadRestrictedV1))]
[JsonSerializable(typeof(RoadRestrictionLiftedV1))]
[JsonSerializable(typeof(RoadRestrictedAudit))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class RoadJson : JsonSerializerContext;
