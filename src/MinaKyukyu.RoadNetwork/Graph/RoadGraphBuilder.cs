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
    public bool IsSelfLoop => Tail == Head;

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

    public int SelfLoopsDropped { get; private set; }

    public int ParallelRows { get; private set; }

    public int ParallelEdgesDropped { get; private set; }

    public void AddNode(string name, GeoPoint place)
    {
        _nodeNames.Add(name);
        _nodePlaces.Add(place);
    }

    public GeoPoint PlaceOf(int node) => _nodePlaces[node];

    public void AddEdge(EdgeRow row)
    {
        if (row.IsSelfLoop)
        {
            SelfLoopsDropped++;
            return;
        }

        _rows.Add(row);
    }

    /// <returns>The graph, and by edge the milliseconds of either way of driving, <see cref="EdgeWeights.Infinity"/> where it may not be driven.</returns>
    public (RoadGraph Graph, int[] Ordinary, int[] Emergency) Build()
    {
        List<EdgeRow> edges = WithoutSlowerCopies();
        var firstOut = new int[_nodeNames.Count + 1];
        foreach (EdgeRow edge in edges)
        {
            firstOut[edge.Tail + 1]++;
        }

        for (int node = 0; node < _nodeNames.Count; node++)
        {
            firstOut[node + 1] += firstOut[node];
        }

        var words = new WordList();
        var graph = new RoadGraph(
            new GraphArrays
            {
                NodeNames = NameTable.Of(_nodeNames),
                NodePlaces = [.. _nodePlaces],
                FirstOut = firstOut,
                Head = [.. edges.Select(edge => edge.Head)],
                Tail = [.. edges.Select(edge => edge.Tail)],
                LengthMeters = [.. edges.Select(edge => edge.LengthMeters)],
                MaxSpeedKmh = [.. edges.Select(edge => edge.MaxSpeedKmh)],
                RoadClass = [.. edges.Select(edge => words.NumberOf(edge.RoadClass))],
                StreetName = [.. edges.Select(edge => words.NumberOf(edge.StreetName))],
                Words = NameTable.Of(words.Words),
                Twin = TwinsOf(edges, firstOut),
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
                if (
                    twins[back] < 0
                    && edges[back].Head == row.Tail
                    && IsReverse(row.Bends, edges[back].Bends)
                )
                {
                    (twins[edge], twins[back]) = (back, edge);
                }
            }
        }

        return twins;
    }

    private static int[] FirstBends(List<EdgeRow> edges)
    {
        var first = new int[edges.Count + 1];
        for (int edge = 0; edge < edges.Count; edge++)
        {
            first[edge + 1] = first[edge] + edges[edge].Bends.Length;
        }

        return first;
    }

    private static bool IsReverse(GeoPoint[] bends, GeoPoint[] others)
    {
        if (bends.Length != others.Length)
        {
            return false;
        }

        for (int i = 0; i < bends.Length; i++)
        {
            if (bends[i] != others[^(i + 1)])
            {
                return false;
            }
        }

        return true;
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
