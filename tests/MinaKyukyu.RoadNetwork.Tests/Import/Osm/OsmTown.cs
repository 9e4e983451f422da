using System.Globalization;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.Import.Osm;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.RoadNetwork.Snapping;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

/// <summary>
/// A map drawn with one letter for each node, a hundred metres apart in both directions; ways are words of these letters:
/// <c>Draw("a b c").Way("abc", "highway=residential")</c>.
/// </summary>
internal sealed class OsmTown
{
    private const double StepDegrees = 0.0009;
    private readonly Dictionary<char, OsmNode> _nodes = [];
    private readonly List<OsmWay> _ways = [];
    private readonly List<(string Kind, (int, long, string)[] Members, string[] Tags)> _turns = [];

    public static OsmTown Draw(string map)
    {
        var town = new OsmTown();
        string[] lines = map.Split('\n');
        for (int row = 0; row < lines.Length; row++)
        {
            for (int column = 0; column < lines[row].Length; column++)
            {
                char letter = lines[row][column];
                if (char.IsAsciiLetter(letter))
                {
                    // Two characters are one step, since a blank stands between two letters.
                    town._nodes.Add(
                        letter,
                        new OsmNode(
                            Id(letter),
                            35.7 - (row * StepDegrees),
                            139.4 + (column / 2.0 * StepDegrees)
                        )
                    );
                }
            }
        }

        return town;
    }

    public static long Id(char letter) => 1_000 + letter;

    public static string Name(string letter) =>
        Id(letter[0]).ToString(CultureInfo.InvariantCulture) + letter[1..];

    public OsmTown Tag(char node, params string[] tags)
    {
        _nodes[node] = _nodes[node] with { Tags = tags };
        return this;
    }

    /// <summary>The file does not hold this node, though ways name it.</summary>
    public OsmTown Lose(char node)
    {
        _nodes.Remove(node);
        return this;
    }

    /// <summary>Ways are numbered from 1 in the order in which they are drawn.</summary>
    public OsmTown Way(string nodes, params string[] tags)
    {
        _ways.Add(new OsmWay(_ways.Count + 1, [.. nodes.Select(Id)], tags));
        return this;
    }

    /// <param name="members"><c>from 1</c>, <c>via b</c>, <c>via 3</c>, <c>to 2</c>: letters are nodes, numbers ways.</param>
    public OsmTown Turn(string kind, string[] members, params string[] tags)
    {
        _turns.Add((kind, [.. members.Select(Member)], tags));
        return this;

        static (int, long, string) Member(string text)
        {
            string[] words = text.Split(' ');
            return char.IsAsciiDigit(words[1][0])
                ? (1, long.Parse(words[1], CultureInfo.InvariantCulture), words[0])
                : (0, Id(words[1][0]), words[0]);
        }
    }

    public byte[] ToPbf(bool isDense = true, bool isZipped = true) =>
        ToPbf(new PbfWriter { IsZipped = isZipped }, isDense);

    public byte[] ToPbf(PbfWriter writer, bool isDense = true)
    {
        OsmNode[] nodes = [.. _nodes.Values.OrderBy(node => node.Id)];
        return writer
            .Header("OsmSchema-V0.6", "DenseNodes")
            .Block(isDense ? writer.DenseNodes(nodes) : writer.PlainNodes(nodes))
            .Block(writer.Ways([.. _ways]))
            .Block([
                .. _turns.Select(
                    (turn, i) =>
                        writer.Relation(
                            i + 1,
                            turn.Members,
                            [
                                "type=restriction",
                                .. turn.Kind.Length > 0
                                    ? [$"restriction={turn.Kind}"]
                                    : Array.Empty<string>(),
                                .. turn.Tags,
                            ]
                        )
                ),
            ])
            .ToArray();
    }

    public ImportedTown Import(DrivingRules? rules = null) => ImportedTown.Read(ToPbf(), rules);
}

/// <summary>A file after its import, and what is driven there.</summary>
internal sealed class ImportedTown
{
    private readonly DijkstraTravelTimes _times;

    internal ImportedTown(RoadGraphBuilder builder, OsmImportReport report)
    {
        (Graph, int[] ordinary, int[] emergency) = builder.Build();
        Ordinary = EdgeWeights.Of(ordinary, Graph.LengthMeters);
        Emergency = EdgeWeights.Of(emergency, Graph.LengthMeters);
        Report = report;
        RowOfEdge = builder.RowOfEdge;
        Roads = new ImportedRoads(
            Graph,
            new UsualTimes(
                MetricKinds.ByProfile,
                Ordinary,
                Emergency,
                DrivingRules.JapaneseAmbulance
            ),
            ImportReport.Of(Graph, builder, report.EdgeRows),
            OsmHeader.Attribution
        );
        Map = Roads.ToMap(new SnappingOptions());
        _times = new DijkstraTravelTimes(Graph, Ordinary, Emergency);
    }

    public ImportedRoads Roads { get; }

    /// <summary>The same roads as the whole house uses them.</summary>
    public RoadMap Map { get; }

    /// <summary>By edge, its place in <see cref="OsmImportReport.WayOfEdgeRow"/>; −1 for a connector.</summary>
    public IReadOnlyList<int> RowOfEdge { get; }

    public RoadGraph Graph { get; }

    public EdgeWeights Ordinary { get; }

    public EdgeWeights Emergency { get; }

    public OsmImportReport Report { get; }

    public static ImportedTown Read(byte[] file, DrivingRules? rules = null)
    {
        using var stream = new MemoryStream(file, writable: false);
        return Read(stream, "town.osm.pbf", rules);
    }

    public static ImportedTown Read(Stream stream, string file, DrivingRules? rules = null)
    {
        var builder = new RoadGraphBuilder();
        OsmImportReport report = OsmImport.Read(
            stream,
            file,
            builder,
            rules ?? DrivingRules.JapaneseAmbulance
        );
        return new ImportedTown(builder, report);
    }

    /// <summary>Who gets from one junction to the other and back, by whatever way: <c>car →, ambulance ⇄</c>.</summary>
    public string Between(string from, string to)
    {
        return $"car {Arrow(DrivingProfile.Ordinary)}, ambulance {Arrow(DrivingProfile.Emergency)}";

        string Arrow(DrivingProfile profile) =>
            (Seconds(profile, from, to) is not null, Seconds(profile, to, from) is not null) switch
            {
                (true, true) => "⇄",
                (true, false) => "→",
                (false, true) => "←",
                (false, false) => "–",
            };
    }

    /// <summary>Null: there is no way.</summary>
    public double? Seconds(DrivingProfile profile, string from, string to)
    {
        var times = new int[1];
        _times.ManyToOne([At(from)], At(to), profile, times);
        return times[0] == TravelTime.Unreachable ? null : times[0] / 1_000.0;
    }

    /// <summary>The way driven, junction by junction, and its time: <c>a b c in 10.0 s</c>; a place in mid-street is a point.</summary>
    public string Drive(DrivingProfile profile, string from, string to) =>
        Drive(profile, At(from), At(to));

    public string Drive(DrivingProfile profile, RoadPosition from, RoadPosition to)
    {
        Route? route = Map.TravelTimes.PointToPoint(from, to, profile);
        if (route is null)
        {
            return "no way";
        }

        IEnumerable<int> junctions = route
            .Steps.Where(step => !Graph.IsConnector(step.Edge) && step.ToFraction >= 1)
            .Select(step => Graph.JunctionOf(Graph.Head[step.Edge]));
        string way = string.Join(
            ' ',
            junctions
                .Select(Letter)
                .Prepend(from.IsNode ? Letter(from.Node) : ".")
                .Concat(to.IsNode ? [] : new[] { "." })
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{way} in {route.Milliseconds / 1_000.0:0.0} s"
        );
    }

    /// <summary>A place on the only street from one junction to the other.</summary>
    public RoadPosition On(string from, string to, double fraction) =>
        Graph.PositionOn(Edge(from, to), fraction);

    private string Letter(int junction)
    {
        string[] name = Graph.NodeName(junction).Split('#');
        long id = long.Parse(name[0], CultureInfo.InvariantCulture);
        return string.Join('#', [$"{(char)(id - OsmTown.Id('\0'))}", .. name[1..]]);
    }

    /// <summary>How fast the street between two neighbouring junctions is driven: <c>car 16, ambulance 24</c>, 0 where it is not.</summary>
    public string Speed(string from, string to)
    {
        int edge = Edge(from, to);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"car {Kmh(Ordinary):0}, ambulance {Kmh(Emergency):0}"
        );

        double Kmh(EdgeWeights weights) =>
            weights.Milliseconds[edge] == EdgeWeights.Infinity
                ? 0
                : Graph.LengthMeters[edge] * 3_600 / weights.Milliseconds[edge];
    }

    /// <summary>The only edge from one junction to the other.</summary>
    public int Edge(string from, string to) => Assert.Single(Edges(from, to));

    public int[] Edges(string from, string to)
    {
        int tail = At(from).Node;
        int head = At(to).Node;
        return
        [
            .. Enumerable
                .Range(0, Graph.EdgeCount)
                .Where(edge =>
                    Graph.JunctionOf(Graph.Tail[edge]) == tail
                    && Graph.JunctionOf(Graph.Head[edge]) == head
                ),
        ];
    }

    public bool IsJunction(string letter) => Graph.FindNode(OsmTown.Name(letter)) is not null;

    public RoadPosition At(string letter) =>
        Graph.PositionAtNode(Graph.FindNode(OsmTown.Name(letter))!.Value);
}
