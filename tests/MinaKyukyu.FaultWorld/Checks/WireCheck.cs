using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.FaultWorld.Crews;
using MinaKyukyu.FaultWorld.Houses;

namespace MinaKyukyu.FaultWorld.Checks;

/// <summary>Asks a running server whether the promises of a ledger are true.</summary>
internal static class WireCheck
{
    public static async Task CompareAsync(
        Wire wire,
        IReadOnlyList<Promise> ledger,
        Action<string> fail,
        CancellationToken stop
    )
    {
        var expected = Expectations.Of(ledger);
        IReadOnlyList<string> listed = await wire.ListIncidentsAsync(stop);
        if (
            !listed
                .Order(StringComparer.Ordinal)
                .SequenceEqual(expected.Incidents.Order(StringComparer.Ordinal))
        )
        {
            fail(
                $"{expected.Incidents.Count} incidents were promised and ListIncidents names {listed.Count}, or others"
            );
        }

        List<Assignment> orders = [];
        List<(string Milestone, string Incident)> milestones = [];
        foreach (string id in listed)
        {
            Incident incident = (await wire.GetIncidentAsync(id, stop)).Incident;
            orders.AddRange(incident.Assignments);
            // Call and order are noted by the house itself.
            milestones.AddRange(
                incident
                    .Milestones.Where(m => m.Kind > MilestoneKind.Dispatched)
                    .Select(m => (m.MilestoneId, id))
            );
        }

        RequireSame(
            "orders",
            expected.IncidentOfOrder.Select(o => (o.Key, o.Value)),
            orders.Select(o => (o.AssignmentId, o.IncidentId)),
            fail
        );
        RequireSame(
            "milestones",
            expected.IncidentOfMilestone.Select(m => (m.Key, m.Value)),
            milestones,
            fail
        );
        RequireOneOrderEach(orders, await wire.ListUnitsAsync(stop), fail);
    }

    private static void RequireSame(
        string what,
        IEnumerable<(string Id, string Incident)> promised,
        IEnumerable<(string Id, string Incident)> shown,
        Action<string> fail
    )
    {
        if (!promised.Order().SequenceEqual(shown.Order()))
        {
            fail($"the {what} that the incidents show are not those that were promised");
        }
    }

    private static void RequireOneOrderEach(
        IEnumerable<Assignment> orders,
        IReadOnlyList<Unit> units,
        Action<string> fail
    )
    {
        ILookup<string, Assignment> active = orders
            .Where(o => o.State == AssignmentState.Active)
            .ToLookup(o => o.UnitId, StringComparer.Ordinal);
        foreach (Unit unit in units)
        {
            string held = string.Join(',', active[unit.UnitId].Select(o => o.AssignmentId));
            if (held != unit.AssignmentId)
            {
                fail(
                    $"{unit.UnitId} holds '{held}' by the incidents and '{unit.AssignmentId}' by the list of units"
                );
            }
        }
    }
}
