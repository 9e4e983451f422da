using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Graph;

/// <summary>A piece of street to be drawn once, whatever the number of its directions.</summary>
/// <param name="RoadClass">OpenStreetMap's <c>highway</c>; empty where the file named none.</param>
/// <param name="Name">Name of the street; empty where it has none.</param>
/// <param name="IsOneWay">It may be driven in the order of <paramref name="Line"/> only.</param>
/// <param name="Line">At least two points.</param>
public sealed record RoadSegment(
    string RoadClass,
    string Name,
    bool IsOneWay,
    IReadOnlyList<GeoPoint> Line
);

/// <summary>The smallest rectangle of degrees that holds every node and every drawn line.</summary>
public readonly record struct GeoBounds(GeoPoint SouthWest, GeoPoint NorthEast)
{
    public GeoPoint Centre =>
        new(
            (SouthWest.Latitude + NorthEast.Latitude) / 2,
            (SouthWest.Longitude + NorthEast.Longitude) / 2
        );
}
