using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Fleet.Duty;

/// <summary>Why a crew could not sign on or off.</summary>
public enum DutyRefusal
{
    UnitNotFound = 1,
    NotOnDuty = 2,

    /// <summary>The vehicle belongs to another unit of this plan and is not a spare.</summary>
    VehicleNotOfThisUnit = 3,

    /// <summary>Another unit is on duty in this vehicle.</summary>
    VehicleInUse = 4,
}

/// <summary>What a decision about duty says: what becomes true, or why not.</summary>
public abstract record DutyDecision
{
    private DutyDecision() { }

    public sealed record Accepted(OnDuty Duty, CommitPart Part) : DutyDecision;

    public sealed record Refused(DutyRefusal Reason) : DutyDecision;
}

/// <summary>Signing on and off: pure.</summary>
public static class DutyDecisions
{
    /// <param name="vehicle">Null: the unit's usual vehicle.</param>
    public static DutyDecision SignOn(
        DepartmentPlan plan,
        FleetState fleet,
        UnitId unit,
        VehicleId? vehicle,
        CrewId crew,
        DeviceId device,
        DateTimeOffset now
    )
    {
        if (plan.FindUnit(unit) is not { } planned)
        {
            return new DutyDecision.Refused(DutyRefusal.UnitNotFound);
        }

        VehicleId drives = vehicle ?? planned.Vehicle;
        if (drives != planned.Vehicle && !plan.SpareVehicles.Contains(drives))
        {
            return new DutyDecision.Refused(DutyRefusal.VehicleNotOfThisUnit);
        }

        if (fleet.Duties.Values.Any(other => other.Vehicle == drives && other.Unit != unit))
        {
            return new DutyDecision.Refused(DutyRefusal.VehicleInUse);
        }

        if (fleet.Find(unit) is { } duty && IsSame(duty, drives, crew, device))
        {
            return new DutyDecision.Accepted(duty, CommitPart.Nothing);
        }

        var body = new SignedOnV1(unit.Value, drives.Value, crew.Value, device.Value, now);
        return new DutyDecision.Accepted(
            new OnDuty(unit, drives, crew, device, now),
            CommitPart.Of(FleetFacts.Write(body))
        );
    }

    /// <summary>A tablet that was switched on again signs the same shift on again; it goes on, it does not begin anew.</summary>
    private static bool IsSame(OnDuty duty, VehicleId vehicle, CrewId crew, DeviceId device) =>
        duty.Vehicle == vehicle && duty.Crew == crew && duty.Device == device;

    public static DutyDecision SignOff(FleetState fleet, UnitId unit, DateTimeOffset now) =>
        fleet.Find(unit) is { } duty
            ? new DutyDecision.Accepted(
                duty,
                CommitPart.Of(FleetFacts.Write(new SignedOffV1(unit.Value, now)))
            )
            : new DutyDecision.Refused(DutyRefusal.NotOnDuty);
}
