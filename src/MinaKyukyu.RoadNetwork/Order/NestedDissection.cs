using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Order;

/// <summary>
/// The order in which nodes are contracted: the city is cut in two along as few streets as possible (inertial flow, Schild and
/// Sommer 2015), the nodes at the cut come last, and each half is cut again. Depends on the streets and the places alone, never
/// on speeds; the same map has the same order on every machine.
/// </summary>
internal sealed class NestedDissection
{
    /// <summary>One node in so many, at either end of a direction, must be parted by the cut: a quarter, as Schild and Sommer use.</summary>
    private const int FixedShare = 4;

    private readonly Streets _streets;
    private readonly double[] _east;
    private readonly double[] _north;
    private readonly Piece _piece;
    private readonly FewestStreets _flow = new();
    private readonly Stack<(int From, int To)> _left = new();
    private readonly double[] _projection;
    private readonly int[] _sorted;
    private readonly bool[] _side;
    private readonly bool[] _bestSide;
    private readonly int[] _scratch;

    private NestedDissection(Streets streets, ReadOnlySpan<GeoPoint> places)
    {
        int count = streets.NodeCount;
        _streets = streets;
        _piece = new Piece(streets);
        (_east, _north) = (new double[count], new double[count]);
        double middle = count == 0 ? 0 : MiddleLatitude(places);
        double shrink = Math.Cos(middle * Math.PI / 180);
        for (int node = 0; node < count; node++)
        {
            _east[node] = places[node].Longitude * shrink;
            _north[node] = places[node].Latitude;
        }

        _projection = new double[count];
        _sorted = new int[count];
        _side = new bool[count];
        _bestSide = new bool[count];
        _scratch = new int[count];
    }

    /// <summary>The nodes in the order in which they are contracted; the last has the highest rank.</summary>
    /// <param name="done">Told the number of nodes that have their rank, from time to time.</param>
    public static int[] Order(
        Streets streets,
        ReadOnlySpan<GeoPoint> places,
        Action<int>? done = null,
        CancellationToken stop = default
    )
    {
        var order = new int[streets.NodeCount];
        for (int node = 0; node < order.Length; node++)
        {
            order[node] = node;
        }

        new NestedDissection(streets, places).Run(order, done, stop);
        return order;
    }

    private void Run(int[] order, Action<int>? done, CancellationToken stop)
    {
        _left.Push((0, order.Length));
        int ranked = 0;
        while (_left.TryPop(out (int From, int To) part))
        {
            stop.ThrowIfCancellationRequested();
            Span<int> nodes = order.AsSpan(part.From..part.To);
            _piece.Take(nodes);
            if (nodes.Length <= SmallestDegreeFirst.MostNodes)
            {
                SmallestDegreeFirst.Sort(_piece, nodes);
                ranked += nodes.Length;
            }
            else if (!PartComponents(nodes, part.From))
            {
                ranked += Cut(nodes, part.From);
            }

            done?.Invoke(ranked);
        }
    }

    /// <summary>Unconnected parts are ordered one after another; true where there were several.</summary>
    private bool PartComponents(Span<int> nodes, int from)
    {
        Span<int> label = _sorted.AsSpan(0, nodes.Length);
        label.Fill(-1);
        int components = 0;
        for (int root = 0; root < nodes.Length; root++)
        {
            if (label[root] >= 0)
            {
                continue;
            }

            int write = 0;
            _scratch[write++] = root;
            label[root] = components;
            for (int read = 0; read < write; read++)
            {
                int node = _scratch[read];
                for (int arc = _piece.First[node]; arc < _piece.First[node + 1]; arc++)
                {
                    int to = _piece.Head[arc];
                    if (label[to] < 0)
                    {
                        label[to] = components;
                        _scratch[write++] = to;
                    }
                }
            }

            components++;
        }

        if (components <= 1)
        {
            return false;
        }

        var ends = new int[components + 1];
        foreach (int component in label)
        {
            ends[component + 1]++;
        }

        for (int component = 0; component < components; component++)
        {
            ends[component + 1] += ends[component];
            _left.Push((from + ends[component], from + ends[component + 1]));
        }

        nodes.CopyTo(_scratch);
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[ends[label[i]]++] = _scratch[i];
        }

        return true;
    }

    /// <summary>One side, then the other, then the nodes at the cut, which get the highest ranks; the number of these.</summary>
    private int Cut(Span<int> nodes, int from)
    {
        int best = int.MaxValue;
        int fixedNodes = nodes.Length / FixedShare;
        for (int direction = 0; direction < 4; direction++)
        {
            SortAlong(nodes, direction);
            int streets = _flow.Cut(
                _piece,
                _sorted.AsSpan(0, nodes.Length),
                fixedNodes,
                best,
                _side.AsSpan(0, nodes.Length)
            );
            if (streets < best)
            {
                best = streets;
                _side.AsSpan(0, nodes.Length).CopyTo(_bestSide);
            }
        }

        bool separatorSide = SideWithFewerEnds(nodes.Length);
        nodes.CopyTo(_scratch);
        int first = 0;
        for (int pass = 0; pass < 3; pass++)
        {
            int begun = first;
            for (int i = 0; i < nodes.Length; i++)
            {
                int group =
                    _bestSide[i] == separatorSide && IsAtCut(i) ? 2
                    : _bestSide[i] ? 0
                    : 1;
                if (group == pass)
                {
                    nodes[first++] = _scratch[i];
                }
            }

            if (pass == 2)
            {
                return first - begun;
            }

            if (first > begun)
            {
                _left.Push((from + begun, from + first));
            }
        }

        return 0;
    }

    private bool SideWithFewerEnds(int size)
    {
        int balance = 0;
        for (int node = 0; node < size; node++)
        {
            if (IsAtCut(node))
            {
                balance += _bestSide[node] ? 1 : -1;
            }
        }

        return balance <= 0;
    }

    private bool IsAtCut(int node)
    {
        for (int arc = _piece.First[node]; arc < _piece.First[node + 1]; arc++)
        {
            if (_bestSide[_piece.Head[arc]] != _bestSide[node])
            {
                return true;
            }
        }

        return false;
    }

    private void SortAlong(ReadOnlySpan<int> nodes, int direction)
    {
        (double x, double y) = direction switch
        {
            0 => (1d, 0d),
            1 => (1d, 1d),
            2 => (0d, 1d),
            _ => (-1d, 1d),
        };
        for (int i = 0; i < nodes.Length; i++)
        {
            _projection[i] = (x * _east[nodes[i]]) + (y * _north[nodes[i]]);
            _sorted[i] = i;
        }

        // Sorting keys with their numbers is not stable; equal keys are put in the order of their numbers afterwards.
        Span<double> keys = _projection.AsSpan(0, nodes.Length);
        Span<int> sorted = _sorted.AsSpan(0, nodes.Length);
        keys.Sort(sorted);
        for (int begin = 0; begin < keys.Length; )
        {
            int end = begin + 1;
            while (end < keys.Length && keys[end].CompareTo(keys[begin]) == 0)
            {
                end++;
            }

            if (end - begin > 1)
            {
                sorted[begin..end].Sort();
            }

            begin = end;
        }
    }

    private static double MiddleLatitude(ReadOnlySpan<GeoPoint> places)
    {
        double sum = 0;
        foreach (GeoPoint place in places)
        {
            sum += place.Latitude;
        }

        return sum / places.Length;
    }
}
