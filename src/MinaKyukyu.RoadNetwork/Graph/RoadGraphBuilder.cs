using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Graph;

/// <summary>One directed edge as it was read, already checked.</summary>
internal sealed record EdgeRow(
    int Tail,
    int Head,
    double LengthMeters,
    string RoadClass,
    int MaxSpeedKmh,
    string StreetName,
    int OrdinaryMilliseconds,
    int EmergencyMilliseconds,
    GeoPoint[] Bends
)
{
    /// <summary>By the order in which the builder was given it; −1 for a connector, which the builder made.</summary>
    public int Number { get; init; } = -1;

    public bool IsSelfLoop => Tail == Head;

    /// <summary>Drawn on the same line as the other, in the opposite direction, whatever each costs.</summary>
    public bool IsTwinOf(EdgeRow other)
    {
        if (Tail != other.Head || Head != other.Tail || Bends.Length != other.Bends.Length)
        {
            return false;
        }

        for (int i = 0; i < Bends.Length; i++)
        {
            if (Bends[i] != other.Bends[^(i + 1)])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Drawn on the same line as the other, in the same direction.</summary>
    public bool IsDrawnAs(EdgeRow other) =>
        Head == other.Head && Bends.AsSpan().SequenceEqual(other.Bends);

    public bool IsNeverFasterThan(EdgeRow other) =>
        OrdinaryMilliseconds >= other.OrdinaryMilliseconds
        && EmergencyMilliseconds >= other.EmergencyMilliseconds;
}

/// <summary>Sorts checked rows into a graph and its weights; the result depends on the rows and their order alone.</summary>
internal sealed class RoadGraphBuilder
{
    private readonly List<string> _nodeNames = [];
    private readonly List<GeoPoint> _nodePlaces = [];
    private readonly List<EdgeRow> _rows = [];
    private readonly List<ForbiddenTurn> _forbidden = [];
    private int _given;

    public int SelfLoopsDropped { get; private set; }

    public int ParallelRows { get; private set; }

    public int ParallelEdgesDropped { get; private set; }

    /// <summary>Nodes without the copies that were made for turns.</summary>
    public int Junctions { get; private set; }

    /// <summary>Directed edges without connectors.</summary>
    public int Streets { get; private set; }

    /// <summary>Junctions that have copies, because a turn is forbidden there.</summary>
    public int SplitJunctions { get; private set; }

    /// <summary>By edge of the graph that was built, the number of its row; −1 for a connector.</summary>
    public IReadOnlyList<int> RowOfEdge { get; private set; } = [];

    public void AddNode(string name, GeoPoint place)
    {
        _nodeNames.Add(name);
        _nodePlaces.Add(place);
    }

    public GeoPoint PlaceOf(int node) => _nodePlaces[node];

    /// <summary>Rows are numbered from 0 in the order in which they are added.</summary>
    public void AddEdge(EdgeRow row)
    {
        row = row with { Number = _given++ };
        if (row.IsSelfLoop)
        {
            SelfLoopsDropped++;
            return;
        }

        _rows.Add(row);
    }

    /// <summary>The turn will not be made. No effect where one of its rows is left out as a copy on the same line.</summary>
    public void Forbid(ForbiddenTurn turn) => _forbidden.Add(turn);

    /// <summary>Once, after everything was added.</summary>
    /// <returns>The graph, and by edge the milliseconds of either way of driving, <see cref="EdgeWeights.Infinity"/> where it may not be driven.</returns>
    public (RoadGraph Graph, int[] Ordinary, int[] Emergency) Build()
    {
        List<EdgeRow> rows = WithoutSlowerCopies();
        (Junctions, Streets) = (_nodeNames.Count, rows.Count);
        // Twins are paired by the ends that they share, which a split takes from them.
        int[] twins = TwinsOf(rows, FirstOuts(rows));
        TurnJunctions split = TurnJunctions.Split(_nodeNames, _nodePlaces, rows, _forbidden);
        SplitJunctions = split.Count;
        int[] order = [.. Enumerable.Range(0, rows.Count).OrderBy(row => rows[row].Tail)];
        EdgeRow[] edges = [.. order.Select(row => rows[row])];
        RowOfEdge = Array.ConvertAll(edges, edge => edge.Number);
        var words = new WordList();
        var graph = new RoadGraph(
            new GraphArrays
            {
                NodeNames = NameTable.Of(_nodeNames),
                NodePlaces = [.. _nodePlaces],
                Junction = split.Junction,
                Arrival = split.Arrival,
                FirstOut = FirstOuts(edges),
                Head = [.. edges.Select(edge => edge.Head)],
                Tail = [.. edges.Select(edge => edge.Tail)],
                LengthMeters = [.. edges.Select(edge => edge.LengthMeters)],
                MaxSpeedKmh = [.. edges.Select(edge => edge.MaxSpeedKmh)],
                RoadClass = [.. edges.Select(edge => words.NumberOf(edge.RoadClass))],
                StreetName = [.. edges.Select(edge => words.NumberOf(edge.StreetName))],
                Words = NameTable.Of(words.Words),
                Twin = Reordered(twins, order),
                FirstBend = FirstBends(edges),
                Bends = [.. edges.SelectMany(edge => edge.Bends)],
            }
        );
        return (
            graph,
            [.. edges.Select(edge => edge.OrdinaryMilliseconds)],
            [.. edges.Select(edge => edge.EmergencyMilliseconds)]
        );
    }

    /// <summary>
    /// The rows by tail, in file order. Of rows on the same line those go that are never the faster. Parallel streets on
    /// different lines stay, since somebody may live on the slower one; every search takes the faster by itself.
    /// </summary>
    private List<EdgeRow> WithoutSlowerCopies()
    {
        var kept = new List<EdgeRow>(_rows.Count);
        foreach (
            IGrouping<int, EdgeRow> outOfNode in _rows
                .GroupBy(row => row.Tail)
                .OrderBy(rows => rows.Key)
        )
        {
            var atNode = new List<EdgeRow>();
            foreach (EdgeRow row in outOfNode)
            {
                ParallelRows += atNode.Exists(other => other.Head == row.Head) ? 1 : 0;
                if (atNode.Exists(other => row.IsDrawnAs(other) && row.IsNeverFasterThan(other)))
                {
                    ParallelEdgesDropped++;
                    continue;
                }

                ParallelEdgesDropped += atNode.RemoveAll(other =>
                    other.IsDrawnAs(row) && other.IsNeverFasterThan(row)
                );
                atNode.Add(row);
            }

            kept.AddRange(atNode);
        }

        return kept;
    }

    private int[] FirstOuts(IReadOnlyList<EdgeRow> edges)
    {
        var first = new int[_nodeNames.Count + 1];
        foreach (EdgeRow edge in edges)
        {
            first[edge.Tail + 1]++;
        }

        for (int node = 0; node < _nodeNames.Count; node++)
        {
            first[node + 1] += first[node];
        }

        return first;
    }

    /// <summary>The twins of rows, and none for what was added to them, by the edges that the rows become.</summary>
    private static int[] Reordered(int[] twins, int[] order)
    {
        var edgeOf = new int[order.Length];
        for (int edge = 0; edge < order.Length; edge++)
        {
            edgeOf[order[edge]] = edge;
        }

        return Array.ConvertAll(
            order,
            row => row < twins.Length && twins[row] >= 0 ? edgeOf[twins[row]] : -1
        );
    }

    /// <summary>Two edges are twins when they are drawn on the same line in opposite directions, whatever each costs.</summary>
    private static int[] TwinsOf(List<EdgeRow> edges, int[] firstOut)
    {
        var twins = new int[edges.Count];
        Array.Fill(twins, -1);
        for (int edge = 0; edge < edges.Count; edge++)
        {
            EdgeRow row = edges[edge];
            for (
                int back = firstOut[row.Head];
                back < firstOut[row.Head + 1] && twins[edge] < 0;
                back++
            )
            {
                if (twins[back] < 0 && edges[back].IsTwinOf(row))
                {
                    (twins[edge], twins[back]) = (back, edge);
                }
            }
        }

        return twins;
    }

    private static int[] FirstBends(EdgeRow[] edges)
    {
        var first = new int[edges.Length + 1];
        for (int edge = 0; edge < edges.Length; edge++)
        {
            first[edge + 1] = first[edge] + edges[edge].Bends.Length;
        }

        return first;
    }

    private sealed class WordList
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly List<string> _words = [];

        public int NumberOf(string word)
        {
            if (!_numbers.TryGetValue(word, out int number))
            {
                number = _words.Count;
                _numbers.Add(word, number);
                _words.Add(word);
            }

            return number;
        }

        public IReadOnlyList<string> Words => _words;
    }
}
