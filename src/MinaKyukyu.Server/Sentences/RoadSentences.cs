using System.Globalization;
using Grpc.Core;
using MinaKyukyu.Incidents.Roads;

namespace MinaKyukyu.Server.Sentences;

/// <summary>Road restrictions in words.</summary>
internal static class RoadSentences
{
    /// <summary>It stands, but there is nothing that it could change.</summary>
    public static readonly WordedReason NoStreetThere = Reasons.Of(
        "NO_STREET_THERE",
        "近くに道路がないため、走行時間は変わりません",
        "no street is near, so no travel time changes"
    );

    public static IReadOnlyList<RefusalSentence> Refusals { get; } =
    [
        new(
            "ROAD_RESTRICTION_NOT_FOUND",
            StatusCode.NotFound,
            "この交通規制はありません。解除済みか期限切れです。",
            "No such road restriction is in force; it was lifted or has expired."
        ),
        new(
            "ROAD_RESTRICTION_EXPIRY_PAST",
            StatusCode.InvalidArgument,
            "終了日時が過ぎています。これからの日時を入力してください。",
            "The restriction would be over already; give a later end."
        ),
        new(
            "ROAD_RESTRICTION_EXPIRY_TOO_FAR",
            StatusCode.InvalidArgument,
            "終了日時は90日以内にしてください。",
            "A restriction ends within 90 days; a longer closure belongs into the road file."
        ),
        new(
            "TOO_MANY_ROAD_RESTRICTIONS",
            StatusCode.FailedPrecondition,
            "交通規制が上限の1000件です。終わったものを解除してください。",
            "There are 1,000 road restrictions in force; lift what is over."
        ),
    ];

    public static (string Ja, string En) Words(RoadEffect effect)
    {
        string percent = effect.SpeedPercent.ToString(CultureInfo.InvariantCulture);
        return effect.IsClosed
            ? ("通行止め", "closed")
            : ($"徐行(通常の{percent}%の速さ)", $"slow, {percent} % of the usual speed");
    }

    public static (string Ja, string En) Words(RestrictedPlace place)
    {
        string meters = place.RadiusMeters.ToString("0", CultureInfo.InvariantCulture);
        return place.RadiusMeters > 0
            ? ($"半径{meters}mのすべての道", $"every street within {meters} m")
            : ("最も近い道だけ", "the nearest street alone");
    }
}
