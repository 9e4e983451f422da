using System.Text.Json.Nodes;
using MinaKyukyu.Contracts.Incident.V1;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>What is told of one run: every line names its incident and its order.</summary>
internal sealed class RunAccount(CrewAccount account, Assignment order)
{
    public void Tell(string what, params (string Key, JsonNode? Value)[] details) =>
        account.Tell(
            what,
            [("incident", order.IncidentId), ("assignment", order.AssignmentId), .. details]
        );
}
