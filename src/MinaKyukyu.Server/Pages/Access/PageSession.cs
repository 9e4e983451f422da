using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Pages.Access;

/// <summary>A browser that came in by a one-time link.</summary>
/// <param name="Device">Sender of this browser's commands, where it does not speak for a unit's tablet.</param>
/// <param name="Unit">The crew's unit; null for consoles, and for the demonstration's crew that may look at any unit.</param>
/// <param name="FormKey">Stands in every form of this session, so that a foreign page cannot send one.</param>
internal sealed record PageSession(
    CallerRole Role,
    DeviceId Device,
    UnitId? Unit,
    string FormKey,
    DateTimeOffset EndsAt
)
{
    public Caller AsConsole(DepartmentPlan plan) =>
        new(plan.Id, Device, StandInKey.Of(Device), Role, null, null);

    /// <summary>Speaks for a unit as its own tablet would; null when this session may not.</summary>
    public Caller? AsCrewOf(DepartmentPlan plan, UnitPlan unit) =>
        Role == CallerRole.CrewLeader && (Unit is null || Unit == unit.Id)
            ? new Caller(
                plan.Id,
                unit.Device,
                StandInKey.Of(unit.Device),
                CallerRole.CrewLeader,
                unit.Crew,
                unit.Id
            )
            : null;
}
