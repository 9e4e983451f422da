using MinaKyukyu.Vocabulary.Places;
using NetTopologySuite.Geometries;

namespace MinaKyukyu.RoadNetwork.Snapping;

/// <summary>Metres east and north of one place, on a plane touching the earth there (equirectangular).</summary>
internal readonly struct LocalPlane(GeoPoint origin)
{
    /// <summary>Metres in a degree of latitude on a sphere of the earth's mean radius (IUGG, 6,371,008.8 m), as in <see cref="GeoPoint"/>.</summary>
    private const double MetersPerDegree = 6_371_008.8 * Math.PI / 180;

    private readonly double _metersPerDegreeEast =
        MetersPerDegree * Math.Max(1e-9, Math.Cos(origin.Latitude * Math.PI / 180));

    public (double East, double North) Project(GeoPoint place) =>
        (
            (place.Longitude - origin.Longitude) * _metersPerDegreeEast,
            (place.Latitude - origin.Latitude) * MetersPerDegree
        );

    /// <summary>The place so many metres east and north.</summary>
    public GeoPoint Unproject(double east, double north) =>
        new(
            origin.Latitude + (north / MetersPerDegree),
            origin.Longitude + (east / _metersPerDegreeEast)
        );

    /// <summary>The square of degrees that holds every place within the radius.</summary>
    public Envelope Around(double radiusMeters)
    {
        double east = radiusMeters / _metersPerDegreeEast;
        double north = radiusMeters / MetersPerDegree;
        return new Envelope(
            origin.Longitude - east,
            origin.Longitude + east,
            origin.Latitude - north,
            origin.Latitude + north
        );
    }

    public static Envelope Box(GeoPoint a, GeoPoint b) =>
        new(a.Longitude, b.Longitude, a.Latitude, b.Latitude);
}
