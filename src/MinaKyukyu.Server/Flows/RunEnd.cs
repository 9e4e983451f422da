using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Flows;

/// <summary>What ends with a run: at handover the record is closed and purged; nothing of it outlives the incident.</summary>
internal sealed class RunEnd(Department department, CareNeedBook needs, GrantBook grants, MedicalSummaries summaries)
{
    public void After(Order order, MilestoneKind kind)
    {
        bool isOver = department.Incidents.Find(order.Incident) is { IsClosed: true };
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

    public void Purge(IncidentId incident)
    {
        needs.Forget(incident);
        // Keys are destroyed before the call returns; removing sealed entries from a cache may take its time.
        _ = summaries.ForgetAsync(incident, CancellationToken.None).AsTask();
    }

    private bool HasOthersAtWork(Order order) =>
        department.Incidents.Find(order.Incident) is { } incident
        && incident.ActiveOrders.Any(o =>
            o.Id != order.Id && incident.FindMilestone(o.Id, MilestoneKind.Handover) is null
        );
}
