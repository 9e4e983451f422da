using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Graph;

/// <summary>
/// The roads as a directed graph in compressed sparse rows, forward and reverse. Topology and properties only: what an edge
/// costs is an <see cref="EdgeWeights"/>. Edges are numbered by their tail, so the edges out of a node are one run of numbers.
/// Immutable; any number of threads may read it.
/// </summary>
/// <remarks>
/// A junction where turns are restricted has copies, and connectors between them (see <see cref="TurnJunctions"/>). A search
/// sees only nodes and edges. Whoever shows or counts streets leaves the connectors out and asks for the junction of a node;
/// a <see cref="RoadPosition"/> is always at a junction, never at a copy.
/// </remarks>
public sealed class RoadGraph
{
    private readonly GraphArrays _arrays;
    private readonly Lazy<Dictionary<string, int>> _nodeByName;
    private readonly Lazy<StronglyConnectedComponents> _components;
    private readonly Lazy<GeoBounds> _bounds;
    private readonly RoadTiers _tiers;

    internal RoadGraph(GraphArrays arrays)
    {
        _arrays = arrays;
        _tiers = new RoadTiers(arrays.Words);
        _nodeByName = new(() => NumberNodes(arrays.NodeNames));
        _components = new(() => StronglyConnectedComponents.Of(arrays));
        _bounds = new(() => BoundsOf(arrays));
        (_arrays.FirstIn, _arrays.InEdges) = ReverseRows.Of(arrays.Tail, arrays.Head, NodeCount);
    }

    /// <summary>Junctions and their copies.</summary>
    public int NodeCount => _arrays.NodeNames.Count;

    /// <summary>Number of directed edges, connectors included; a two-way street counts twice.</summary>
    public int EdgeCount => _arrays.Head.Length;

    public GeoBounds Bounds => _bounds.Value;

    public StronglyConnectedComponents Components => _components.Value;

    /// <summary>Edges out of node n are numbered from <c>FirstOut[n]</c> to before <c>FirstOut[n + 1]</c>.</summary>
    public ReadOnlySpan<int> FirstOut => _arrays.FirstOut;

    /// <summary>By edge, the node it leads to.</summary>
    public ReadOnlySpan<int> Head => _arrays.Head;

    /// <summary>By edge, the node it comes from.</summary>
    public ReadOnlySpan<int> Tail => _arrays.Tail;

    /// <summary>Edges into node n stand in <see cref="InEdges"/> from <c>FirstIn[n]</c> to before <c>FirstIn[n + 1]</c>.</summary>
    public ReadOnlySpan<int> FirstIn => _arrays.FirstIn;

    public ReadOnlySpan<int> InEdges => _arrays.InEdges;

    /// <summary>By edge, its length in metres.</summary>
    public ReadOnlySpan<double> LengthMeters => _arrays.LengthMeters;

    /// <summary>By edge, the posted limit in km/h; 0 where none is known.</summary>
    public ReadOnlySpan<int> MaxSpeedKmh => _arrays.MaxSpeedKmh;

    /// <summary>The junction whose copy the node is; the node itself where it is none.</summary>
    public int JunctionOf(int node) => _arrays.Junction[node];

    /// <summary>The edge joins copies of one junction: it is no street, has no length, and stands for a turn.</summary>
    public bool IsConnector(int edge) =>
        JunctionOf(_arrays.Tail[edge]) == JunctionOf(_arrays.Head[edge]);

    /// <summary>Where a drive to this junction ends, whatever street it comes by.</summary>
    internal int ArrivalAt(int junction) => _arrays.Arrival[junction];

    /// <summary>The streets that leave a junction, by whatever copy of it.</summary>
    internal IEnumerable<int> ListStreetsFrom(int junction) =>
        EdgesOutOf(junction)
            .SelectMany(edge =>
                IsConnector(edge)
                    ? EdgesOutOf(_arrays.Head[edge]).Where(beyond => !IsConnector(beyond))
                    : [edge]
            );

    /// <summary>The node's identifier as the file wrote it; a copy's is that of its junction and a mark.</summary>
    public string NodeName(int node) => _arrays.NodeNames[node];

    /// <summary>The node of that identifier, or null where the file has none.</summary>
    public int? FindNode(string name) =>
        _nodeByName.Value.TryGetValue(name, out int node) ? node : null;

    public GeoPoint PlaceOf(int node) => _arrays.NodePlaces[node];

    /// <summary>By node, where it lies.</summary>
    internal ReadOnlySpan<GeoPoint> Places => _arrays.NodePlaces;

    internal GraphArrays Arrays => _arrays;

    /// <summary>OpenStreetMap's <c>highway</c>; empty where the file named none.</summary>
    public string RoadClass(int edge) => _arrays.Words[_arrays.RoadClass[edge]];

    internal RoadTier TierOf(int edge) => _tiers[_arrays.RoadClass[edge]];

    /// <summary>Name of the street; empty where it has none.</summary>
    public string StreetName(int edge) => _arrays.Words[_arrays.StreetName[edge]];

    /// <summary>The same line driven the other way, or −1 where the edge is one-way.</summary>
    public int Twin(int edge) => _arrays.Twin[edge];

    /// <summary>The edge as drawn, both nodes included, in driving order.</summary>
    public GeoPoint[] Line(int edge)
    {
        ReadOnlySpan<GeoPoint> bends = _arrays.Bends.AsSpan(
            _arrays.FirstBend[edge].._arrays.FirstBend[edge + 1]
        );
        var line = new GeoPoint[bends.Length + 2];
        line[0] = PlaceOf(_arrays.Tail[edge]);
        bends.CopyTo(line.AsSpan(1));
        line[^1] = PlaceOf(_arrays.Head[edge]);
        return line;
    }

    /// <summary>Every street once, for drawing, in the order of the edges.</summary>
    public IEnumerable<RoadSegment> ListSegments()
    {
        for (int edge = 0; edge < EdgeCount; edge++)
        {
            int twin = Twin(edge);
            if ((twin < 0 || twin > edge) && !IsConnector(edge))
            {
                yield return new RoadSegment(
                    RoadClass(edge),
                    StreetName(edge),
                    twin < 0,
                    Line(edge)
                );
            }
        }
    }

    /// <summary>The junction; that of a copy where the node is one.</summary>
    public RoadPosition PositionAtNode(int node, double snapMeters = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(node);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(node, NodeCount);
        return RoadPosition.AtNode(JunctionOf(node), snapMeters);
    }

    /// <summary>The place at a fraction (0 to 1) of an edge; at either end, and on a connector, it is the junction.</summary>
    public RoadPosition PositionOn(int edge, double fraction, double snapMeters = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(edge);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(edge, EdgeCount);
        if (!(fraction >= 0 && fraction <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(fraction),
                fraction,
                "A fraction lies between 0 and 1."
            );
        }

        int twin = Twin(edge);
        if (twin >= 0 && twin < edge)
        {
            (edge, fraction) = (twin, 1 - fraction);
        }

        return fraction switch
        {
            0 => PositionAtNode(_arrays.Tail[edge], snapMeters),
            1 => PositionAtNode(_arrays.Head[edge], snapMeters),
            _ when IsConnector(edge) => PositionAtNode(_arrays.Head[edge], snapMeters),
            _ => RoadPosition.Inside(edge, fraction, snapMeters),
        };
    }

    /// <summary>Where the position lies on the earth.</summary>
    public GeoPoint PlaceOf(RoadPosition position)
    {
        Check(position);
        return position.IsNode
            ? PlaceOf(position.Node)
            : Polylines.PointAt(Line(position.Edge), position.Fraction);
    }

    /// <exception cref="ArgumentException">The position is no place of this graph.</exception>
    internal void Check(RoadPosition position)
    {
        bool isOfThisGraph = position.IsNode
            ? position.Node < NodeCount
            : position.Edge >= 0 && position.Edge < EdgeCount;
        if (!isOfThisGraph)
        {
            throw new ArgumentException(
                "The position is no place of this graph.",
                nameof(position)
            );
        }
    }

    /// <exception cref="ArgumentException">A position is no place of this graph, or there is not one answer for each of the many.</exception>
    internal void CheckAll(ReadOnlySpan<RoadPosition> many, RoadPosition one, int answers)
    {
        if (answers != many.Length)
        {
            throw new ArgumentException(
                "There must be one answer for each position.",
                nameof(answers)
            );
        }

        Check(one);
        foreach (RoadPosition position in many)
        {
            Check(position);
        }
    }

    private IEnumerable<int> EdgesOutOf(int node) =>
        Enumerable.Range(
            _arrays.FirstOut[node],
            _arrays.FirstOut[node + 1] - _arrays.FirstOut[node]
        );

    private static Dictionary<string, int> NumberNodes(NameTable names)
    {
        var numbers = new Dictionary<string, int>(names.Count, StringComparer.Ordinal);
        for (int node = 0; node < names.Count; node++)
        {
            numbers.Add(names[node], node);
        }

        return numbers;
    }

    private static GeoBounds BoundsOf(GraphArrays arrays)
    {
        double south = 90,
            west = 180,
            north = -90,
            east = -180;
        foreach (GeoPoint place in arrays.NodePlaces.Concat(arrays.Bends))
        {
            south = Math.Min(south, place.Latitude);
            north = Math.Max(north, place.Latitude);
            west = Math.Min(west, place.Longitude);
            east = Math.Max(east, place.Longitude);
        }

        return new GeoBounds(new GeoPoint(south, west), new GeoPoint(north, east));
    }
}
