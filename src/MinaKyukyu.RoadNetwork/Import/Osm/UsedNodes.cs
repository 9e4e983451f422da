using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>What it takes to get past the barrier on a node; null: shut for that profile.</summary>
internal readonly record struct Barrier(double? OrdinarySeconds, double? EmergencySeconds)
{
    public bool IsNone => OrdinarySeconds is 0 && EmergencySeconds is 0;
}

/// <summary>
/// Second reading of the file: places and barriers of the nodes that driven ways name. A node is a number from 0 here, in the
/// order of OpenStreetMap's numbers, so that a node of the file is found by halving.
/// </summary>
internal sealed class UsedNodes : IOsmElements
{
    private readonly AccessRules _access;
    private readonly long[] _ids;
    private readonly GeoPoint[] _places;
    private readonly bool[] _isPresent;
    private readonly bool[] _isJunction;
    private readonly Dictionary<int, Barrier> _barriers = [];

    /// <summary>Where a way ends or several meet is a junction, and also where one way meets itself.</summary>
    public UsedNodes(IReadOnlyList<DrivableWay> ways, AccessRules access)
    {
        _access = access;
        long[] named = new long[ways.Sum(way => way.Nodes.Length)];
        int count = 0;
        foreach (DrivableWay way in ways)
        {
            way.Nodes.CopyTo(named, count);
            count += way.Nodes.Length;
        }

        Array.Sort(named);
        _ids = [.. named.Where((id, i) => i == 0 || id != named[i - 1])];
        _places = new GeoPoint[_ids.Length];
        _isPresent = new bool[_ids.Length];
        _isJunction = new bool[_ids.Length];
        for (int i = 1; i < named.Length; i++)
        {
            if (named[i] == named[i - 1])
            {
                MarkJunction(Find(named[i]));
            }
        }

        foreach (DrivableWay way in ways)
        {
            MarkJunction(Find(way.Nodes[0]));
            MarkJunction(Find(way.Nodes[^1]));
        }
    }

    public int Count => _ids.Length;

    public int Missing => _isPresent.Count(isPresent => !isPresent);

    public int Barriers => _barriers.Count;

    public bool WantsNodes => true;

    /// <summary>Nodes in the file, wanted or not.</summary>
    public int NodesRead { get; private set; }

    /// <summary>The node's number here; negative where no driven way names it.</summary>
    public int Find(long id) => Array.BinarySearch(_ids, id);

    public long Id(int node) => _ids[node];

    public GeoPoint PlaceOf(int node) => _places[node];

    public bool IsPresent(int node) => _isPresent[node];

    public bool IsJunction(int node) => _isJunction[node];

    public void MarkJunction(int node) => _isJunction[node] = true;

    /// <summary>The barrier that holds somebody up there, or null.</summary>
    public Barrier? FindBarrier(int node) =>
        _barriers.TryGetValue(node, out Barrier barrier) ? barrier : null;

    public bool Wants(long node)
    {
        NodesRead++;
        return Find(node) >= 0;
    }

    public void Node(long id, double latitude, double longitude, OsmTags tags)
    {
        if (!GeoPoint.IsValid(latitude, longitude))
        {
            throw new InvalidDataException(
                $"node {DrivableWay.NodeName(id)} lies outside ±90 and ±180 degrees"
            );
        }

        int node = Find(id);
        _places[node] = new GeoPoint(latitude, longitude);
        _isPresent[node] = true;
        if (tags.IsEmpty || tags.Find("barrier") is not { } kind)
        {
            return;
        }

        var barrier = new Barrier(
            _access.PastBarrier(DrivingProfile.Ordinary, kind, tags),
            _access.PastBarrier(DrivingProfile.Emergency, kind, tags)
        );
        if (!barrier.IsNone)
        {
            _barriers[node] = barrier;
            MarkJunction(node);
        }
    }

    public void Way(long id, IReadOnlyList<long> nodes, OsmTags tags) { }

    public void Relation(long id, IReadOnlyList<OsmMember> members, OsmTags tags) { }
}
