using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Incidents.Roads;

/// <summary>What a restriction does to a street: closes it (通行止め), or slows it (徐行).</summary>
public readonly record struct RoadEffect
{
    private RoadEffect(int speedPercent) => SpeedPercent = speedPercent;

    /// <summary>Nobody drives there; what lies on it is reached on foot.</summary>
    public static RoadEffect Closed => default;

    /// <summary>Share of the usual speed in per cent, 0 to 99; 0: closed.</summary>
    public int SpeedPercent { get; }

    public bool IsClosed => SpeedPercent == 0;

    /// <summary>Whether <see cref="SlowedTo"/> takes it.</summary>
    public static bool IsSlowness(int speedPercent) => speedPercent is >= 1 and <= 99;

    /// <exception cref="ArgumentOutOfRangeException">Not between 1 and 99 per cent.</exception>
    public static RoadEffect SlowedTo(int speedPercent) =>
        IsSlowness(speedPercent)
            ? new RoadEffect(speedPercent)
            : throw new ArgumentOutOfRangeException(
                nameof(speedPercent),
                speedPercent,
                "A street is slowed to between 1 and 99 per cent of its usual speed."
            );

    /// <summary>As it is kept: 0 for closed.</summary>
    internal static RoadEffect Of(int speedPercent) =>
        speedPercent == 0 ? Closed : SlowedTo(speedPercent);
}

/// <summary>Where a restriction holds: on every street within the radius of a point, or on the street nearest to it alone.</summary>
public readonly record struct RestrictedPlace
{
    /// <summary>How far one restriction reaches at most, in metres.</summary>
    /// <value>1,000 m: a flooded quarter; more than that is a second restriction, and a slip of the hand does not close a city.</value>
    public const double LargestRadiusMeters = 1_000;

    /// <exception cref="ArgumentOutOfRangeException">The radius is none that <see cref="IsRadius"/> takes.</exception>
    public RestrictedPlace(GeoPoint point, double radiusMeters)
    {
        if (!IsRadius(radiusMeters))
        {
            throw new ArgumentOutOfRangeException(
                nameof(radiusMeters),
                radiusMeters,
                "A restriction reaches between 0 and 1,000 m."
            );
        }

        Point = point;
        RadiusMeters = radiusMeters;
    }

    public GeoPoint Point { get; }

    /// <summary>0: only the street nearest to <see cref="Point"/>.</summary>
    public double RadiusMeters { get; }

    public static bool IsRadius(double meters) => meters is >= 0 and <= LargestRadiusMeters;
}

/// <summary>What a dispatcher says of a street.</summary>
/// <param name="Kind">Table <see cref="RoadRestrictions.KindTable"/>.</param>
/// <param name="Reason">In the dispatcher's words, never personal data; empty when the kind says enough.</param>
/// <param name="ExpiresAt">The first moment at which it does not hold any more.</param>
public sealed record RoadReport(
    RestrictedPlace Place,
    RoadEffect Effect,
    Code Kind,
    string Reason,
    DateTimeOffset ExpiresAt
);

/// <summary>交通規制: a street that cannot be driven as usual for a while.</summary>
/// <param name="By">Role and console of whoever made it.</param>
/// <param name="Since">When it was committed.</param>
public sealed record RoadRestriction(
    RoadRestrictionId Id,
    RoadReport Report,
    string By,
    DateTimeOffset Since
)
{
    public RestrictedPlace Place => Report.Place;

    public RoadEffect Effect => Report.Effect;

    public DateTimeOffset ExpiresAt => Report.ExpiresAt;

    /// <summary>It ends by the clock alone; one that was lifted is not kept at all.</summary>
    public bool IsInForceAt(DateTimeOffset now) => Since <= now && now < ExpiresAt;
}
