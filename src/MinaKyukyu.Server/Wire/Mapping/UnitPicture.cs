using Google.Protobuf.WellKnownTypes;
using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Sentences;
using TypeV1 = MinaKyukyu.Contracts.Type.V1;
using V1 = MinaKyukyu.Contracts.Crew.V1;

namespace MinaKyukyu.Server.Wire.Mapping;

/// <summary>A unit as the wire shows it.</summary>
internal sealed class UnitPicture(Department department, TimeProvider time)
{
    public V1.Unit Of(UnitPlan unit)
    {
        UnitActivity activity = department.ActivityOf(unit.Id);
        OnDuty? duty = department.Fleet.Find(unit.Id);
        Order? order = activity.Order is { IsActive: true } active ? active : null;
        (string ja, string en) = UnitStates.Words(activity.State);
        var picture = new V1.Unit
        {
            UnitId = unit.Id.Value,
            Name = unit.Name,
            StationId = unit.Station.Value,
            State = (V1.UnitState)activity.State,
            VehicleId = duty?.Vehicle.Value ?? "",
            CrewId = duty?.Crew.Value ?? "",
            AssignmentId = order?.Id.Value ?? "",
            IncidentId = order?.Incident.Value ?? "",
            StateWords = new TypeV1.Words { Ja = ja, En = en },
        };
        if (department.Positions.Find(unit.Id) is { } position)
        {
            picture.Point = IncidentPicture.Of(position.Point);
            picture.PositionAge = Duration.FromTimeSpan(time.GetUtcNow() - position.ReceivedAt);
        }

        return picture;
    }
}
