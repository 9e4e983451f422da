using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Graph;

/// <summary>The plain arrays of a graph, filled by <see cref="RoadGraphBuilder"/> and handed over to <see cref="RoadGraph"/>.</summary>
internal sealed class GraphArrays
{
    public required NameTable NodeNames { get; init; }
    public required GeoPoint[] NodePlaces { get; init; }

    /// <summary>By node, the junction whose copy it is; itself where it is no copy.</summary>
    public required int[] Junction { get; init; }

    /// <summary>By node, where a drive to its junction ends: a copy where turns are restricted, else the junction.</summary>
    public required int[] Arrival { get; init; }

    public required int[] FirstOut { get; init; }
    public required int[] Head { get; init; }
    public required int[] Tail { get; init; }
    public required double[] LengthMeters { get; init; }
    public required int[] MaxSpeedKmh { get; init; }

    /// <summary>By edge, an index into <see cref="Words"/>.</summary>
    public required int[] RoadClass { get; init; }

    /// <summary>By edge, an index into <see cref="Words"/>.</summary>
    public required int[] StreetName { get; init; }

    public required NameTable Words { get; init; }
    public required int[] Twin { get; init; }

    /// <summary>The drawn points between the nodes of edge e stand in <see cref="Bends"/> from <c>FirstBend[e]</c> to before <c>FirstBend[e + 1]</c>.</summary>
    public required int[] FirstBend { get; init; }

    public required GeoPoint[] Bends { get; init; }

    public int[] FirstIn { get; set; } = [];
    public int[] InEdges { get; set; } = [];
}

/// <summary>The same edges, sorted by the node they lead to.</summary>
internal static class ReverseRows
{
    public static (int[] FirstIn, int[] InEdges) Of(int[] tail, int[] head, int nodeCount)
    {
        var first = new int[nodeCount + 1];
        foreach (int node in head)
        {
            first[node + 1]++;
        }

        for (int node = 0; node < nodeCount; node++)
        {
            first[node + 1] += first[node];
        }

        int[] next = first[..nodeCount];
        var edges = new int[tail.Length];
        for (int edge = 0; edge < head.Length; edge++)
        {
            edges[next[head[edge]]++] = edge;
        }

        return (first, edges);
    }
}
