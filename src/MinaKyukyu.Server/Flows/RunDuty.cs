using MinaKyukyu.Authorization.SignOn;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Flows;

/// <summary>A crew signs on to its unit, changes vehicles, and signs off.</summary>
internal sealed class RunDuty(CommandDesk desk, Department department, MemberProofs proofs)
{
    public Task<CommandAnswer<OnDuty>> SignOnAsync(
        Command command,
        UnitId unit,
        VehicleId? vehicle,
        IReadOnlyCollection<string> memberTickets,
        Func<OnDuty, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Orders, Turns.Of(unit)],
            now => SignOn(command.By, unit, vehicle, memberTickets, now),
            encode,
            stop
        );

    private Decided<OnDuty> SignOn(
        Caller by,
        UnitId unit,
        VehicleId? vehicle,
        IReadOnlyCollection<string> memberTickets,
        DateTimeOffset now
    )
    {
        if (!IsOwn(by, unit) && !IsLeftBehind(by, unit))
        {
            return Refusal.Of(DutyRefusal.UnitNotFound);
        }

        if (proofs.Redeem(memberTickets, by.Key, department.Fleet.Members) is not { } members)
        {
            return new Refusal("MEMBER_TICKET_UNKNOWN", "member_tickets");
        }

        CrewId crew = by.Crew ?? department.City.Plan.FindUnit(unit)!.Crew;
        return DutyDecisions
            .SignOn(
                department.City.Plan,
                department.Fleet,
                unit,
                vehicle,
                crew,
                by.Device,
                [.. members],
                now
            )
            .ToFlow();
    }

    /// <summary>A tablet that stayed in the workshop is nobody's until a crew of its own unit signs on with it again.</summary>
    private bool IsLeftBehind(Caller by, UnitId unit) =>
        by.Role.IsCrew()
        && department.Fleet.LeftBehind.Contains(by.Device)
        && department.Fleet.Devices.Find(by.Key) is { } device
        && device.Unit == unit;

    /// <summary>By the crew itself, from the tablet that it has, or by the dispatcher who hears of it by radio.</summary>
    public Task<CommandAnswer<OnDuty>> ChangeVehicleAsync(
        Command command,
        UnitId unit,
        VehicleId vehicle,
        DeviceId? device,
        Func<OnDuty, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Orders, Turns.Of(unit)],
            now =>
                command.By.Role.IsCrew() && !IsHeardThrough(command.By, unit)
                    ? Refusal.Of(DutyRefusal.UnitNotFound)
                : device is { } other && !IsKnown(other) ? Refusal.Of(DeviceRefusal.DeviceNotFound)
                : DutyDecisions
                    .ChangeVehicle(
                        department.City.Plan,
                        department.Fleet,
                        unit,
                        vehicle,
                        device,
                        now
                    )
                    .ToFlow(),
            encode,
            stop
        );

    /// <summary>An order must not be sent to a tablet that does not exist.</summary>
    private bool IsKnown(DeviceId device) =>
        department.Fleet.Devices.FindLive(device) is not null
        || department.City.Plan.Units.Any(u => u.Device == device);

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

    /// <summary>A spare tablet of the same unit takes no crew over: the one that the crew has gives it away.</summary>
    private bool IsHeardThrough(Caller by, UnitId unit) =>
        IsOwn(by, unit) && department.Fleet.Find(unit)?.Device == by.Device;

    private static bool IsOwn(Caller by, UnitId unit) => by.Crew is not null && by.Unit == unit;
}
