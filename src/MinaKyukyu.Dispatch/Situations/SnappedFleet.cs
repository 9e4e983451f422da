using System.Collections.Concurrent;
using MinaKyukyu.RoadNetwork;
using MinaKyukyu.RoadNetwork.Graph;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Situations;

/// <summary>
/// Where units and hospitals were last brought to the roads: one slot each, so that a unit which has not moved is not searched
/// for again. Safe for any number of threads; holds no more than <see cref="MostSlots"/> of either kind.
/// </summary>
public sealed class SnappedFleet(RoadMap roads)
{
    /// <summary>Three times the ambulances of the largest department; beyond it places are snapped without being kept.</summary>
    public const int MostSlots = 1_000;

    private readonly ConcurrentDictionary<UnitId, Slot> _units = new();
    private readonly ConcurrentDictionary<HospitalId, Slot> _hospitals = new();

    public RoadMap Roads { get; } = roads;

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

        RoadPosition? onRoad = Roads.Snapper.Snap(point);
        if (isKnown || slots.Count < MostSlots)
        {
            slots[key] = new Slot(point, onRoad);
        }

        return onRoad;
    }

    private sealed record Slot(GeoPoint Point, RoadPosition? OnRoad);
}
