using System.Globalization;
using System.Text;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.Server.City;

namespace MinaKyukyu.Server.Pages.Map;

/// <summary>The streets, drawn once from the road file when first asked for; everything that moves is drawn over it.</summary>
internal sealed class StreetMap(CityPlan city)
{
    private readonly Lazy<string> _svg = new(() => city.Roads is { } roads ? Draw(roads) : "");

    /// <summary>Null where no roads are loaded: there is nothing to draw on.</summary>
    public MapFrame? Frame { get; } = city.Roads is { } roads ? new MapFrame(roads.Bounds) : null;

    /// <summary>A whole SVG document, so that a browser keeps it between two refreshes of the board.</summary>
    public string Svg => _svg.Value;

    /// <summary>Small streets beneath large ones.</summary>
    private static readonly (string Class, double Width, string Colour)[] Layers =
    [
        ("minor", 1.1, "#d3dae1"),
        ("tertiary", 1.9, "#b9c4ce"),
        ("secondary", 2.6, "#a3b1be"),
        ("primary", 3.2, "#8c9dad"),
    ];

    private static string Draw(RoadMap roads)
    {
        var frame = new MapFrame(roads.Bounds);
        ILookup<string, RoadSegment> byLayer = roads
            .ListSegmentsByClass()
            .SelectMany(group => group)
            .ToLookup(segment => LayerOf(segment.RoadClass), StringComparer.Ordinal);
        var svg = new StringBuilder();
        string size = $"{MapFrame.Number(MapFrame.Width)} {MapFrame.Number(frame.Height)}";
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" fill="none" stroke-linecap="round" stroke-linejoin="round">"""
        );
        foreach ((string layer, double width, string colour) in Layers)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""<path stroke="{colour}" stroke-width="{MapFrame.Number(width)}" d=" """
            );
            foreach (RoadSegment segment in byLayer[layer])
            {
                svg.Append(frame.PathOf(segment.Line));
            }

            svg.Append("\"/>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static string LayerOf(string roadClass) =>
        roadClass switch
        {
            _ when roadClass.Contains("motorway", StringComparison.Ordinal) => "primary",
            _ when roadClass.Contains("trunk", StringComparison.Ordinal) => "primary",
            _ when roadClass.Contains("primary", StringComparison.Ordinal) => "primary",
            _ when roadClass.Contains("secondary", StringComparison.Ordinal) => "secondary",
            _ when roadClass.Contains("tertiary", StringComparison.Ordinal) => "tertiary",
            _ => "minor",
        };
}
