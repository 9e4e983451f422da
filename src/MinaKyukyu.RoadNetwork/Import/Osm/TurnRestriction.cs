using MinaKyukyu.RoadNetwork.Driving;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>A turn that may not be made, or the only one that may (指定方向外進行禁止), as OpenStreetMap tells it.</summary>
/// <param name="FromWay">OpenStreetMap's number of the way that is left; see <see cref="OsmImportReport.WayOfEdgeRow"/>.</param>
/// <param name="ViaNode">The node where it is left, by the name that the graph gives it.</param>
/// <param name="ToWay">The way that is entered.</param>
/// <param name="Kind">As written: <c>no_left_turn</c>, <c>only_straight_on</c> and so on.</param>
/// <param name="BindsOrdinary">A car must keep it.</param>
/// <param name="BindsEmergency">An ambulance must keep it too: the sign makes no exception for emergency vehicles.</param>
public sealed record TurnRestriction(
    long FromWay,
    string ViaNode,
    long ToWay,
    string Kind,
    bool BindsOrdinary,
    bool BindsEmergency
)
{
    /// <summary>Every other turn from <see cref="FromWay"/> at this node is forbidden, instead of this one.</summary>
    public bool IsOnlyTurn => Kind.StartsWith("only_", StringComparison.Ordinal);

    /// <summary>The turn that is meant is the way back.</summary>
    public bool IsUTurn => Kind.EndsWith("_u_turn", StringComparison.Ordinal);
}

/// <summary>From relations of the type <c>restriction</c> to turns.</summary>
internal sealed class TurnRestrictions(AccessRules access, OsmCounts counts)
{
    // Of no_entry several ways lead in, of no_exit several out. Own working value: no junction has more arms.
    private const int MostArms = 20;

    private readonly List<TurnRestriction> _found = [];

    public void Add(IReadOnlyList<OsmMember> members, OsmTags tags)
    {
        if (tags.Find("type") != "restriction")
        {
            return;
        }

        string kind = tags.Find("restriction") ?? "";
        long[] from = [.. Ids(members, "from", OsmMemberKind.Way)];
        long[] via = [.. Ids(members, "via", OsmMemberKind.Node)];
        long[] to = [.. Ids(members, "to", OsmMemberKind.Way)];
        bool isKnown =
            kind.StartsWith("no_", StringComparison.Ordinal)
            || kind.StartsWith("only_", StringComparison.Ordinal);
        bool hasItsParts =
            via.Length == 1
            && from.Length is >= 1 and <= MostArms
            && to.Length is >= 1 and <= MostArms
            && (from.Length == 1 || to.Length == 1);
        if (!isKnown || !hasItsParts)
        {
            counts.RestrictionsLeftOut++;
            return;
        }

        string except = tags.Find("except") ?? "";
        string node = DrivableWay.NodeName(via[0]);
        bool bindsOrdinary = !access.IsExempt(DrivingProfile.Ordinary, except);
        bool bindsEmergency = !access.IsExempt(DrivingProfile.Emergency, except);
        _found.AddRange(
            from way in @from
            from next in to
            select new TurnRestriction(way, node, next, kind, bindsOrdinary, bindsEmergency)
        );
    }

    /// <summary>Those between ways that are driven; the others forbid nothing that could be done.</summary>
    public IReadOnlyList<TurnRestriction> Between(IReadOnlySet<long> drivenWays) =>
        [
            .. _found.Where(turn =>
                drivenWays.Contains(turn.FromWay)
                && drivenWays.Contains(turn.ToWay)
                && (turn.BindsOrdinary || turn.BindsEmergency)
            ),
        ];

    private static IEnumerable<long> Ids(
        IReadOnlyList<OsmMember> members,
        string role,
        OsmMemberKind kind
    ) => members.Where(member => member.Role == role && member.Kind == kind).Select(m => m.Id);
}
