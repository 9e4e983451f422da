using System.Collections.Concurrent;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.RoadNetwork.Snapping;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Situations;

/// <summary>
/// Where units and hospitals were last brought to the roads: one slot each, so that a unit which has not moved is not searched
/// for again. A position is a place on the streets, whatever is closed or slow there: it holds for every map of the same graph.
/// Safe for any number of threads; holds no more than <see cref="MostSlots"/> of either kind.
/// </summary>
public sealed class SnappedFleet(RoadMap roads, int units = SnappedFleet.MostSlots)
{
    /// <summary>Three times the ambulances of the largest department; beyond it places are snapped without being kept.</summary>
    public const int MostSlots = 1_000;

    private readonly RoadSnapper _snapper = roads.Snapper;
    private readonly RoadGraph _graph = roads.Graph;
    private readonly ConcurrentDictionary<UnitId, Slot> _units = new();
    private readonly ConcurrentDictionary<HospitalId, Slot> _hospitals = new();

    /// <summary>The same units in buckets; as many as the plan has.</summary>
    internal StandingUnits Standing { get; } = new(units);

    /// <summary>Whether what was brought to the roads here stands on the streets of that map.</summary>
    public bool Fits(RoadMap roads) => ReferenceEquals(roads.Graph, _graph);

    public RoadPosition? Snap(UnitId unit, GeoPoint point) => Snap(_units, unit, point);

    public RoadPosition? Snap(HospitalId hospital, GeoPoint point) =>
        Snap(_hospitals, hospital, point);

    private RoadPosition? Snap<TKey>(
        ConcurrentDictionary<TKey, Slot> slots,
        TKey key,
        GeoPoint point
    )
        where TKey : notnull
    {
        bool isKnown = slots.TryGetValue(key, out Slot? slot);
        if (isKnown && slot!.Point == point)
        {
            return slot.OnRoad;
        }

        RoadPosition? onRoad = _snapper.Snap(point);
        if (isKnown || slots.Count < MostSlots)
        {
            slots[key] = new Slot(point, onRoad);
        }

        return onRoad;
    }

    private sealed record Slot(GeoPoint Point, RoadPosition? OnRoad);
}
