using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.CardChecks;

/// <summary>How a crew stands to an incident, as duty and orders tell it.</summary>
public static class AttendingCrews
{
    /// <summary>The crew on duty with this device, and its order to this incident.</summary>
    /// <returns>Null when this crew is not on duty with this device, its key was revoked, or there is no such incident or patient.</returns>
    public static AttendingCrew? Find(
        IncidentsState incidents,
        FleetState fleet,
        DepartmentId department,
        IncidentId incidentId,
        PatientSlot patient,
        CrewId crew,
        DeviceId device,
        DeviceKey key
    )
    {
        OnDuty? duty = fleet.Duties.Values.FirstOrDefault(d =>
            d.Crew == crew && d.Device == device
        );
        if (
            duty is null
            || fleet.Devices.IsRevoked(key)
            || incidents.Find(incidentId) is not { } incident
            || incident.FindPatient(patient) is null
        )
        {
            return null;
        }

        Order? order = incident.ActiveOrders.FirstOrDefault(o => o.Unit == duty.Unit);
        return new AttendingCrew(
            department,
            incidentId,
            patient,
            duty.Unit,
            crew,
            device,
            key,
            IsAssignedAndActive: order is not null,
            // A cancelled incident stays open until its units are home; its records do not.
            IsIncidentOpen: !incident.IsClosed && incident.CancelledAt is null,
            HandoverAt: order is null
                ? null
                : incident.FindMilestone(order.Id, MilestoneKind.Handover)?.OccurredAt
        );
    }
}
