using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.TravelTimes;

/// <summary>
/// The scratch of one search: distances, marks and a four-ary heap, allocated once and used again. A round number stamps what
/// belongs to the running search, so nothing is cleared between two. Not safe for threads; each search has one to itself.
/// </summary>
internal sealed class DijkstraSearch
{
    private readonly int[] _distance;
    private readonly int[] _reachedInRound;
    private readonly int[] _wantedInRound;
    private readonly int[] _arcTaken;

    // Key: milliseconds in the upper half, node in the lower; so equal times are settled in the order of their nodes.
    private readonly ulong[] _heap;
    private int _heapSize;
    private int _round;
    private int _wantedLeft;

    public DijkstraSearch(int nodeCount, int arcCount)
    {
        _distance = new int[nodeCount];
        _reachedInRound = new int[nodeCount];
        _wantedInRound = new int[nodeCount];
        _arcTaken = new int[nodeCount];
        // A node is put on the heap again when it gets nearer: at most once for each arc, and once for each of two starts.
        _heap = new ulong[arcCount + 2];
    }

    public void Begin()
    {
        if (_round == int.MaxValue)
        {
            Array.Clear(_reachedInRound);
            Array.Clear(_wantedInRound);
            _round = 0;
        }

        _round++;
        _heapSize = 0;
        _wantedLeft = 0;
    }

    /// <summary>The search ends as soon as every wanted node is settled.</summary>
    public void Want(EdgeEnd end)
    {
        if (end.Exists && _wantedInRound[end.Node] != _round)
        {
            _wantedInRound[end.Node] = _round;
            _wantedLeft++;
        }
    }

    public void Start(EdgeEnd end)
    {
        if (end.Exists)
        {
            Reach(end.Node, end.Milliseconds, -1);
        }
    }

    /// <summary>Milliseconds to the node, or <see cref="EdgeWeights.Infinity"/>; exact for wanted nodes once <see cref="Run"/> has returned.</summary>
    public int DistanceTo(int node) =>
        _reachedInRound[node] == _round ? _distance[node] : EdgeWeights.Infinity;

    /// <summary>The arc by which the node was reached, −1 where the search started at it.</summary>
    public int ArcTakenTo(int node) => _arcTaken[node];

    public void Run(SearchArcs graph)
    {
        int[] first = graph.First;
        SearchArcs.Arc[] arcs = graph.Arcs;
        while (_heapSize > 0 && _wantedLeft > 0)
        {
            ulong top = Pop();
            int node = (int)(top & uint.MaxValue);
            int distance = (int)(top >> 32);
            if (distance > _distance[node])
            {
                continue;
            }

            if (_wantedInRound[node] == _round)
            {
                _wantedLeft--;
            }

            int end = first[node + 1];
            for (int arc = first[node]; arc < end; arc++)
            {
                // Neither term is above Infinity, so the sum cannot overflow.
                Reach(arcs[arc].Node, distance + arcs[arc].Milliseconds, arc);
            }
        }
    }

    private void Reach(int node, int distance, int arc)
    {
        if (distance < DistanceTo(node))
        {
            _distance[node] = distance;
            _reachedInRound[node] = _round;
            _arcTaken[node] = arc;
            Push(((ulong)(uint)distance << 32) | (uint)node);
        }
    }

    private void Push(ulong key)
    {
        ulong[] heap = _heap;
        int hole = _heapSize++;
        while (hole > 0)
        {
            int parent = (hole - 1) >> 2;
            if (heap[parent] <= key)
            {
                break;
            }

            heap[hole] = heap[parent];
            hole = parent;
        }

        heap[hole] = key;
    }

    private ulong Pop()
    {
        ulong[] heap = _heap;
        ulong top = heap[0];
        int size = --_heapSize;
        ulong key = heap[size];
        int hole = 0;
        while (true)
        {
            int child = (hole << 2) + 1;
            if (child >= size)
            {
                break;
            }

            int last = Math.Min(child + 4, size);
            int least = child;
            for (int other = child + 1; other < last; other++)
            {
                if (heap[other] < heap[least])
                {
                    least = other;
                }
            }

            if (heap[least] >= key)
            {
                break;
            }

            heap[hole] = heap[least];
            hole = least;
        }

        heap[hole] = key;
        return top;
    }
}
