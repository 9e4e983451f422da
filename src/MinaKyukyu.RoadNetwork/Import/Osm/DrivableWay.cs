using System.Globalization;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>A way that is a road for somebody.</summary>
/// <param name="Nodes">OpenStreetMap's numbers in the order of the way, none twice in a row; at least two.</param>
internal sealed record DrivableWay(long Id, long[] Nodes, string StreetName, WayDriving Driving)
{
    /// <summary>The name that the graph gives a node: OpenStreetMap's number in decimals.</summary>
    public static string NodeName(long node) => node.ToString(CultureInfo.InvariantCulture);
}

/// <summary>First reading of the file: the ways that are driven, and the turns that are not.</summary>
internal sealed class DrivableWays(WayRules rules, TurnRestrictions restrictions, OsmCounts counts)
    : IOsmElements
{
    private readonly List<DrivableWay> _ways = [];

    // The same few thousand names stand in block after block.
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<DrivableWay> Ways => _ways;

    public bool WantsNodes => false;

    public bool Wants(long node) => false;

    public void Node(long id, double latitude, double longitude, OsmTags tags) { }

    public void Way(long id, IReadOnlyList<long> nodes, OsmTags tags)
    {
        counts.WaysRead++;
        if (tags.IsEmpty || rules.Find(tags) is not { } driving)
        {
            return;
        }

        long[] line = [.. nodes.Where((node, i) => i == 0 || node != nodes[i - 1])];
        if (line.Length >= 2)
        {
            _ways.Add(new DrivableWay(id, line, StreetName(tags), driving));
        }
    }

    public void Relation(long id, IReadOnlyList<OsmMember> members, OsmTags tags)
    {
        counts.RelationsRead++;
        restrictions.Add(members, tags);
    }

    /// <summary>As a dispatcher in Japan reads it: the Japanese name goes before one that may hold two languages.</summary>
    private string StreetName(OsmTags tags)
    {
        string name = tags.Find("name:ja") ?? tags.Find("name") ?? tags.Find("ref") ?? "";
        if (_names.TryGetValue(name, out string? known))
        {
            return known;
        }

        _names.Add(name, name);
        return name;
    }
}
