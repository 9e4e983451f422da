using System.Globalization;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>The two rows by which a barrier is passed, from the node itself to a copy and back.</summary>
internal readonly record struct Gate(int ToCopy, int FromCopy);

/// <summary>Makes the nodes of the graph, and a gate of each node that carries a barrier.</summary>
/// <remarks>
/// Every piece of road that ends at a barrier gets an end of its own in the same place: the first the node itself, the others
/// copies named <c>id#2</c>, <c>id#3</c>. From the node to each copy and back leads an edge of no length that costs the seconds
/// of the barrier, and no way where the profile is shut out. So whoever passes drives such an edge, whoever may not cannot, and
/// everybody still reaches the barrier from either side. Where neither may pass there is no edge at all.
///
///     a ────── 7   becomes   a ────── 7 ⇄ 7#2 ────── b
///              │
///              b
///
/// A barrier where more than two pieces meet stands in the way of all of them: the data do not say which arm it closes.
/// </remarks>
internal sealed class BarrierGates
{
    private readonly UsedNodes _nodes;
    private readonly RoadGraphBuilder _builder;
    private readonly int[] _made;
    private readonly Dictionary<int, int> _copies = [];
    private readonly Dictionary<int, List<int>> _nodesAt = [];
    private readonly Dictionary<int, Gate> _gates = [];
    private readonly List<EdgeRow> _rows = [];
    private readonly List<long> _wayOfEdgeRow = [];

    public BarrierGates(UsedNodes nodes, RoadGraphBuilder builder)
    {
        _nodes = nodes;
        _builder = builder;
        _made = new int[nodes.Count];
        Array.Fill(_made, -1);
    }

    public int Nodes { get; private set; }

    /// <summary>The edges given to the builder, gates among them, in that order.</summary>
    public IReadOnlyList<EdgeRow> Rows => _rows;

    public IReadOnlyList<long> WayOfEdgeRow => _wayOfEdgeRow;

    /// <summary>The graph's nodes in that place: the node itself, then its copies at a barrier; none where no piece of road ends.</summary>
    public IReadOnlyList<int> NodesAt(long id)
    {
        int node = _nodes.Find(id);
        if (node < 0 || _made[node] < 0)
        {
            return [];
        }

        return _nodesAt.TryGetValue(node, out List<int>? all) ? all : [_made[node]];
    }

    /// <summary>The gate between a copy and the node itself; null where nobody may pass, and for a node that is no copy.</summary>
    public Gate? FindGate(int copy) => _gates.TryGetValue(copy, out Gate gate) ? gate : null;

    /// <summary>The graph's node at which one piece of a way ends; at a barrier a new one for every piece.</summary>
    public int EndAt(int node, DrivableWay way)
    {
        if (_made[node] < 0)
        {
            return _made[node] = Make(node, DrivableWay.NodeName(_nodes.Id(node)));
        }

        return _nodes.FindBarrier(node) is { } barrier ? Copy(node, barrier, way) : _made[node];
    }

    public void AddEdge(DrivableWay way, EdgeRow row)
    {
        _builder.AddEdge(row);
        _rows.Add(row);
        _wayOfEdgeRow.Add(way.Id);
    }

    private int Copy(int node, Barrier barrier, DrivableWay way)
    {
        int number = _copies[node] = _copies.GetValueOrDefault(node, 1) + 1;
        string name = string.Create(CultureInfo.InvariantCulture, $"{_nodes.Id(node)}#{number}");
        int copy = Make(node, name);
        if (!_nodesAt.TryGetValue(node, out List<int>? all))
        {
            _nodesAt.Add(node, all = [_made[node]]);
        }

        all.Add(copy);
        if (barrier.OrdinarySeconds is not null || barrier.EmergencySeconds is not null)
        {
            _gates.Add(copy, new Gate(ToCopy: _rows.Count, FromCopy: _rows.Count + 1));
            AddEdge(way, Pass(_made[node], copy, barrier, way));
            AddEdge(way, Pass(copy, _made[node], barrier, way));
        }

        return copy;
    }

    private static EdgeRow Pass(int tail, int head, Barrier barrier, DrivableWay way) =>
        new(
            tail,
            head,
            0,
            way.Driving.RoadClass,
            0,
            way.StreetName,
            Weight(barrier.OrdinarySeconds),
            Weight(barrier.EmergencySeconds),
            []
        );

    private static int Weight(double? seconds) =>
        seconds is { } wait ? EdgeWeights.FromSeconds(wait) : EdgeWeights.Infinity;

    private int Make(int node, string name)
    {
        GeoPoint place = _nodes.PlaceOf(node);
        _builder.AddNode(name, place);
        return Nodes++;
    }
}
