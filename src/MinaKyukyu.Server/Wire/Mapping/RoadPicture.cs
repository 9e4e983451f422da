using Google.Protobuf.WellKnownTypes;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Sentences;
using V1 = MinaKyukyu.Contracts.Dispatch.V1;

namespace MinaKyukyu.Server.Wire.Mapping;

/// <summary>A road restriction as the wire brings it and shows it.</summary>
internal sealed class RoadPicture(CityPlan city, CodeTables codes)
{
    /// <summary>How long the words about a restriction may be: a sentence or two, to be read aloud.</summary>
    public const int LongestReason = 300;

    public RoadReport Read(V1.RestrictRoadRequest request) =>
        new(
            new RestrictedPlace(
                Parse.Point(request.Point, "point")!.Value,
                RestrictedPlace.IsRadius(request.RadiusMeters)
                    ? request.RadiusMeters
                    : throw Parse.Malformed("radius_meters")
            ),
            EffectOf(request),
            codes.Required(request.Kind, RoadRestrictions.KindTable, "kind"),
            Parse.FreeText(request.Reason, LongestReason),
            Parse.Time(request.ExpireTime, "expire_time")
        );

    private static RoadEffect EffectOf(V1.RestrictRoadRequest request) =>
        request.Effect switch
        {
            V1.RoadEffect.Closed => RoadEffect.Closed,
            V1.RoadEffect.Slowed when RoadEffect.IsSlowness(request.SpeedPercent) =>
                RoadEffect.SlowedTo(request.SpeedPercent),
            V1.RoadEffect.Slowed => throw Parse.Malformed("speed_percent"),
            _ => throw Parse.Malformed("effect"),
        };

    public V1.RoadRestriction Of(RoadRestriction restriction) =>
        new()
        {
            RestrictionId = restriction.Id.Value,
            Point = IncidentPicture.Of(restriction.Place.Point),
            RadiusMeters = restriction.Place.RadiusMeters,
            Effect = restriction.Effect.IsClosed ? V1.RoadEffect.Closed : V1.RoadEffect.Slowed,
            SpeedPercent = restriction.Effect.SpeedPercent,
            Kind = IncidentPicture.Of(restriction.Report.Kind),
            Reason = restriction.Report.Reason,
            Author = restriction.By,
            CreateTime = restriction.Since.ToTimestamp(),
            ExpireTime = restriction.ExpiresAt.ToTimestamp(),
            Note = NoteOn(restriction)?.ToWire(),
        };

    /// <summary>Why it changes no travel time; null when it does.</summary>
    public WordedReason? NoteOn(RoadRestriction restriction) =>
        city.LiveRoads?.Restricted.EdgesOf(restriction).Count > 0
            ? null
            : RoadSentences.NoStreetThere;
}
