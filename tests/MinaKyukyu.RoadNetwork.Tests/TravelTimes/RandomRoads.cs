using System.Globalization;
using System.Text;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.Tests.TravelTimes;

/// <summary>
/// A small random map with one-way mazes, islands, parallel rows, self-loops, tiny and huge weights, and beside it the slow and
/// obvious truth: every street cut at every position, then Floyd–Warshall over the pieces. Knows nothing of the room's engine.
/// </summary>
internal sealed class RandomRoads
{
    private const long NoWay = long.MaxValue / 4;
    private readonly Dictionary<(int From, int To), int> _weights = [];

    public RandomRoads(int seed)
    {
        var random = new Random(seed);
        int nodeCount = random.Next(2, 16);
        var nodes = new StringBuilder("id,lat,lon\n");
        for (int node = 0; node < nodeCount; node++)
        {
            nodes.Append(
                CultureInfo.InvariantCulture,
                $"n{node},{35 + random.NextDouble():F7},{139 + random.NextDouble():F7}\n"
            );
        }

        var edges = new StringBuilder("to,oneway,seconds,from\n");
        int rows = random.Next(1, nodeCount * 3);
        for (int row = 0; row < rows; row++)
        {
            int from = random.Next(nodeCount);
            int to = random.Next(nodeCount);
            AddRow(edges, from, to, Seconds(random));
            if (random.Next(2) == 0)
            {
                AddRow(edges, to, from, Seconds(random));
            }
        }

        Map = RoadNetworkLoader.Read(
            new StringReader(nodes.ToString()),
            "nodes",
            new StringReader(edges.ToString()),
            "edges"
        );
        Positions = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => SomePlace(random))];
    }

    public RoadMap Map { get; }

    public RoadPosition[] Positions { get; }

    /// <summary>Milliseconds from each position to each, −1 where there is no way.</summary>
    public int[,] Truth()
    {
        int nodeCount = Map.Graph.NodeCount;
        int size = nodeCount + Positions.Length;
        var table = new long[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                table[i, j] = i == j ? 0 : NoWay;
            }
        }

        foreach (((int from, int to), int weight) in _weights)
        {
            Join(table, from, to, weight);
            CutStreet(table, from, to, weight);
        }

        for (int i = 0; i < Positions.Length; i++)
        {
            if (Positions[i].IsNode)
            {
                Join(table, nodeCount + i, Positions[i].Node, 0);
                Join(table, Positions[i].Node, nodeCount + i, 0);
            }
        }

        FloydWarshall(table, nodeCount, size);
        var truth = new int[Positions.Length, Positions.Length];
        for (int i = 0; i < Positions.Length; i++)
        {
            for (int j = 0; j < Positions.Length; j++)
            {
                long found = table[nodeCount + i, nodeCount + j];
                truth[i, j] = found < EdgeWeights.Infinity ? (int)found : -1;
            }
        }

        return truth;
    }

    /// <summary>Joins the positions on the street from → to with its ends and with one another, in this direction.</summary>
    private void CutStreet(long[,] table, int from, int to, int weight)
    {
        RoadGraph graph = Map.Graph;
        for (int i = 0; i < Positions.Length; i++)
        {
            if (PartBefore(i) is not { } here)
            {
                continue;
            }

            Join(table, from, graph.NodeCount + i, here);
            Join(table, graph.NodeCount + i, to, weight - here);
            for (int j = 0; j < Positions.Length; j++)
            {
                if (PartBefore(j) is not null && ShareOf(j) >= ShareOf(i))
                {
                    double between = Math.Abs(Positions[j].Fraction - Positions[i].Fraction);
                    Join(
                        table,
                        graph.NodeCount + i,
                        graph.NodeCount + j,
                        (long)Math.Floor((weight * between) + 0.5)
                    );
                }
            }
        }

        // A position is written on one of two twins; driven against that edge, the part behind it is the rest.
        long? PartBefore(int i)
        {
            if (Positions[i].IsNode)
            {
                return null;
            }

            (int tail, int head) = (graph.Tail[Positions[i].Edge], graph.Head[Positions[i].Edge]);
            long part = (long)Math.Floor((weight * Positions[i].Fraction) + 0.5);
            return (tail, head) == (from, to) ? part
                : (tail, head) == (to, from) ? weight - part
                : null;
        }

        double ShareOf(int i) =>
            graph.Tail[Positions[i].Edge] == from
                ? Positions[i].Fraction
                : 1 - Positions[i].Fraction;
    }

    /// <summary>Ways lead over junctions; a position is passed, never gone through.</summary>
    private static void FloydWarshall(long[,] table, int nodeCount, int size)
    {
        for (int via = 0; via < nodeCount; via++)
        {
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++)
                {
                    table[i, j] = Math.Min(table[i, j], table[i, via] + table[via, j]);
                }
            }
        }
    }

    private static void Join(long[,] table, int from, int to, long milliseconds) =>
        table[from, to] = Math.Min(table[from, to], milliseconds);

    private void AddRow(StringBuilder edges, int from, int to, decimal seconds)
    {
        edges.Append(CultureInfo.InvariantCulture, $"n{to},True,{seconds},n{from}\n");
        if (from != to)
        {
            int weight = Math.Max(
                1,
                (int)Math.Round(seconds * 1_000, MidpointRounding.AwayFromZero)
            );
            _weights[(from, to)] = Math.Min(
                weight,
                _weights.GetValueOrDefault((from, to), int.MaxValue)
            );
        }
    }

    // Odd quarters of a millisecond: a half could be rounded either way, since most decimal halves have no exact binary form.
    private static decimal Seconds(Random random) =>
        random.Next(10) switch
        {
            0 => 0,
            1 => 0.0005m,
            2 => 86_400,
            3 => ((2 * random.Next(4)) + 1) / 4_000m,
            _ => ((2 * random.Next(1_200_000)) + 1) / 4_000m,
        };

    private RoadPosition SomePlace(Random random)
    {
        RoadGraph graph = Map.Graph;
        if (graph.EdgeCount == 0 || random.Next(4) == 0)
        {
            return graph.PositionAtNode(random.Next(graph.NodeCount));
        }

        // Few edges and coarse fractions, so that several positions share a street and some share a place.
        int edge = random.Next(Math.Min(graph.EdgeCount, 6));
        return graph.PositionOn(
            edge,
            random.Next(3) == 0 ? random.Next(5) / 4.0 : random.NextDouble()
        );
    }
}
