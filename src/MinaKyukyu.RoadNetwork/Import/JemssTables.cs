using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Metrics;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Import;

/// <summary>
/// The road tables of the JEMSS simulation package: <c>nodes.csv</c> (index, x, y) and <c>arcs.csv</c> (index, fromNode, toNode,
/// distance in km, and the time in days of the modes: <c>mode_1</c> with lights and siren, <c>mode_2</c> without). A file holds
/// several tables, each a line with its name, a header, rows, and an empty line. Every row of arcs is one directed edge.
/// </summary>
internal sealed class JemssTables(DrivingRules rules)
{
    private const double SecondsInDay = 86_400;

    private readonly RoadGraphBuilder _builder = new();
    private readonly Dictionary<int, int> _nodes = [];
    private int _edgeRows;

    public void ReadNodes(TextReader reader, string file)
    {
        var tables = new TableFile(reader, file);
        foreach (TableRow row in tables.Rows("nodes", "index", "x", "y"))
        {
            int index = row.Index("index");
            double latitude = row.Number("y");
            double longitude = row.Number("x");
            if (!GeoPoint.IsValid(latitude, longitude))
            {
                throw row.Refused("the place lies outside ±90 and ±180 degrees");
            }

            if (!_nodes.TryAdd(index, _nodes.Count))
            {
                throw row.Refused($"node {index} stands in the file twice");
            }

            _builder.AddNode(
                index.ToString(System.Globalization.CultureInfo.InvariantCulture),
                new GeoPoint(latitude, longitude)
            );
        }
    }

    public void ReadArcs(TextReader reader, string file)
    {
        var tables = new TableFile(reader, file);
        foreach (TableRow form in tables.Rows("miscData", "arcForm", "numModes"))
        {
            if (form.Text("arcForm") != "directed" || form.Index("numModes") < 2)
            {
                throw form.Refused("only directed arcs with two modes are read");
            }
        }

        foreach (
            TableRow row in tables.Rows(
                "arcs",
                "fromNode",
                "toNode",
                "distance",
                "mode_1",
                "mode_2"
            )
        )
        {
            _edgeRows++;
            double kilometres = row.Number("distance");
            _builder.AddEdge(
                new EdgeRow(
                    Node(row, "fromNode"),
                    Node(row, "toNode"),
                    kilometres >= 0
                        ? kilometres * 1_000
                        : throw row.Refused("distance is negative"),
                    "",
                    0,
                    "",
                    Weight(row, "mode_2"),
                    Weight(row, "mode_1"),
                    []
                )
            );
        }
    }

    public ImportedRoads Build(string attribution)
    {
        (RoadGraph graph, int[] ordinary, int[] emergency) = _builder.Build();
        return new ImportedRoads(
            graph,
            new UsualTimes(
                MetricKinds.ByProfile,
                EdgeWeights.Of(ordinary, graph.LengthMeters),
                EdgeWeights.Of(emergency, graph.LengthMeters),
                rules
            ),
            ImportReport.Of(graph, _builder, _edgeRows),
            attribution
        );
    }

    private int Node(TableRow row, string column)
    {
        int index = row.Index(column);
        return _nodes.TryGetValue(index, out int node)
            ? node
            : throw row.Refused($"{column} names an unknown node '{index}'");
    }

    private static int Weight(TableRow row, string column)
    {
        double seconds = row.Number(column) * SecondsInDay;
        return seconds switch
        {
            < 0 => throw row.Refused($"{column} is negative"),
            > EdgeWeights.LongestEdgeSeconds => throw row.Refused(
                "the edge takes more than 86,400 s"
            ),
            _ => EdgeWeights.FromSeconds(seconds),
        };
    }
}
