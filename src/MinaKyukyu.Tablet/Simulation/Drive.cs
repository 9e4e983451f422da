using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>A way and how long it takes: pure.</summary>
/// <param name="Points">At least one.</param>
internal sealed record Drive(IReadOnlyList<GeoPoint> Points, TimeSpan Duration)
{
    public GeoPoint End => Points[^1];

    /// <summary>Where the unit is when a share of the time is over; even speed along the way.</summary>
    /// <param name="share">From 0 to 1.</param>
    public GeoPoint PointAt(double share)
    {
        double total = 0;
        for (int i = 1; i < Points.Count; i++)
        {
            total += Points[i - 1].DistanceMetersTo(Points[i]);
        }

        double left = Math.Clamp(share, 0, 1) * total;
        for (int i = 1; i < Points.Count; i++)
        {
            double length = Points[i - 1].DistanceMetersTo(Points[i]);
            if (left <= length && length > 0)
            {
                return Between(Points[i - 1], Points[i], left / length);
            }

            left -= length;
        }

        return End;
    }

    /// <summary>Straight across, where no road is known.</summary>
    public static Drive Straight(
        GeoPoint from,
        GeoPoint to,
        double metersPerSecond,
        TimeSpan? duration = null
    ) =>
        new(
            [from, to],
            duration ?? TimeSpan.FromSeconds(from.DistanceMetersTo(to) / metersPerSecond)
        );

    private static GeoPoint Between(GeoPoint from, GeoPoint to, double share) =>
        new(
            from.Latitude + ((to.Latitude - from.Latitude) * share),
            from.Longitude + ((to.Longitude - from.Longitude) * share)
        );
}
