using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.Vocabulary.Places;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace MinaKyukyu.RoadNetwork.Import;

/// <summary>
/// Reads the two tables of a road directory. Nodes: <c>id</c> (or <c>osm_node_id</c>), <c>lat</c>, <c>lon</c>. Edges:
/// <c>from</c>, <c>to</c> and either <c>seconds</c> (then the file has one metric for both profiles) or <c>length_m</c>,
/// <c>highway</c>, <c>maxspeed</c>; <c>name</c> and <c>geometry_wkt</c> (LINESTRING of lon lat) where there are any. Each row is
/// one directed edge; a column <c>oneway</c> is ignored. Every field is checked: repaired and counted, or refused with its line.
/// </summary>
internal sealed class RoadTables(DrivingRules rules)
{
    /// <summary>A drawn line may end this far from its node before moving its end there is counted. Own working value: a lane is 3 m wide.</summary>
    private const double EndToleranceMeters = 1;

    private readonly WKTReader _wkt = new();
    private readonly RoadGraphBuilder _builder = new();
    private readonly Dictionary<string, int> _nodes = new(StringComparer.Ordinal);
    private int _edgeRows;
    private int _unknownClasses;
    private int _ambiguousClasses;
    private int _unreadableMaxSpeeds;
    private int _movedLines;
    private bool _hasOneMetric;

    public void ReadNodes(TextReader reader, string file)
    {
        using var csv = new RoadCsv(reader, file);
        int id = csv.Require("id", "osm_node_id");
        int lat = csv.Require("lat");
        int lon = csv.Require("lon");
        while (csv.Next())
        {
            string name = csv.Text(id);
            if (name.Length == 0)
            {
                throw csv.Refused("the node has no id");
            }

            double latitude = csv.Number(lat, "lat");
            double longitude = csv.Number(lon, "lon");
            if (!GeoPoint.IsValid(latitude, longitude))
            {
                throw csv.Refused("the place lies outside ±90 and ±180 degrees");
            }

            if (!_nodes.TryAdd(name, _nodes.Count))
            {
                throw csv.Refused($"node {name} stands in the file twice");
            }

            _builder.AddNode(name, new GeoPoint(latitude, longitude));
        }

        if (_nodes.Count == 0)
        {
            throw new RoadFileException(file, 1, "there is no node");
        }
    }

    public void ReadEdges(TextReader reader, string file)
    {
        using var csv = new RoadCsv(reader, file);
        var columns = new Columns(csv);
        _hasOneMetric = columns.Seconds >= 0;
        while (csv.Next())
        {
            _edgeRows++;
            _builder.AddEdge(Edge(csv, columns));
        }
    }

    public ImportedRoads Build(string attribution)
    {
        (RoadGraph graph, int[] ordinary, int[] emergency) = _builder.Build();
        ImportReport report = ImportReport.Of(graph, _builder, _edgeRows) with
        {
            UnknownRoadClasses = _unknownClasses,
            AmbiguousRoadClasses = _ambiguousClasses,
            UnreadableMaxSpeeds = _unreadableMaxSpeeds,
            LinesMovedToTheirNodes = _movedLines,
            HasOneMetric = _hasOneMetric,
        };
        return new ImportedRoads(
            graph,
            new UsualTimes(
                _hasOneMetric ? MetricKinds.One : MetricKinds.ByProfileAndTime,
                EdgeWeights.Of(ordinary, graph.LengthMeters),
                EdgeWeights.Of(emergency, graph.LengthMeters),
                rules
            ),
            report,
            attribution
        );
    }

    private EdgeRow Edge(RoadCsv csv, Columns columns)
    {
        int tail = Node(csv, columns.From, "from");
        int head = Node(csv, columns.To, "to");
        GeoPoint[] bends = Bends(csv, csv.Text(columns.Geometry), tail, head);
        double lengthMeters =
            columns.Length >= 0 && (!_hasOneMetric || csv.Text(columns.Length).Length > 0)
                ? Length(csv, columns.Length)
                : Polylines.LengthMeters([
                    _builder.PlaceOf(tail),
                    .. bends,
                    _builder.PlaceOf(head),
                ]);
        string roadClass = RoadClass(csv.Text(columns.Highway));
        int maxSpeed = MaxSpeed(csv.Text(columns.MaxSpeed));
        double? seconds = _hasOneMetric ? csv.Number(columns.Seconds, "seconds") : null;
        return new EdgeRow(
            tail,
            head,
            lengthMeters,
            roadClass,
            maxSpeed,
            string.Join('・', CellText.Values(csv.Text(columns.Name))),
            Weight(DrivingProfile.Ordinary),
            Weight(DrivingProfile.Emergency),
            bends
        );

        int Weight(DrivingProfile profile) =>
            Milliseconds(
                csv,
                seconds
                    ?? lengthMeters * 3.6 / rules.KilometresPerHour(roadClass, maxSpeed, profile)
            );
    }

    private int Node(RoadCsv csv, int column, string end)
    {
        string name = csv.Text(column);
        return _nodes.TryGetValue(name, out int node)
            ? node
            : throw csv.Refused($"{end} names an unknown node '{name}'");
    }

    private static double Length(RoadCsv csv, int column)
    {
        double meters = csv.Number(column, "length_m");
        return meters >= 0 ? meters : throw csv.Refused("length_m is negative");
    }

    private static int Milliseconds(RoadCsv csv, double seconds) =>
        seconds switch
        {
            < 0 => throw csv.Refused("seconds is negative"),
            > EdgeWeights.LongestEdgeSeconds => throw csv.Refused(
                "the edge takes more than 86,400 s"
            ),
            _ => EdgeWeights.FromSeconds(seconds),
        };

    private string RoadClass(string cell)
    {
        IReadOnlyList<string> classes = CellText.Values(cell);
        _ambiguousClasses += classes.Count > 1 ? 1 : 0;
        // The slowest, because a promise kept early is better than one broken.
        string roadClass =
            classes.MinBy(name => rules.KilometresPerHour(name, 0, DrivingProfile.Ordinary)) ?? "";
        _unknownClasses += _hasOneMetric || rules.Knows(roadClass) ? 0 : 1;
        return roadClass;
    }

    private int MaxSpeed(string cell)
    {
        IReadOnlyList<string> values = CellText.Values(cell);
        int? lowest = values.Min(CellText.MaxSpeedKmh);
        _unreadableMaxSpeeds += values.Any(value => CellText.MaxSpeedKmh(value) is null) ? 1 : 0;
        return lowest ?? 0;
    }

    private GeoPoint[] Bends(RoadCsv csv, string wkt, int tail, int head)
    {
        if (wkt.Length == 0)
        {
            return [];
        }

        GeoPoint[] line = Line(csv, wkt);
        bool endsAtItsNodes =
            line[0].DistanceMetersTo(_builder.PlaceOf(tail)) <= EndToleranceMeters
            && line[^1].DistanceMetersTo(_builder.PlaceOf(head)) <= EndToleranceMeters;
        _movedLines += endsAtItsNodes ? 0 : 1;
        return line[1..^1];
    }

    private GeoPoint[] Line(RoadCsv csv, string wkt)
    {
        Geometry drawn;
        try
        {
            drawn = _wkt.Read(wkt);
        }
        catch (Exception unreadable) when (unreadable is ParseException or ArgumentException)
        {
            throw csv.Refused("geometry_wkt cannot be read");
        }

        bool isLine =
            drawn is LineString
            && drawn.NumPoints >= 2
            && drawn.Coordinates.All(at => GeoPoint.IsValid(at.Y, at.X));
        return isLine
            ? [.. drawn.Coordinates.Select(at => new GeoPoint(at.Y, at.X))]
            : throw csv.Refused("geometry_wkt is not a line of lon lat");
    }

    private sealed class Columns(RoadCsv csv)
    {
        public int From { get; } = csv.Require("from");
        public int To { get; } = csv.Require("to");
        public int Seconds { get; } = csv.Find("seconds");
        public int Length { get; } =
            csv.Has("seconds") ? csv.Find("length_m") : csv.Require("seconds", "length_m");
        public int Highway { get; } =
            csv.Has("seconds") ? csv.Find("highway") : csv.Require("highway");
        public int MaxSpeed { get; } = csv.Find("maxspeed");
        public int Name { get; } = csv.Find("name");
        public int Geometry { get; } = csv.Find("geometry_wkt");
    }
}
