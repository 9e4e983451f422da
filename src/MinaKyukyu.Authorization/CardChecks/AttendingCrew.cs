using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.CardChecks;

/// <summary>The crew that asks, on its device, for one patient of one incident, and how it stands to that incident now.</summary>
/// <param name="DeviceKey">The key that this connection proved; what is granted is bound to it.</param>
/// <param name="IsAssignedAndActive">It has an active order to this incident.</param>
/// <param name="IsIncidentOpen">The incident is not closed.</param>
/// <param name="HandoverAt">When this patient was handed over (引継ぎ); null: not yet.</param>
public sealed record AttendingCrew(
    DepartmentId DepartmentId,
    IncidentId IncidentId,
    PatientSlot PatientSlot,
    UnitId UnitId,
    CrewId CrewId,
    DeviceId DeviceId,
    DeviceKey DeviceKey,
    bool IsAssignedAndActive,
    bool IsIncidentOpen,
    DateTimeOffset? HandoverAt
)
{
    /// <summary>Whether this patient is this crew's concern now. No is answered like an incident that does not exist.</summary>
    public bool Attends => IsAssignedAndActive && IsIncidentOpen && HandoverAt is null;

    internal ChallengeBinding Binding =>
        new(DepartmentId, IncidentId, PatientSlot, UnitId, CrewId, DeviceId, DeviceKey);
}
