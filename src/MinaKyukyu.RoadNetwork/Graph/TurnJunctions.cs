using System.Globalization;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Graph;

/// <summary>Splits the junctions where a turn is forbidden, so that a plain search over nodes and edges keeps the turns.</summary>
/// <remarks>
/// At such a junction n every edge out of it begins at a copy of its own (<c>n&gt;1</c>, <c>n&gt;2</c>), and every edge from
/// which a turn is forbidden ends at a copy of its own (<c>n&lt;1</c>). Connectors of no length and 1 ms, the least weight there
/// is, stand for the turns: from n to each copy where an edge begins, and from a copy where an edge ends to those of the edges
/// that may be entered from it. Where a turn is forbidden in one way of driving only, its connector weighs
/// <see cref="EdgeWeights.Infinity"/> in that one.
///
///     a ──▶ n&lt;1 ──▶ n&gt;1 ──▶ b        a may not turn to c; whoever comes by another street
///            │  n ──▶ n&gt;1, n&gt;2        comes to n and may turn to both
///            ▼  ▼
///            n*     n&gt;2 ──▶ c
///
/// A drive that begins at the junction begins at n, from which every street is left. A drive that ends there ends at the
/// arrival n*, which is reached from n and from every copy where an edge ends, and left by nothing.
/// </remarks>
internal sealed class TurnJunctions
{
    private readonly List<EdgeRow> _edges;
    private readonly List<string> _names;
    private readonly List<GeoPoint> _places;
    private readonly List<int> _junction;
    private readonly List<int> _arrival;

    /// <param name="names">By node; takes the copies, as <paramref name="places"/> does.</param>
    /// <param name="edges">Sorted by tail; takes the connectors, and those at a split junction are moved to its copies.</param>
    private TurnJunctions(List<string> names, List<GeoPoint> places, List<EdgeRow> edges)
    {
        _names = names;
        _places = places;
        _edges = edges;
        _junction = [.. Enumerable.Range(0, names.Count)];
        _arrival = [.. Enumerable.Range(0, names.Count)];
    }

    /// <summary>Junctions that were split.</summary>
    public int Count { get; private set; }

    /// <summary>By node, the junction whose copy it is; itself where it is none.</summary>
    public int[] Junction => [.. _junction];

    /// <summary>By node, where a drive to its junction ends.</summary>
    public int[] Arrival => [.. _arrival];

    /// <summary>Changes the lists that it is given; turns of rows that are not among the edges are left out.</summary>
    /// <exception cref="ArgumentException">A turn leads into an edge that does not begin where the other ends.</exception>
    public static TurnJunctions Split(
        List<string> names,
        List<GeoPoint> places,
        List<EdgeRow> edges,
        IReadOnlyList<ForbiddenTurn> turns
    )
    {
        var split = new TurnJunctions(names, places, edges);
        if (turns.Count == 0)
        {
            return split;
        }

        var edgeOfRow = new Dictionary<int, int>(edges.Count);
        for (int edge = 0; edge < edges.Count; edge++)
        {
            edgeOfRow.Add(edges[edge].Number, edge);
        }

        // All turns are sorted to their junctions, and all edges to their tails, before any edge is moved.
        ILookup<int, Turn> turnsAt = turns
            .Where(turn =>
                edgeOfRow.ContainsKey(turn.FromRow) && edgeOfRow.ContainsKey(turn.IntoRow)
            )
            .Select(turn => new Turn(
                edgeOfRow[turn.FromRow],
                edgeOfRow[turn.IntoRow],
                turn.BindsOrdinary,
                turn.BindsEmergency
            ))
            .ToLookup(turn => split.JunctionOf(turn));
        ILookup<int, int> edgesOut = Enumerable
            .Range(0, edges.Count)
            .Where(edge => turnsAt.Contains(edges[edge].Tail))
            .ToLookup(edge => edges[edge].Tail);
        foreach (IGrouping<int, Turn> at in turnsAt.OrderBy(at => at.Key))
        {
            split.SplitAt(at.Key, [.. edgesOut[at.Key]], [.. at]);
        }

        return split;
    }

    private int JunctionOf(Turn turn) =>
        _edges[turn.From].Head == _edges[turn.Into].Tail
            ? _edges[turn.From].Head
            : throw new ArgumentException(
                "A turn leads from an edge into one that begins elsewhere."
            );

    private void SplitAt(int junction, int[] edgesOut, Turn[] turns)
    {
        Count++;
        int arrival = _arrival[junction] = Copy(junction, "*");
        Connect(junction, arrival);
        var begins = new int[edgesOut.Length];
        for (int i = 0; i < edgesOut.Length; i++)
        {
            begins[i] = Copy(junction, Mark('>', i));
            _edges[edgesOut[i]] = _edges[edgesOut[i]] with { Tail = begins[i] };
            Connect(junction, begins[i]);
        }

        int number = 0;
        foreach (IGrouping<int, Turn> from in turns.GroupBy(turn => turn.From).OrderBy(g => g.Key))
        {
            int end = Copy(junction, Mark('<', number++));
            _edges[from.Key] = _edges[from.Key] with { Head = end };
            Connect(end, arrival);
            for (int i = 0; i < edgesOut.Length; i++)
            {
                Turn[] into = [.. from.Where(turn => turn.Into == edgesOut[i])];
                Connect(
                    end,
                    begins[i],
                    Array.Exists(into, turn => turn.BindsOrdinary),
                    Array.Exists(into, turn => turn.BindsEmergency)
                );
            }
        }
    }

    private static string Mark(char sign, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{sign}{number + 1}");

    private int Copy(int junction, string mark)
    {
        _names.Add(_names[junction] + mark);
        _places.Add(_places[junction]);
        _junction.Add(junction);
        int copy = _junction.Count - 1;
        // The first copy of a junction is its arrival.
        _arrival.Add(_arrival[junction] == junction ? copy : _arrival[junction]);
        return copy;
    }

    private void Connect(
        int tail,
        int head,
        bool isOrdinaryForbidden = false,
        bool isEmergencyForbidden = false
    )
    {
        if (isOrdinaryForbidden && isEmergencyForbidden)
        {
            return;
        }

        const int leastWeight = 1;
        _edges.Add(
            new EdgeRow(
                tail,
                head,
                LengthMeters: 0,
                RoadClass: "",
                MaxSpeedKmh: 0,
                StreetName: "",
                isOrdinaryForbidden ? EdgeWeights.Infinity : leastWeight,
                isEmergencyForbidden ? EdgeWeights.Infinity : leastWeight,
                Bends: []
            )
        );
    }

    private readonly record struct Turn(
        int From,
        int Into,
        bool BindsOrdinary,
        bool BindsEmergency
    );
}
