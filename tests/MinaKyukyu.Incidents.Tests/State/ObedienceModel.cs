using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Incidents.Tests.State;

/// <summary>
/// The whole of "which unit obeys which order", written a second time and as plainly as possible: a table of units, a set of cancelled
/// orders, and for each order which of the two taps that end a run stand.
/// </summary>
internal sealed class ObedienceModel
{
    private readonly Dictionary<AssignmentId, (IncidentId Incident, UnitId Unit)> _orders = [];
    private readonly HashSet<AssignmentId> _takenAway = [];
    private readonly HashSet<IncidentId> _cancelled = [];
    private readonly Dictionary<AssignmentId, HashSet<MilestoneKind>> _endings = [];

    public Dictionary<UnitId, AssignmentId> Obeys { get; } = [];

    public bool IsFree(UnitId unit) => !Obeys.ContainsKey(unit);

    /// <summary>An order whose end was taken back while the unit was elsewhere: the unit may still be at work there.</summary>
    public bool MayBeAtWork(UnitId unit) =>
        _orders.Any(o =>
            o.Value.Unit == unit
            && !IsObeyed(o.Key)
            && !_takenAway.Contains(o.Key)
            && !_cancelled.Contains(o.Value.Incident)
            && _endings[o.Key].Count == 0
        );

    public bool IsObeyed(AssignmentId order) => Obeys.ContainsValue(order);

    public void Assigned(IncidentId incident, UnitId unit, AssignmentId order)
    {
        _orders.Add(order, (incident, unit));
        _endings.Add(order, []);
        Obeys.Add(unit, order);
    }

    public void TakenAway(AssignmentId order)
    {
        Obeys.Remove(_orders[order].Unit);
        _takenAway.Add(order);
    }

    public void IncidentCancelled(IncidentId incident)
    {
        _cancelled.Add(incident);
        foreach (AssignmentId order in Obeys.Values.ToArray())
        {
            if (_orders[order].Incident == incident)
            {
                TakenAway(order);
            }
        }
    }

    public void Told(AssignmentId order, MilestoneKind kind)
    {
        if (kind < MilestoneKind.Cleared)
        {
            return;
        }

        _endings[order].Add(kind);
        if (IsObeyed(order))
        {
            Obeys.Remove(_orders[order].Unit);
        }
    }

    public void TakenBack(AssignmentId order, MilestoneKind kind)
    {
        UnitId unit = _orders[order].Unit;
        if (
            _endings[order].Remove(kind)
            && _endings[order].Count == 0
            && !_takenAway.Contains(order)
            && !_cancelled.Contains(_orders[order].Incident)
            && IsFree(unit)
        )
        {
            Obeys.Add(unit, order);
        }
    }

    /// <summary>Holds the state against the table. Throws in words when they differ.</summary>
    public void Check(
        IncidentsState state,
        IReadOnlyDictionary<(string Kind, string Key), string> claims
    )
    {
        Order[] active = [.. state.Incidents.Values.SelectMany(i => i.ActiveOrders)];
        foreach (IGrouping<UnitId, Order> orders in active.GroupBy(o => o.Unit))
        {
            if (orders.Count() > 1)
            {
                throw new ObedienceBrokenException($"{orders.Key} obeys {orders.Count()} orders.");
            }
        }

        Compare("the orders that are active", active.Select(o => (o.Unit.Value, o.Id.Value)));
        Compare("the claims", claims.Select(c => (c.Key.Key, c.Value)));
        Compare(
            "what each unit is said to obey",
            _orders
                .Values.Select(o => o.Unit)
                .Distinct()
                .Select(u => state.FindActiveOrder(u))
                .OfType<Order>()
                .Select(o => (o.Unit.Value, o.Id.Value))
        );
    }

    private void Compare(string what, IEnumerable<(string Unit, string Order)> found)
    {
        string expected = Line(Obeys.Select(o => (o.Key.Value, o.Value.Value)));
        string actual = Line(found);
        if (expected != actual)
        {
            throw new ObedienceBrokenException($"{what}: expected [{expected}], found [{actual}].");
        }
    }

    private static string Line(IEnumerable<(string Unit, string Order)> pairs) =>
        string.Join(", ", pairs.Order().Select(p => $"{p.Unit}:{p.Order}"));
}

internal sealed class ObedienceBrokenException(string message) : Exception(message);
