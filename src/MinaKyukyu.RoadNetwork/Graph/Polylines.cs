using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Graph;

/// <summary>Lengths and parts of drawn lines. Fractions are shares of the line's own drawn length.</summary>
internal static class Polylines
{
    public static double LengthMeters(ReadOnlySpan<GeoPoint> line)
    {
        double meters = 0;
        for (int i = 1; i < line.Length; i++)
        {
            meters += line[i - 1].DistanceMetersTo(line[i]);
        }

        return meters;
    }

    public static GeoPoint PointAt(ReadOnlySpan<GeoPoint> line, double fraction)
    {
        double left = LengthMeters(line) * fraction;
        for (int i = 1; i < line.Length; i++)
        {
            double piece = line[i - 1].DistanceMetersTo(line[i]);
            if (left <= piece)
            {
                return piece > 0 ? Between(line[i - 1], line[i], left / piece) : line[i];
            }

            left -= piece;
        }

        return line[^1];
    }

    /// <summary>Adds the part of the line between two fractions, leaving out its first point where it repeats the last one already there.</summary>
    public static void AddPart(
        List<GeoPoint> way,
        ReadOnlySpan<GeoPoint> line,
        double from,
        double to
    )
    {
        double total = LengthMeters(line);
        Add(way, PointAt(line, from));
        double behind = 0;
        for (int i = 1; i < line.Length - 1; i++)
        {
            behind += line[i - 1].DistanceMetersTo(line[i]);
            if (behind > total * from && behind < total * to)
            {
                Add(way, line[i]);
            }
        }

        Add(way, PointAt(line, to));
    }

    public static GeoPoint Between(GeoPoint a, GeoPoint b, double share) =>
        new(
            a.Latitude + ((b.Latitude - a.Latitude) * share),
            a.Longitude + ((b.Longitude - a.Longitude) * share)
        );

    private static void Add(List<GeoPoint> way, GeoPoint point)
    {
        if (way.Count == 0 || way[^1] != point)
        {
            way.Add(point);
        }
    }
}
