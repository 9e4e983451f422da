using System.Globalization;
using System.Net;
using System.Text;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.TravelTimes;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Cli.Roads;

/// <summary>The streets of a map and what can be reached on them, as SVG: large streets broad, the reached area tinted.</summary>
internal sealed class ReachPicture
{
    private const double Width = 900;
    private const double Footer = 26;

    private readonly RoadMap _roads;
    private readonly double _scaleEast;
    private readonly double _scaleNorth;
    private readonly double _height;
    private readonly StringBuilder _svg = new();

    public ReachPicture(RoadMap roads)
    {
        _roads = roads;
        GeoBounds bounds = roads.Bounds;
        double shrink = Math.Cos(bounds.Centre.Latitude * Math.PI / 180);
        double east = Math.Max(1e-9, bounds.NorthEast.Longitude - bounds.SouthWest.Longitude);
        double north = Math.Max(1e-9, bounds.NorthEast.Latitude - bounds.SouthWest.Latitude);
        _scaleEast = Width / east;
        _scaleNorth = _scaleEast / shrink;
        _height = north * _scaleNorth;
    }

    public string Draw(Reach reach, GeoPoint from, string title)
    {
        _svg.Append(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width:F0} {_height + Footer:F0}" font-family="sans-serif" font-size="13">"""
        );
        _svg.Append(
            CultureInfo.InvariantCulture,
            $"""<title>{WebUtility.HtmlEncode(title)}</title><rect width="{Width:F0}" height="{_height + Footer:F0}" fill="#fff"/>"""
        );
        Group("fill=\"#f6c6a8\" fill-opacity=\"0.55\" fill-rule=\"evenodd\"", Areas(reach));
        foreach (
            IGrouping<double, RoadSegment> layer in _roads
                .Graph.ListSegments()
                .GroupBy(segment => BreadthOf(segment.RoadClass))
                .OrderBy(layer => layer.Key)
        )
        {
            Group(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"fill=\"none\" stroke=\"#8a8f98\" stroke-width=\"{layer.Key}\""
                ),
                string.Concat(layer.Select(segment => Line(segment.Line, closes: false)))
            );
        }

        Group(
            "fill=\"none\" stroke=\"#c2410c\" stroke-width=\"0.9\"",
            string.Concat(reach.Streets.Select(street => Line(street, closes: false)))
        );
        (double x, double y) = At(from);
        _svg.Append(
            CultureInfo.InvariantCulture,
            $"""<circle cx="{x:F1}" cy="{y:F1}" r="6" fill="#1d4ed8" stroke="#fff" stroke-width="2"/>"""
        );
        _svg.Append(
            CultureInfo.InvariantCulture,
            $"""<text x="4" y="{_height + 18:F0}">{WebUtility.HtmlEncode($"{title} — {_roads.Attribution}")}</text></svg>"""
        );
        return _svg.Append('\n').ToString();
    }

    private void Group(string look, string path) =>
        _svg.Append(CultureInfo.InvariantCulture, $"<path {look} d=\"{path}\"/>");

    private string Areas(Reach reach) =>
        string.Concat(
            reach.Area.SelectMany(rings => rings).Select(ring => Line(ring, closes: true))
        );

    private string Line(IReadOnlyList<GeoPoint> line, bool closes)
    {
        var path = new StringBuilder();
        for (int i = 0; i < line.Count; i++)
        {
            (double x, double y) = At(line[i]);
            path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{x:0.#} {y:0.#}");
        }

        return path.Append(closes ? "Z" : "").ToString();
    }

    private (double X, double Y) At(GeoPoint point) =>
        (
            (point.Longitude - _roads.Bounds.SouthWest.Longitude) * _scaleEast,
            (_roads.Bounds.NorthEast.Latitude - point.Latitude) * _scaleNorth
        );

    private static double BreadthOf(string roadClass) =>
        roadClass switch
        {
            "motorway" or "trunk" or "primary" => 2.4,
            "secondary" => 1.8,
            "tertiary" => 1.2,
            _ => 0.5,
        };
}
