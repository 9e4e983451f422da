using Google.Protobuf;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.FaultWorld.Houses;

namespace MinaKyukyu.FaultWorld.Checks;

/// <summary>Everything that a server derives from its journal, as bytes of its own answers.</summary>
internal sealed record Snapshot(IReadOnlyDictionary<string, string> Pictures)
{
    public static async Task<Snapshot> TakeAsync(Wire wire, CancellationToken stop)
    {
        IReadOnlyList<string> incidents = await wire.ListIncidentsAsync(stop);
        Dictionary<string, string> pictures = new(StringComparer.Ordinal)
        {
            ["the list"] = string.Join(' ', incidents),
        };
        foreach (string id in incidents)
        {
            GetIncidentResponse picture = await wire.GetIncidentAsync(id, stop);
            Timeless(picture.Incident);
            pictures[$"incident {id}"] = Convert.ToHexString(picture.ToByteArray());
        }

        foreach (Unit unit in await wire.ListUnitsAsync(stop))
        {
            unit.PositionAge = null;
            pictures[$"unit {unit.UnitId}"] = Convert.ToHexString(unit.ToByteArray());
        }

        return new Snapshot(pictures);
    }

    /// <summary>What hangs on the moment of asking and not on the journal: alarms that grow with an order's age.</summary>
    private static void Timeless(Incident incident)
    {
        foreach (Assignment order in incident.Assignments)
        {
            order.Watch.Alarms.Clear();
            order.Watch.NextFreeUnitId = "";
        }
    }

    /// <returns>What differs, by name.</returns>
    public IReadOnlyList<string> DiffersFrom(Snapshot other) =>
        [
            .. Pictures
                .Keys.Union(other.Pictures.Keys)
                .Where(name =>
                    Pictures.GetValueOrDefault(name) != other.Pictures.GetValueOrDefault(name)
                ),
        ];
}
