using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.TestKit;

/// <summary>
/// Roads drawn as text. Words are places, numbers are minutes by road, in the middle of a line of <c>-</c> or <c>|</c>;
/// <c>&gt;</c>, <c>&lt;</c>, <c>^</c> and <c>v</c> at the end of a line make it one-way (so no place may be called v).
/// </summary>
/// <example>
/// <code>
/// S1 -3- a -4> b
///        |     |
///        2     5
///        v     |
///        c -1- H1
/// </code>
/// </example>
/// <remarks>
/// A line of text lies about 220 m south of the one above, a character about 90 m east of the one before; the minutes are as
/// written, whatever the distance, and the same in both driving profiles. Each road is named by its ends, <c>S1-a</c>.
/// </remarks>
public sealed partial class DrawnMap
{
    private const double North = 35.7;
    private const double West = 139.4;
    private const double DegreesPerLine = 0.002;
    private const double DegreesPerCharacter = 0.001;

    private readonly string[] _lines;
    private readonly Dictionary<string, (int Line, int Column)> _places = new(
        StringComparer.Ordinal
    );
    private readonly StringBuilder _edges = new("from,to,seconds,name\n");

    private DrawnMap(string drawing)
    {
        _lines = drawing.ReplaceLineEndings("\n").Split('\n');
        for (int line = 0; line < _lines.Length; line++)
        {
            foreach (Match name in PlaceName().Matches(_lines[line]))
            {
                _places.Add(name.Value, (line, name.Index));
            }
        }

        ReadRoadsAcross();
        ReadRoadsDown();
        Roads = RoadNetworkLoader.Read(
            new StringReader(NodesTable()),
            "drawn nodes",
            new StringReader(_edges.ToString()),
            "drawn edges"
        );
    }

    public RoadMap Roads { get; }

    public IReadOnlyCollection<string> Places => _places.Keys;

    /// <exception cref="FormatException">The drawing cannot be read; says where.</exception>
    public static DrawnMap Draw(string drawing) => new(drawing);

    /// <summary>The place as a position on the roads.</summary>
    public RoadPosition At(string place) => Roads.Graph.PositionAtNode(Node(place));

    /// <summary>A position on the road from one place to the next, at a share of its length.</summary>
    public RoadPosition Between(string from, string to, double share)
    {
        RoadGraph graph = Roads.Graph;
        int tail = Node(from);
        int head = Node(to);
        for (int edge = graph.FirstOut[tail]; edge < graph.FirstOut[tail + 1]; edge++)
        {
            if (graph.Head[edge] == head)
            {
                return graph.PositionOn(edge, share);
            }
        }

        throw new ArgumentException($"No road leads from {from} to {to}.", nameof(to));
    }

    public GeoPoint PlaceOf(string place)
    {
        (int line, int column) = _places[place];
        return new GeoPoint(North - (line * DegreesPerLine), West + (column * DegreesPerCharacter));
    }

    private int Node(string place) =>
        Roads.Graph.FindNode(place)
        ?? throw new ArgumentException($"{place} is not drawn.", nameof(place));

    private string NodesTable()
    {
        var nodes = new StringBuilder("id,lat,lon\n");
        foreach (string place in _places.Keys)
        {
            GeoPoint at = PlaceOf(place);
            nodes.Append(
                CultureInfo.InvariantCulture,
                $"{place},{at.Latitude:R},{at.Longitude:R}\n"
            );
        }

        return nodes.ToString();
    }

    private void ReadRoadsAcross()
    {
        foreach (string line in _lines)
        {
            Match? before = null;
            foreach (Match place in PlaceName().Matches(line))
            {
                string between = before is null
                    ? ""
                    : line[(before.Index + before.Length)..place.Index].Trim();
                if (between.Contains('-', StringComparison.Ordinal))
                {
                    Match road = RoadAcross().Match(between);
                    if (!road.Success)
                    {
                        throw new FormatException($"'{between}' is no road: draw -3-, -3> or <3-.");
                    }

                    AddRoad(
                        before!.Value,
                        place.Value,
                        road.Groups["minutes"].Value,
                        isOpenThere: road.Groups["back"].Length == 0,
                        isOpenBack: road.Groups["there"].Length == 0
                    );
                }

                before = place;
            }
        }
    }

    private void ReadRoadsDown()
    {
        foreach ((string place, (int line, int column)) in _places)
        {
            for (int offset = 0; offset < place.Length; offset++)
            {
                if (CharacterAt(line + 1, column + offset) is '|' or '^')
                {
                    FollowDown(place, line + 1, column + offset);
                }
            }
        }
    }

    private void FollowDown(string from, int line, int column)
    {
        string minutes = "";
        bool isUpOnly = false;
        bool isDownOnly = false;
        for (; ; line++)
        {
            if (PlaceAt(line, column) is { } to)
            {
                AddRoad(from, to, minutes, isOpenThere: !isUpOnly, isOpenBack: !isDownOnly);
                return;
            }

            switch (CharacterAt(line, column))
            {
                case '|':
                    break;
                case '^':
                    isUpOnly = true;
                    break;
                case 'v':
                    isDownOnly = true;
                    break;
                case >= '0' and <= '9':
                    minutes = Number()
                        .Matches(_lines[line])
                        .First(number => Covers(number, column))
                        .Value;
                    break;
                default:
                    throw new FormatException(
                        $"The road down from {from} breaks off in line {line + 1}."
                    );
            }
        }
    }

    private string? PlaceAt(int line, int column) =>
        line < _lines.Length
            ? PlaceName().Matches(_lines[line]).FirstOrDefault(name => Covers(name, column))?.Value
            : null;

    private char CharacterAt(int line, int column) =>
        line < _lines.Length && column < _lines[line].Length ? _lines[line][column] : ' ';

    private static bool Covers(Match match, int column) =>
        column >= match.Index && column < match.Index + match.Length;

    private void AddRoad(string from, string to, string minutes, bool isOpenThere, bool isOpenBack)
    {
        if (
            !double.TryParse(
                minutes,
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out double number
            )
        )
        {
            throw new FormatException($"The road from {from} to {to} has no minutes.");
        }

        if (isOpenThere)
        {
            _edges.Append(
                CultureInfo.InvariantCulture,
                $"{from},{to},{number * 60:R},{from}-{to}\n"
            );
        }

        if (isOpenBack)
        {
            _edges.Append(
                CultureInfo.InvariantCulture,
                $"{to},{from},{number * 60:R},{from}-{to}\n"
            );
        }
    }

    // A word that starts with a letter; "v" alone is the point of an arrow.
    [GeneratedRegex(@"\b(?!v\b)[A-Za-z]\w*", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PlaceName();

    [GeneratedRegex(
        @"^(?<back><)?-*(?<minutes>\d+(\.\d+)?)-*(?<there>>)?$",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex RoadAcross();

    [GeneratedRegex(@"\d+(\.\d+)?", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Number();
}
