using MinaKyukyu.Contracts.Crew.V1;
using GeoPoint = MinaKyukyu.Vocabulary.Places.GeoPoint;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>How a unit gets to the place of its order: by the route that was told with it, or straight across.</summary>
internal static class WayToScene
{
    /// <param name="here">Null when the unit does not know where it is.</param>
    /// <returns>Null when neither a route nor a place was told.</returns>
    public static Drive? Find(
        WatchAssignmentsResponse told,
        GeoPoint? here,
        double straightLineMetersPerSecond
    )
    {
        List<GeoPoint> points =
        [
            .. (told.Route?.Points ?? []).Select(p => new GeoPoint(p.Latitude, p.Longitude)),
        ];
        if (told.Incident.Place?.Point is { } place)
        {
            points.Add(new GeoPoint(place.Latitude, place.Longitude));
        }

        if (points.Count == 0)
        {
            return null;
        }

        return told.Route?.DrivingDuration is { } duration
            ? new Drive(points, duration.ToTimeSpan())
            : Drive.Straight(here ?? points[0], points[^1], straightLineMetersPerSecond);
    }
}
