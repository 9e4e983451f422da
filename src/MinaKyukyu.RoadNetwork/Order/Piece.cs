namespace MinaKyukyu.RoadNetwork.Order;

/// <summary>
/// A connected or unconnected part of the streets with numbers of its own (0…), in the order of the nodes' numbers, and for
/// each arc the arc back. Its arrays are used again for the next piece. Not safe for threads.
/// </summary>
internal sealed class Piece
{
    private readonly Streets _streets;
    private readonly int[] _numberOf;
    private int[] _next = [];

    public Piece(Streets streets)
    {
        _streets = streets;
        _numberOf = new int[streets.NodeCount];
        Array.Fill(_numberOf, -1);
    }

    public int Size { get; private set; }

    public int[] First { get; private set; } = [];

    public int[] Head { get; private set; } = [];

    /// <summary>By arc, the same street walked the other way.</summary>
    public int[] Back { get; private set; } = [];

    /// <param name="nodes">Ascending.</param>
    public void Take(ReadOnlySpan<int> nodes)
    {
        Size = nodes.Length;
        Grow(nodes);
        for (int i = 0; i < nodes.Length; i++)
        {
            _numberOf[nodes[i]] = i;
        }

        int arcs = 0;
        for (int i = 0; i < nodes.Length; i++)
        {
            First[i] = _next[i] = arcs;
            int end = _streets.First[nodes[i] + 1];
            for (int at = _streets.First[nodes[i]]; at < end; at++)
            {
                int neighbour = _numberOf[_streets.Neighbour[at]];
                if (neighbour >= 0)
                {
                    Head[arcs++] = neighbour;
                }
            }
        }

        First[nodes.Length] = arcs;
        // Rows ascend and are visited ascending, so the arc back is always the next one not yet paired.
        for (int i = 0; i < nodes.Length; i++)
        {
            for (int arc = First[i]; arc < First[i + 1]; arc++)
            {
                int other = Head[arc];
                if (other > i)
                {
                    int back = _next[other]++;
                    (Back[arc], Back[back]) = (back, arc);
                }
            }
        }

        foreach (int node in nodes)
        {
            _numberOf[node] = -1;
        }
    }

    private void Grow(ReadOnlySpan<int> nodes)
    {
        int arcs = 0;
        foreach (int node in nodes)
        {
            arcs += _streets.First[node + 1] - _streets.First[node];
        }

        if (First.Length <= nodes.Length)
        {
            First = new int[nodes.Length + 1];
            _next = new int[nodes.Length + 1];
        }

        if (Head.Length < arcs)
        {
            Head = new int[arcs];
            Back = new int[arcs];
        }
    }
}
