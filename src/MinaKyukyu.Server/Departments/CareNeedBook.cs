using System.Collections.Concurrent;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Server.Departments;

/// <summary>What care followed from a card, for as long as the incident needs to know: in memory only, gone at handover.</summary>
internal sealed class CareNeedBook
{
    private readonly ConcurrentDictionary<(IncidentId, PatientSlot), CareNeeds> _needs = new();

    public CareNeeds Find(IncidentId incident, PatientSlot patient) =>
        _needs.GetValueOrDefault((incident, patient));

    public void Keep(IncidentId incident, PatientSlot patient, CareNeeds needs) =>
        _needs[(incident, patient)] = needs;

    public void Forget(IncidentId incident, PatientSlot patient) =>
        _needs.TryRemove((incident, patient), out _);
}
