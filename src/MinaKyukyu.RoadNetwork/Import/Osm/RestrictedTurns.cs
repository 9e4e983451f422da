using System.Globalization;
using MinaKyukyu.RoadNetwork.Graph;

namespace MinaKyukyu.RoadNetwork.Import.Osm;

/// <summary>From turn restrictions, which name ways and a node, to turns between the pieces of road that meet there.</summary>
/// <remarks>
/// Of the way that is left all pieces count that end at the node, of the way that is entered all that begin there. Where a way
/// does not end at the node these are two, and the restriction, whose mapper ought to have cut the way, holds for both. Where
/// both ways are the same, <c>…_u_turn</c> means the piece driven back, any other kind another piece of that way.
/// <c>no_…</c> forbids what is meant. <c>only_…</c> forbids everything else from there, the way back included; several of them
/// from one piece each allow what they mean, since a crew that may go nowhere helps nobody.
/// </remarks>
internal sealed class RestrictedTurns(BarrierGates gates)
{
    private readonly Dictionary<int, List<int>> _rowsInto = [];
    private readonly Dictionary<int, List<int>> _rowsOutOf = [];

    /// <summary>Restrictions that mean no turn: their ways do not meet at their node, or may not be driven that way by anybody.</summary>
    public int MeantNothing { get; private set; }

    /// <summary>The turns that the restrictions forbid between the rows of the gates.</summary>
    public IReadOnlyList<ForbiddenTurn> Find(IReadOnlyList<TurnRestriction> restrictions)
    {
        var places = restrictions
            .GroupBy(restriction => restriction.ViaNode, StringComparer.Ordinal)
            .Select(at =>
                (Nodes: gates.NodesAt(long.Parse(at.Key, CultureInfo.InvariantCulture)), All: at)
            )
            .ToList();
        SortRows([.. places.SelectMany(place => place.Nodes)]);
        return [.. places.SelectMany(place => At(place.Nodes, [.. place.All]))];
    }

    /// <summary>Keeps what begins or ends at those nodes, gates aside.</summary>
    private void SortRows(HashSet<int> nodes)
    {
        for (int row = 0; row < gates.Rows.Count; row++)
        {
            EdgeRow edge = gates.Rows[row];
            if (!IsGate(row))
            {
                Keep(_rowsOutOf, edge.Tail, row);
                Keep(_rowsInto, edge.Head, row);
            }
        }

        void Keep(Dictionary<int, List<int>> rows, int node, int row)
        {
            if (!nodes.Contains(node))
            {
                return;
            }

            if (!rows.TryGetValue(node, out List<int>? there))
            {
                rows.Add(node, there = []);
            }

            there.Add(row);
        }
    }

    private bool IsGate(int row)
    {
        EdgeRow edge = gates.Rows[row];
        return Is(gates.FindGate(edge.Tail)) || Is(gates.FindGate(edge.Head));

        bool Is(Gate? gate) => gate is { } both && (both.ToCopy == row || both.FromCopy == row);
    }

    private IEnumerable<ForbiddenTurn> At(IReadOnlyList<int> nodes, TurnRestriction[] restrictions)
    {
        int[] arriving = [.. nodes.SelectMany(node => _rowsInto.GetValueOrDefault(node, []))];
        int[] leaving = [.. nodes.SelectMany(node => _rowsOutOf.GetValueOrDefault(node, []))];
        var forbidden = new List<ForbiddenTurn>();
        var only = new List<ForbiddenTurn>();
        foreach (TurnRestriction restriction in restrictions)
        {
            ForbiddenTurn[] meant =
            [
                .. from row in arriving
                from next in leaving
                where Means(restriction, row, next)
                select new ForbiddenTurn(
                    row,
                    next,
                    restriction.BindsOrdinary,
                    restriction.BindsEmergency
                ),
            ];
            MeantNothing += meant.Length == 0 ? 1 : 0;
            (restriction.IsOnlyTurn ? only : forbidden).AddRange(meant);
        }

        forbidden.AddRange(AllBut(only, leaving));
        return nodes.Count == 1 || forbidden.Count == 0
            ? forbidden
            : forbidden
                .SelectMany(turn => ThroughGates(nodes[0], turn))
                .Concat(nodes.Select(gates.FindGate).OfType<Gate>().Select(IntoAndBack));
    }

    /// <summary>Into a gate and out of it again: it would bring a drive to the node as if it had come by another piece.</summary>
    private static ForbiddenTurn IntoAndBack(Gate gate) =>
        new(gate.ToCopy, gate.FromCopy, BindsOrdinary: true, BindsEmergency: true);

    private bool Means(TurnRestriction restriction, int row, int next)
    {
        if (
            gates.WayOfEdgeRow[row] != restriction.FromWay
            || gates.WayOfEdgeRow[next] != restriction.ToWay
        )
        {
            return false;
        }

        bool isBack = gates.Rows[row].IsTwinOf(gates.Rows[next]);
        return restriction.FromWay != restriction.ToWay || isBack == restriction.IsUTurn;
    }

    /// <summary>From each edge for which there are only-turns, all others, for those whom the only-turns bind.</summary>
    private static IEnumerable<ForbiddenTurn> AllBut(List<ForbiddenTurn> only, int[] leaving) =>
        from allowed in only.GroupBy(turn => turn.FromRow)
        from next in leaving
        let ordinary = allowed.Where(turn => turn.BindsOrdinary).Select(turn => turn.IntoRow)
        let emergency = allowed.Where(turn => turn.BindsEmergency).Select(turn => turn.IntoRow)
        let other = new ForbiddenTurn(
            allowed.Key,
            next,
            ordinary.Any() && !ordinary.Contains(next),
            emergency.Any() && !emergency.Contains(next)
        )
        where other.BindsOrdinary || other.BindsEmergency
        select other;

    /// <summary>
    /// At a barrier every piece has an end of its own, so a turn leads through one gate or two; what is forbidden then is to
    /// go from gate to gate, or between a gate and the piece that ends at the node itself.
    /// </summary>
    private IEnumerable<ForbiddenTurn> ThroughGates(int node, ForbiddenTurn turn)
    {
        int end = gates.Rows[turn.FromRow].Head;
        int begin = gates.Rows[turn.IntoRow].Tail;
        if (end == begin)
        {
            yield return turn;
        }

        if (end == node && begin == node)
        {
            yield break;
        }

        int? from = end == node ? turn.FromRow : gates.FindGate(end)?.FromCopy;
        int? into = begin == node ? turn.IntoRow : gates.FindGate(begin)?.ToCopy;
        // Where there is no gate nobody passes, so nothing is left to be forbidden.
        if (from is { } first && into is { } second)
        {
            yield return turn with
            {
                FromRow = first,
                IntoRow = second,
            };
        }
    }
}
