namespace MinaKyukyu.RoadNetwork.Order;

/// <summary>
/// The fewest streets that part one end of a piece from the other: a maximum flow with one unit a street and direction
/// (Dinic's algorithm), given up as soon as it reaches a bound. Its arrays are used again. Not safe for threads.
/// </summary>
internal sealed class FewestStreets
{
    private const sbyte Nobody = 0;
    private const sbyte Source = 1;
    private const sbyte Sink = 2;

    private sbyte[] _flow = [];
    private sbyte[] _role = [];
    private int[] _level = [];
    private int[] _next = [];
    private int[] _queue = [];
    private int[] _path = [];

    /// <summary>
    /// Marks the nodes on one side of a smallest cut, the side that leaves the two better balanced.
    /// </summary>
    /// <param name="ends">All nodes in the order of one direction; the first and last <paramref name="fixedNodes"/> must be parted.</param>
    /// <param name="isOnOneSide">Filled only when the answer is below the bound.</param>
    /// <returns>Streets cut, or <paramref name="bound"/> where there is no cut smaller than it.</returns>
    public int Cut(
        Piece piece,
        ReadOnlySpan<int> ends,
        int fixedNodes,
        int bound,
        Span<bool> isOnOneSide
    )
    {
        Begin(piece, ends, fixedNodes);
        int flow = 0;
        while (Level(piece, ends[..fixedNodes]))
        {
            flow += Push(piece, ends[..fixedNodes], bound - flow);
            if (flow >= bound)
            {
                return bound;
            }
        }

        int near = 0;
        for (int node = 0; node < piece.Size; node++)
        {
            isOnOneSide[node] = _level[node] >= 0;
            near += isOnOneSide[node] ? 1 : 0;
        }

        int far = ReachBack(piece, ends[^fixedNodes..]);
        if (Math.Min(far, piece.Size - far) > Math.Min(near, piece.Size - near))
        {
            for (int node = 0; node < piece.Size; node++)
            {
                isOnOneSide[node] = _level[node] >= 0;
            }
        }

        return flow;
    }

    private void Begin(Piece piece, ReadOnlySpan<int> ends, int fixedNodes)
    {
        int arcs = piece.First[piece.Size];
        if (_flow.Length < arcs)
        {
            _flow = new sbyte[arcs];
        }

        if (_level.Length < piece.Size)
        {
            _role = new sbyte[piece.Size];
            _level = new int[piece.Size];
            _next = new int[piece.Size];
            _queue = new int[piece.Size];
            _path = new int[piece.Size];
        }

        Array.Clear(_flow, 0, arcs);
        Array.Fill(_role, Nobody, 0, piece.Size);
        foreach (int node in ends[..fixedNodes])
        {
            _role[node] = Source;
        }

        foreach (int node in ends[^fixedNodes..])
        {
            _role[node] = Sink;
        }
    }

    /// <summary>Distances from the sources over streets with room left; false where no sink can be reached any more.</summary>
    private bool Level(Piece piece, ReadOnlySpan<int> sources)
    {
        Array.Fill(_level, -1, 0, piece.Size);
        int read = 0;
        int write = 0;
        foreach (int node in sources)
        {
            _level[node] = 0;
            _queue[write++] = node;
        }

        int lastLevel = int.MaxValue;
        while (read < write)
        {
            int node = _queue[read++];
            if (_level[node] >= lastLevel)
            {
                break;
            }

            for (int arc = piece.First[node]; arc < piece.First[node + 1]; arc++)
            {
                int to = piece.Head[arc];
                if (_flow[arc] < 1 && _level[to] < 0)
                {
                    _level[to] = _level[node] + 1;
                    _queue[write++] = to;
                    lastLevel = _role[to] == Sink ? _level[to] : lastLevel;
                }
            }
        }

        return lastLevel != int.MaxValue;
    }

    /// <summary>Fills every shortest way with room left, until nothing more goes through or <paramref name="atMost"/> went.</summary>
    private int Push(Piece piece, ReadOnlySpan<int> sources, int atMost)
    {
        piece.First.AsSpan(0, piece.Size).CopyTo(_next);
        int pushed = 0;
        foreach (int source in sources)
        {
            while (pushed < atMost && PushOne(piece, source))
            {
                pushed++;
            }
        }

        return pushed;
    }

    private bool PushOne(Piece piece, int source)
    {
        int length = 0;
        int node = source;
        while (_role[node] != Sink)
        {
            int arc = NextArc(piece, node);
            if (arc >= 0)
            {
                _path[length++] = arc;
                node = piece.Head[arc];
                continue;
            }

            // A dead end: no way leads through it in this round.
            _level[node] = -1;
            if (length == 0)
            {
                return false;
            }

            node = piece.Head[piece.Back[_path[--length]]];
        }

        for (int i = 0; i < length; i++)
        {
            _flow[_path[i]]++;
            _flow[piece.Back[_path[i]]]--;
        }

        return true;
    }

    private int NextArc(Piece piece, int node)
    {
        int end = piece.First[node + 1];
        for (; _next[node] < end; _next[node]++)
        {
            int arc = _next[node];
            if (_flow[arc] < 1 && _level[piece.Head[arc]] == _level[node] + 1)
            {
                return arc;
            }
        }

        return -1;
    }

    /// <summary>Levels of at least 0 for every node from which a sink can be reached; their number.</summary>
    private int ReachBack(Piece piece, ReadOnlySpan<int> sinks)
    {
        Array.Fill(_level, -1, 0, piece.Size);
        int read = 0;
        int write = 0;
        foreach (int node in sinks)
        {
            _level[node] = 0;
            _queue[write++] = node;
        }

        while (read < write)
        {
            int node = _queue[read++];
            for (int arc = piece.First[node]; arc < piece.First[node + 1]; arc++)
            {
                int from = piece.Head[arc];
                if (_flow[piece.Back[arc]] < 1 && _level[from] < 0)
                {
                    _level[from] = 0;
                    _queue[write++] = from;
                }
            }
        }

        return write;
    }
}
