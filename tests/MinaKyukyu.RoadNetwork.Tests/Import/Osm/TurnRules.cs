using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Import.Osm;
using MinaKyukyu.RoadNetwork.TravelTimes;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

/// <summary>
/// What the restrictions of a report say of two streets driven one after the other, read from the ways and the names of
/// nodes alone and not from how the graph keeps them.
/// </summary>
internal sealed class TurnRules
{
    private readonly RoadGraph _graph;
    private readonly long[] _way;
    private readonly Dictionary<(string Node, long From), TurnRestriction[]> _rules;
    private readonly Dictionary<string, int[]> _streetsFrom;

    public TurnRules(ImportedTown town)
    {
        _graph = town.Graph;
        _way = [.. town.RowOfEdge.Select(row => row < 0 ? 0 : town.Report.WayOfEdgeRow[row])];
        _rules = town
            .Report.Restrictions.GroupBy(rule => (rule.ViaNode, rule.FromWay))
            .ToDictionary(rules => rules.Key, rules => rules.ToArray());
        var nodes = _rules.Keys.Select(key => key.Node).ToHashSet();
        _streetsFrom = Enumerable
            .Range(0, _graph.EdgeCount)
            .Where(edge => IsStreet(edge) && nodes.Contains(PlaceOf(_graph.Tail[edge])))
            .GroupBy(edge => PlaceOf(_graph.Tail[edge]))
            .ToDictionary(edges => edges.Key, edges => edges.ToArray());
    }

    /// <summary>Neither a connector nor the way through a barrier.</summary>
    public bool IsStreet(int edge) => PlaceOf(_graph.Tail[edge]) != PlaceOf(_graph.Head[edge]);

    public bool HasRule(int edge) => RulesAfter(edge).Length > 0;

    /// <summary>Whether a street may not be entered from another one at whose end it begins.</summary>
    public bool IsForbidden(int street, int next, DrivingProfile profile)
    {
        TurnRestriction[] rules =
        [
            .. RulesAfter(street)
                .Where(rule =>
                    profile == DrivingProfile.Ordinary ? rule.BindsOrdinary : rule.BindsEmergency
                ),
        ];
        if (rules.Length == 0)
        {
            return false;
        }

        TurnRestriction[] only =
        [
            .. rules.Where(rule =>
                rule.Kind.StartsWith("only_", StringComparison.Ordinal)
                && _streetsFrom[PlaceOf(_graph.Head[street])].Any(other => IsMeant(rule, other))
            ),
        ];
        return (only.Length > 0 && !Array.Exists(only, rule => IsMeant(rule, next)))
            || Array.Exists(
                rules,
                rule => rule.Kind.StartsWith("no_", StringComparison.Ordinal) && IsMeant(rule, next)
            );

        bool IsMeant(TurnRestriction rule, int into) =>
            _way[into] == rule.ToWay
            && (
                rule.FromWay != rule.ToWay
                || (_graph.Twin(street) == into)
                    == rule.Kind.EndsWith("u_turn", StringComparison.Ordinal)
            );
    }

    /// <summary>The first forbidden turn of a route, or null; the number of turns that a rule had to be asked about.</summary>
    public (string? Fault, int Asked) Check(Route route, DrivingProfile profile)
    {
        int asked = 0;
        int before = -1;
        foreach (RouteStep step in route.Steps.Where(step => IsStreet(step.Edge)))
        {
            if (before >= 0 && HasRule(before))
            {
                asked++;
                if (IsForbidden(before, step.Edge, profile))
                {
                    return (
                        $"{profile}: from way {_way[before]} at {PlaceOf(_graph.Head[before])} into way {_way[step.Edge]}",
                        asked
                    );
                }
            }

            before = step.Edge;
        }

        return (null, asked);
    }

    private TurnRestriction[] RulesAfter(int street) =>
        _rules.GetValueOrDefault((PlaceOf(_graph.Head[street]), _way[street]), []);

    /// <summary>OpenStreetMap's number, with no mark of a copy.</summary>
    private string PlaceOf(int node) =>
        _graph.NodeName(_graph.JunctionOf(node)).Split('#', '<', '>', '*')[0];
}
