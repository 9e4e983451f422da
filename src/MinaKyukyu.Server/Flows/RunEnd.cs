using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Flows;

/// <summary>What ends with a run: at handover the record is closed and purged; nothing of it outlives the incident.</summary>
internal sealed class RunEnd(
    Department department,
    CareNeedBook needs,
    ChallengeBook challenges,
    GrantBook grants,
    MedicalSummaries summaries
)
{
    public void After(Order order, MilestoneKind kind)
    {
        bool isOver = department.Incidents.Find(order.Incident) is null or { IsClosed: true };
        if (kind is not (MilestoneKind.Handover or MilestoneKind.Cleared) && !isOver)
        {
            return;
        }

        grants.EndFor(order.Incident, order.Unit);
        if (isOver || !HasOthersAtWork(order))
        {
            Purge(order.Incident);
        }
    }

    /// <summary>Called off, or over: nothing that only the run needed is kept.</summary>
    public void Purge(IncidentId incident)
    {
        needs.Forget(incident);
        foreach (Patient patient in department.Incidents.Find(incident)?.Patients ?? [])
        {
            challenges.Forget(incident, patient.Slot);
            grants.EndFor(incident, patient.Slot);
        }

        // Keys are destroyed before the call returns; removing sealed entries from a cache may take its time.
        _ = summaries.ForgetAsync(incident, CancellationToken.None).AsTask();
    }

    private bool HasOthersAtWork(Order order) =>
        department.Incidents.Find(order.Incident) is { } incident
        && incident.ActiveOrders.Any(o =>
            o.Id != order.Id && incident.FindMilestone(o.Id, MilestoneKind.Handover) is null
        );
}
