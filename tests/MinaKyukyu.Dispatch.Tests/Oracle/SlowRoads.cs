using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.Dispatch.Tests.Oracle;

/// <summary>
/// The sample city's roads, read from the files by a second hand and searched in the plainest way: nothing here is shared with
/// the room that it checks but the name of a place on an edge.
/// </summary>
internal sealed class SlowRoads
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<List<Row>> _out = [];

    private SlowRoads() { }

    public static SlowRoads OfTachikawa()
    {
        string directory = Path.Combine(AppContext.BaseDirectory, "samples", "tachikawa", "roads");
        Dictionary<string, double> speeds = ReadSpeeds(out double overLimit);
        var roads = new SlowRoads();
        using var reader = new StreamReader(
            new GZipStream(
                File.OpenRead(Path.Combine(directory, "edges.csv.gz")),
                CompressionMode.Decompress
            )
        );
        List<string> header = Cells(reader.ReadLine()!);
        while (reader.ReadLine() is { } line)
        {
            List<string> cells = Cells(line);
            string Cell(string name) => cells[header.IndexOf(name)];
            double length = Number(Cell("length_m"));
            double kmh = SlowestOf(Cell("highway"), speeds, Cell("maxspeed"), overLimit);
            int milliseconds = Math.Max(1, (int)Math.Floor((length * 3.6 / kmh * 1_000) + 0.5));
            roads
                ._out[roads.NumberOf(Cell("from"))]
                .Add(new Row(roads.NumberOf(Cell("to")), length, milliseconds));
        }

        return roads;
    }

    /// <summary>Milliseconds from a place on the roads to every node, by its number in the file.</summary>
    public int[] From(RoadGraph graph, RoadPosition position)
    {
        var settled = new int[_out.Count];
        Array.Fill(settled, -1);
        var queue = new PriorityQueue<int, int>();
        foreach ((int node, int milliseconds) in Exits(graph, position))
        {
            queue.Enqueue(node, milliseconds);
        }

        while (queue.TryDequeue(out int node, out int milliseconds))
        {
            if (settled[node] >= 0)
            {
                continue;
            }

            settled[node] = milliseconds;
            foreach (Row row in _out[node])
            {
                queue.Enqueue(row.To, milliseconds + row.Milliseconds);
            }
        }

        return settled;
    }

    private int NumberOf(string node)
    {
        if (!_numbers.TryGetValue(node, out int number))
        {
            number = _out.Count;
            _numbers.Add(node, number);
            _out.Add([]);
        }

        return number;
    }

    private int NumberOf(RoadGraph graph, int node) => _numbers[graph.NodeName(node)];

    /// <summary>The last piece: from the nodes beside the target to it, or straight along the street where both lie on it.</summary>
    public int To(RoadGraph graph, RoadPosition source, int[] fromSource, RoadPosition target)
    {
        if (target.IsNode)
        {
            return fromSource[NumberOf(graph, target.Node)];
        }

        int there = RowOf(graph, target.Edge).Milliseconds;
        int part = Part(there, target.Fraction);
        int best = fromSource[NumberOf(graph, graph.Tail[target.Edge])] + part;
        int twin = graph.Twin(target.Edge);
        if (twin >= 0)
        {
            int back = RowOf(graph, twin).Milliseconds;
            best = Math.Min(
                best,
                fromSource[NumberOf(graph, graph.Head[target.Edge])]
                    + back
                    - Part(back, target.Fraction)
            );
        }

        if (source.IsNode || source.Edge != target.Edge)
        {
            return best;
        }

        // Of the street's own time, the share that lies between the two.
        double between = Math.Abs(target.Fraction - source.Fraction);
        int driven = source.Fraction <= target.Fraction ? target.Edge : twin;
        return driven < 0 ? best : Math.Min(best, Part(RowOf(graph, driven).Milliseconds, between));
    }

    private IEnumerable<(int Node, int Milliseconds)> Exits(RoadGraph graph, RoadPosition position)
    {
        if (position.IsNode)
        {
            yield return (NumberOf(graph, position.Node), 0);
            yield break;
        }

        int there = RowOf(graph, position.Edge).Milliseconds;
        yield return (
            NumberOf(graph, graph.Head[position.Edge]),
            there - Part(there, position.Fraction)
        );
        int twin = graph.Twin(position.Edge);
        if (twin >= 0)
        {
            yield return (
                NumberOf(graph, graph.Tail[position.Edge]),
                Part(RowOf(graph, twin).Milliseconds, position.Fraction)
            );
        }
    }

    /// <summary>The row that an edge was made of; of several equally long ones the fastest, as drivers would.</summary>
    private Row RowOf(RoadGraph graph, int edge)
    {
        int to = NumberOf(graph, graph.Head[edge]);
        double length = graph.LengthMeters[edge];
        return _out[NumberOf(graph, graph.Tail[edge])]
            .Where(row => row.To == to && row.LengthMeters.Equals(length))
            .MinBy(row => row.Milliseconds)!;
    }

    private static int Part(int milliseconds, double fraction) =>
        (int)Math.Floor((milliseconds * fraction) + 0.5);

    private static Dictionary<string, double> ReadSpeeds(out double overLimit)
    {
        using var profile = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ambulance-japan.json")),
            new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }
        );
        overLimit = Emergency(profile.RootElement.GetProperty("overLimit"));
        return profile
            .RootElement.GetProperty("speeds")
            .EnumerateObject()
            .ToDictionary(row => row.Name, row => Emergency(row.Value), StringComparer.Ordinal);

        static double Emergency(JsonElement row) => row.GetProperty("emergency").GetDouble();
    }

    /// <summary>A merged street has a list of classes or limits; the slowest counts.</summary>
    private static double SlowestOf(
        string highway,
        Dictionary<string, double> speeds,
        string maxSpeed,
        double overLimit
    )
    {
        double kmh = Values(highway)
            .Select(value => speeds.GetValueOrDefault(value, speeds["(other)"]))
            .Min();
        return maxSpeed.Length == 0 ? kmh : Math.Min(kmh, Values(maxSpeed).Min(Number) + overLimit);
    }

    private static IEnumerable<string> Values(string cell) =>
        cell.Trim('[', ']').Split(',').Select(value => value.Trim(' ', '\''));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        bool isQuoted = false;
        foreach (char c in line)
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (c == ',' && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }

    private sealed record Row(int To, double LengthMeters, int Milliseconds);
}
