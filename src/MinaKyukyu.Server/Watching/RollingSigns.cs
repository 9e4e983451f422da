using System.Collections.Concurrent;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.Watching;

/// <summary>Notices that a unit moves although nobody has pressed the button.</summary>
internal sealed class RollingSigns(Department department)
{
    /// <summary>How far a unit must have moved since it was ordered.</summary>
    /// <value>100 m: more than the error of a receiver between houses.</value>
    private const double MovedMeters = 100;

    /// <summary>Where each ordered unit first reported from; one slot per unit.</summary>
    private readonly ConcurrentDictionary<UnitId, (AssignmentId Order, GeoPoint From)> _starts =
        new();

    /// <summary>The unit's order, if it has just been seen to roll; null otherwise.</summary>
    public Order? Find(UnitId unit)
    {
        bool isSilent = department.Incidents.FindActiveOrder(unit) is { RollingAt: null };
        if (!isSilent || department.Positions.Find(unit) is not { } position)
        {
            _starts.TryRemove(unit, out _);
            return null;
        }

        Order order = department.Incidents.FindActiveOrder(unit)!;
        (AssignmentId Order, GeoPoint From) start = _starts.AddOrUpdate(
            unit,
            (order.Id, position.Point),
            (_, known) => known.Order == order.Id ? known : (order.Id, position.Point)
        );
        return start.From.DistanceMetersTo(position.Point) > MovedMeters ? order : null;
    }
}
