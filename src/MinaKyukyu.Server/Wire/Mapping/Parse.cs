using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Wire.Interceptors;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;
using TypeV1 = MinaKyukyu.Contracts.Type.V1;

namespace MinaKyukyu.Server.Wire.Mapping;

/// <summary>From the wire's fields to values of our own types; what is not one is refused with the field's name.</summary>
internal static partial class Parse
{
    /// <summary>Earliest and latest moment that any of our clocks could mean.</summary>
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Command Command(IMessage request, string requestId, ServerCallContext call) =>
        new(
            IdentityInterceptor.CallerOf(call),
            Id(requestId, "request_id", id => new RequestId(id)),
            SHA256.HashData([.. Encoding.ASCII.GetBytes(call.Method), .. request.ToByteArray()])
        );

    public static T Id<T>(string text, string field, Func<string, T> make) =>
        Identifier.IsWellFormed(text) ? make(text) : throw Malformed(field);

    public static IncidentId Incident(string text) =>
        Id(text, "incident_id", id => new IncidentId(id));

    public static AssignmentId Assignment(string text) =>
        Id(text, "assignment_id", id => new AssignmentId(id));

    public static RoadRestrictionId RoadRestriction(string text) =>
        Id(text, "restriction_id", id => new RoadRestrictionId(id));

    public static UnitId Unit(string text) => Id(text, "unit_id", id => new UnitId(id));

    public static PatientSlot Patient(int number) =>
        number is >= 1 and <= PatientSlot.Highest
            ? new PatientSlot(number)
            : throw Malformed("patient_number");

    public static DateTimeOffset Time(Timestamp time, string field)
    {
        return IsSane(time) ? time.ToDateTimeOffset() : throw Malformed(field);
    }

    /// <summary>A Timestamp can hold what a DateTimeOffset cannot; neither is a time of an emergency.</summary>
    private static bool IsSane(Timestamp time) =>
        time.Seconds >= Earliest.ToUnixTimeSeconds()
        && time.Seconds <= Latest.ToUnixTimeSeconds()
        && time.Nanos is >= 0 and < 1_000_000_000;

    public static DateTimeOffset? OptionalTime(Timestamp? time, string field) =>
        time is null ? null : Time(time, field);

    public static GeoPoint? Point(TypeV1.GeoPoint? point, string field)
    {
        if (point is null)
        {
            return null;
        }

        return GeoPoint.IsValid(point.Latitude, point.Longitude)
            ? new GeoPoint(point.Latitude, point.Longitude)
            : throw Malformed(field);
    }

    /// <summary>A place never stops an emergency: a point that is none is dropped, and the precision says that it is not known.</summary>
    public static Place Place(TypeV1.Place place)
    {
        bool hasPoint = place.Point is { } p && GeoPoint.IsValid(p.Latitude, p.Longitude);
        return new Place(
            hasPoint ? new GeoPoint(place.Point.Latitude, place.Point.Longitude) : null,
            hasPoint && System.Enum.IsDefined((PlacePrecision)place.PlacePrecision)
                ? (PlacePrecision)place.PlacePrecision
                : PlacePrecision.Unknown,
            place is { HasRadiusMeters: true, RadiusMeters: >= 0 and <= 100_000 }
                ? place.RadiusMeters
                : null,
            FreeText(place.Address),
            Math.Clamp(place.Floor, -50, 200),
            FreeText(place.Landmark)
        );
    }

    /// <summary>A level that this version does not know is unknown, and so stands high on the board.</summary>
    public static Urgency Urgency(Contracts.Incident.V1.Urgency urgency) =>
        new(
            System.Enum.IsDefined((UrgencyLevel)urgency.Level)
                ? (UrgencyLevel)urgency.Level
                : UrgencyLevel.Unknown,
            FreeText(urgency.Protocol)
        );

    /// <summary>Text of a person: bounded, and a run of twelve digits is masked, so that no emergency is refused for its text.</summary>
    public static string FreeText(string text, int longest = 2_000)
    {
        // Masked first: cut first, a number that lies across the end would leave eleven of its digits behind.
        string masked = PersonalNumberRule.Mask(text);
        return masked.Length <= longest ? masked : masked[..longest];
    }

    /// <summary>A telephone number as dialled; what is none is dropped.</summary>
    /// <remarks>Twelve bare digits are dialled only with 0 or + before them; without, they may be a person's number.</remarks>
    public static string Telephone(string text) =>
        TelephonePattern().IsMatch(text)
        && (text[0] is '0' or '+' || !PersonalNumberRule.Contains(text))
            ? text
            : "";

    /// <summary>A moment that some clock could mean; null otherwise. For what must not be refused.</summary>
    public static DateTimeOffset? LenientTime(Timestamp? time) =>
        time is not null && IsSane(time) ? time.ToDateTimeOffset() : null;

    public static InvalidRequestException Malformed(string field) =>
        new(InvalidRequestException.FieldMalformed, field);

    [GeneratedRegex(@"^\+?[0-9][0-9 ()\-]{2,23}$", RegexOptions.NonBacktracking)]
    private static partial Regex TelephonePattern();
}
