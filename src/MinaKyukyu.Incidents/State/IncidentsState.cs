using System.Collections.Immutable;
using MinaKyukyu.Incidents.State.Replay;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Incidents.State;

/// <summary>All incidents, derived from the journal; immutable, replaced as a whole.</summary>
/// <param name="LastOrderOfUnit">Each unit's latest order: the one it obeys, if it obeys any.</param>
/// <param name="LastOrderToken">The highest order token of the department.</param>
public sealed record IncidentsState(
    ImmutableDictionary<IncidentId, Incident> Incidents,
    ImmutableSortedSet<OpenIncidentKey> Open,
    ImmutableDictionary<UnitId, OrderKey> LastOrderOfUnit,
    ImmutableDictionary<AssignmentId, IncidentId> IncidentOfOrder,
    long LastOrderToken,
    long Revision
)
{
    public static IncidentsState Empty { get; } =
        new(
            ImmutableDictionary<IncidentId, Incident>.Empty,
            ImmutableSortedSet.Create(OpenIncidentKey.BoardOrder),
            ImmutableDictionary<UnitId, OrderKey>.Empty,
            ImmutableDictionary<AssignmentId, IncidentId>.Empty,
            0,
            0
        );

    public Incident? Find(IncidentId id) => Incidents.GetValueOrDefault(id);

    /// <summary>Open incidents, by urgency and then by age.</summary>
    public IEnumerable<Incident> OpenIncidents => Open.Select(k => Incidents[k.Id]);

    public Order? FindOrder(AssignmentId id) =>
        IncidentOfOrder.TryGetValue(id, out IncidentId incident)
            ? Incidents[incident].FindOrder(id)
            : null;

    /// <summary>The unit's latest order, active or ended; null when it never had one.</summary>
    public Order? FindLastOrder(UnitId unit) =>
        LastOrderOfUnit.TryGetValue(unit, out OrderKey key)
            ? Incidents[key.Incident].FindOrder(key.Order)
            : null;

    /// <summary>The unit's latest order that it obeys or has followed: one that was taken away before it rolled changed nothing.</summary>
    public Order? FindLastFollowedOrder(UnitId unit)
    {
        Order? order = FindLastOrder(unit);
        while (order is { RollingAt: null, End: OrderEnd.Cancelled or OrderEnd.Replaced })
        {
            order = order.Before is { } before ? FindOrder(before.Order) : null;
        }

        return order;
    }

    /// <summary>The unit's order with this token, active or ended; null when it had none.</summary>
    public Order? FindOrderByToken(UnitId unit, long token)
    {
        Order? order = FindLastOrder(unit);
        while (order is not null && order.Token != token)
        {
            order = order.Before is { } before ? FindOrder(before.Order) : null;
        }

        return order;
    }

    public Order? FindActiveOrder(UnitId unit) =>
        FindLastOrder(unit) is { IsActive: true } order ? order : null;

    internal Incident Get(string incident) => Incidents[new IncidentId(incident)];

    /// <summary>With an incident as a fact left it.</summary>
    /// <param name="position">Of that fact.</param>
    internal IncidentsState With(Incident incident, long position)
    {
        incident = incident with { Revision = position };
        var key = OpenIncidentKey.Of(incident);
        return this with
        {
            Incidents = Incidents.SetItem(incident.Id, incident),
            Open = incident.IsClosed ? Open.Remove(key) : Open.Add(key),
            Revision = position,
        };
    }

    internal IncidentsState Change(
        string incident,
        long position,
        Func<Incident, Incident> change
    ) => With(change(Get(incident)), position);

    internal IncidentsState ChangeOrder(
        string incident,
        string order,
        long position,
        Func<Order, Order> change
    ) => With(Get(incident).ChangeOrder(new AssignmentId(order), change), position);
}

/// <summary>Sorts the board: most urgent first, then the longest waiting.</summary>
public readonly record struct OpenIncidentKey(
    int UrgencyRank,
    DateTimeOffset CallReceivedAt,
    IncidentId Id
)
{
    /// <summary>The order of the board; total, so that two consoles never disagree.</summary>
    public static IComparer<OpenIncidentKey> BoardOrder { get; } =
        Comparer<OpenIncidentKey>.Create(
            static (a, b) =>
            {
                int byUrgency = a.UrgencyRank.CompareTo(b.UrgencyRank);
                int byAge = a.CallReceivedAt.CompareTo(b.CallReceivedAt);
                return byUrgency != 0 ? byUrgency
                    : byAge != 0 ? byAge
                    : string.CompareOrdinal(a.Id.Value, b.Id.Value);
            }
        );

    internal static OpenIncidentKey Of(Incident incident) =>
        new(incident.Urgency.Rank, incident.CallReceivedAt, incident.Id);
}

public readonly record struct OrderKey(IncidentId Incident, AssignmentId Order);

/// <summary>Keeps the state beside the journal; readers take <see cref="Current"/> once per decision.</summary>
public sealed class IncidentsProjection : IProjection
{
    private volatile IncidentsState _current = IncidentsState.Empty;

    public IncidentsState Current => _current;

    public void Apply(ReadOnlySpan<JournaledFact> facts)
    {
        IncidentsState next = _current;
        foreach (JournaledFact fact in facts)
        {
            next = IncidentReplay.Apply(next, fact);
        }

        _current = next;
    }
}
