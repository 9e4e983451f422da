using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Hospitals;

/// <summary>Where the drive to a hospital begins: at the scene, or where the unit is once it carries the patient.</summary>
internal readonly record struct CarryOrigin(GeoPoint Point, Reason Reason)
{
    public static CarryOrigin? Find(Situation situation, Incident incident, PatientSlot patient)
    {
        CarryOrigin? ofUnit = FindCarryingUnit(situation, incident, patient);
        bool isUnderWay = ofUnit is not null && HasLeft(situation, incident, patient);
        if (!isUnderWay && incident.Place.Point is { } scene)
        {
            return new CarryOrigin(scene, new Reason(ReasonCode.FromScene));
        }

        // Nobody could say where, but the crew found it: where the crew is, there is the scene.
        return ofUnit;
    }

    private static bool HasLeft(Situation situation, Incident incident, PatientSlot patient) =>
        FindOrder(incident, patient) is { } order
        && UnitActivity.Of(order.Unit, situation.Fleet, situation.Incidents).State
            is UnitState.Transporting
                or UnitState.AtHospital;

    private static CarryOrigin? FindCarryingUnit(
        Situation situation,
        Incident incident,
        PatientSlot patient
    )
    {
        if (
            FindOrder(incident, patient) is not { } order
            || situation.Plan.FindUnit(order.Unit) is not { } unit
        )
        {
            return null;
        }

        var activity = UnitActivity.Of(order.Unit, situation.Fleet, situation.Incidents);
        bool hasArrived =
            activity.State is UnitState.OnScene or UnitState.Transporting or UnitState.AtHospital;
        if (!hasArrived)
        {
            return null;
        }

        var where = Whereabouts.Of(situation, unit, activity);
        // Its station says nothing about where the patient is.
        return where.Known == ReasonCode.StationAssumed
            ? null
            : new CarryOrigin(
                where.Point,
                new Reason(ReasonCode.FromCarryingUnit, where.Age?.TotalSeconds)
                {
                    Unit = order.Unit,
                }
            );
    }

    /// <summary>The order whose crew asks for this patient; else the only one; else none, for then we do not know which.</summary>
    private static Order? FindOrder(Incident incident, PatientSlot patient)
    {
        List<Order> active = [.. incident.ActiveOrders];
        return active.Find(o => o.Destinations.Any(d => d.Patient == patient))
            ?? (active.Count == 1 ? active[0] : null);
    }
}
