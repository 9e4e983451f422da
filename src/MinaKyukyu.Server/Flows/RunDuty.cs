using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Flows;

/// <summary>A crew signs on to its unit, and off.</summary>
internal sealed class RunDuty(CommandDesk desk, Department department)
{
    public Task<CommandAnswer<OnDuty>> SignOnAsync(
        Command command,
        UnitId unit,
        VehicleId? vehicle,
        Func<OnDuty, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Orders, Turns.Of(unit)],
            now =>
                IsOwn(command.By, unit)
                    ? DutyDecisions
                        .SignOn(
                            department.City.Plan,
                            department.Fleet,
                            unit,
                            vehicle,
                            command.By.Crew!.Value,
                            command.By.Device,
                            now
                        )
                        .ToFlow()
                    : Refusal.Of(DutyRefusal.UnitNotFound),
            encode,
            stop
        );

    public Task<CommandAnswer<OnDuty>> SignOffAsync(
        Command command,
        UnitId unit,
        Func<OnDuty, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Orders, Turns.Of(unit)],
            now => SignOff(command.By, unit, now),
            encode,
            stop
        );

    private Decided<OnDuty> SignOff(Caller by, UnitId unit, DateTimeOffset now)
    {
        if (!IsOwn(by, unit))
        {
            return Refusal.Of(DutyRefusal.UnitNotFound);
        }

        return department.Incidents.FindActiveOrder(unit) is null
            ? DutyDecisions.SignOff(department.Fleet, unit, now).ToFlow()
            : new Refusal("UNIT_HAS_AN_ORDER");
    }

    private static bool IsOwn(Caller by, UnitId unit) => by.Crew is not null && by.Unit == unit;
}
