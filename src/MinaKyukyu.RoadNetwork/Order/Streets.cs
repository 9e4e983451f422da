namespace MinaKyukyu.RoadNetwork.Order;

/// <summary>
/// Which nodes are joined by a street, whatever its direction, speed or number: an undirected simple graph in compressed
/// sparse rows, neighbours ascending. The contraction order depends on this and on the nodes' places alone.
/// </summary>
internal sealed class Streets
{
    private Streets(int[] first, int[] neighbour)
    {
        First = first;
        Neighbour = neighbour;
    }

    public int NodeCount => First.Length - 1;

    /// <summary>Neighbours of node n stand in <see cref="Neighbour"/> from <c>First[n]</c> to before <c>First[n + 1]</c>.</summary>
    public int[] First { get; }

    public int[] Neighbour { get; }

    public static Streets Of(ReadOnlySpan<int> tail, ReadOnlySpan<int> head, int nodeCount)
    {
        var ends = new int[nodeCount + 1];
        for (int edge = 0; edge < tail.Length; edge++)
        {
            ends[tail[edge] + 1]++;
            ends[head[edge] + 1]++;
        }

        for (int node = 0; node < nodeCount; node++)
        {
            ends[node + 1] += ends[node];
        }

        var all = new int[2 * tail.Length];
        int[] next = ends[..nodeCount];
        for (int edge = 0; edge < tail.Length; edge++)
        {
            all[next[tail[edge]]++] = head[edge];
            all[next[head[edge]]++] = tail[edge];
        }

        var first = new int[nodeCount + 1];
        int kept = 0;
        for (int node = 0; node < nodeCount; node++)
        {
            Span<int> row = all.AsSpan(ends[node]..ends[node + 1]);
            row.Sort();
            int previous = node;
            foreach (int neighbour in row)
            {
                if (neighbour != previous && neighbour != node)
                {
                    all[kept++] = neighbour;
                }

                previous = neighbour;
            }

            first[node + 1] = kept;
        }

        return new Streets(first, all[..kept]);
    }
}
