using System.Globalization;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.Pages.Map;

/// <summary>From degrees to the drawing's units: equirectangular about the middle, true in both directions for one city.</summary>
internal sealed class MapFrame
{
    /// <summary>Width of the drawing; about a pixel each at the size at which the board shows it.</summary>
    public const double Width = 1000;

    /// <summary>Metres in a degree of latitude on a sphere of the earth's mean radius (IUGG).</summary>
    private const double MetersPerDegree = 6_371_008.8 * Math.PI / 180;

    private readonly GeoPoint _northWest;
    private readonly double _unitsPerDegreeEast;
    private readonly double _unitsPerDegreeNorth;

    /// <param name="bounds">What is drawn.</param>
    public MapFrame(GeoBounds bounds)
    {
        double degreesEast = Math.Max(
            1e-4,
            bounds.NorthEast.Longitude - bounds.SouthWest.Longitude
        );
        double degreesNorth = Math.Max(1e-4, bounds.NorthEast.Latitude - bounds.SouthWest.Latitude);
        double shrink = Math.Cos(bounds.Centre.Latitude * Math.PI / 180);
        _northWest = new GeoPoint(bounds.NorthEast.Latitude, bounds.SouthWest.Longitude);
        _unitsPerDegreeEast = Width / degreesEast;
        _unitsPerDegreeNorth = _unitsPerDegreeEast / Math.Max(0.01, shrink);
        Height = Math.Round(degreesNorth * _unitsPerDegreeNorth);
        UnitsPerMeter = _unitsPerDegreeNorth / MetersPerDegree;
    }

    public double Height { get; }

    public double UnitsPerMeter { get; }

    public (double X, double Y) Of(GeoPoint point) =>
        (
            (point.Longitude - _northWest.Longitude) * _unitsPerDegreeEast,
            (_northWest.Latitude - point.Latitude) * _unitsPerDegreeNorth
        );

    /// <summary>A line as the <c>d</c> of a path, without the points that nobody would see.</summary>
    public string PathOf(IReadOnlyList<GeoPoint> line) => Write(Simplify([.. line.Select(Of)]));

    public static string Number(double value) =>
        value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Write(List<(double X, double Y)> points) =>
        "M" + string.Join('L', points.Select(p => $"{Number(p.X)} {Number(p.Y)}"));

    /// <summary>Leaves out points less than 0.4 units from the line between their neighbours (Douglas and Peucker).</summary>
    private static List<(double X, double Y)> Simplify((double X, double Y)[] points)
    {
        const double Tolerance = 0.4;
        var keep = new bool[points.Length];
        keep[0] = keep[^1] = true;
        var open = new Stack<(int From, int To)>([(0, points.Length - 1)]);
        while (open.TryPop(out (int From, int To) part))
        {
            int farthest = -1;
            double most = Tolerance;
            for (int i = part.From + 1; i < part.To; i++)
            {
                double distance = Distance(points[i], points[part.From], points[part.To]);
                (farthest, most) = distance > most ? (i, distance) : (farthest, most);
            }

            if (farthest >= 0)
            {
                keep[farthest] = true;
                open.Push((part.From, farthest));
                open.Push((farthest, part.To));
            }
        }

        return [.. points.Where((_, i) => keep[i])];
    }

    private static double Distance(
        (double X, double Y) p,
        (double X, double Y) a,
        (double X, double Y) b
    )
    {
        (double dx, double dy) = (b.X - a.X, b.Y - a.Y);
        double length = (dx * dx) + (dy * dy);
        double t =
            length == 0 ? 0 : Math.Clamp((((p.X - a.X) * dx) + ((p.Y - a.Y) * dy)) / length, 0, 1);
        return Math.Sqrt(Math.Pow(p.X - a.X - (t * dx), 2) + Math.Pow(p.Y - a.Y - (t * dy), 2));
    }
}
