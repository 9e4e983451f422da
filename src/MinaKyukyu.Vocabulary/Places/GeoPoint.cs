namespace MinaKyukyu.Vocabulary.Places;

/// <summary>A place on the earth, WGS 84, in degrees.</summary>
public readonly record struct GeoPoint
{
    /// <summary>Mean radius of the earth (IUGG), in metres.</summary>
    private const double EarthRadiusMeters = 6_371_008.8;

    /// <exception cref="ArgumentOutOfRangeException">Latitude outside ±90, longitude outside ±180, or not a number.</exception>
    public GeoPoint(double latitude, double longitude)
    {
        if (!IsValid(latitude, longitude))
        {
            throw new ArgumentOutOfRangeException(
                nameof(latitude),
                "A place lies within ±90 and ±180 degrees."
            );
        }

        Latitude = latitude;
        Longitude = longitude;
    }

    public double Latitude { get; }

    public double Longitude { get; }

    public static bool IsValid(double latitude, double longitude) =>
        latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180;

    /// <summary>Distance along the great circle, in metres (haversine; error of the sphere below 0.6 %).</summary>
    public double DistanceMetersTo(GeoPoint other)
    {
        double lat1 = Latitude * Math.PI / 180;
        double lat2 = other.Latitude * Math.PI / 180;
        double sinLat = Math.Sin((lat2 - lat1) / 2);
        double sinLon = Math.Sin((other.Longitude - Longitude) * Math.PI / 360);
        double h = (sinLat * sinLat) + (Math.Cos(lat1) * Math.Cos(lat2) * sinLon * sinLon);
        return 2 * EarthRadiusMeters * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }
}
