using System.Collections.Immutable;
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

    /// <summary>Another unit is heard through this device.</summary>
    DeviceInUse = 5,
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
    /// <summary>Written when somebody signs on personally: who could look at records from then on.</summary>
    public const string SignedOnEvent = "duty.signed-on";

    /// <summary>Written when a crew changes vehicle or device: through which one it is heard from then on.</summary>
    public const string VehicleChangedEvent = "duty.vehicle-changed";

    /// <param name="vehicle">Null: the unit's usual vehicle.</param>
    /// <param name="members">Who proved to be there personally; none is no reason against duty, only against records.</param>
    public static DutyDecision SignOn(
        DepartmentPlan plan,
        FleetState fleet,
        UnitId unit,
        VehicleId? vehicle,
        CrewId crew,
        DeviceId device,
        ImmutableArray<SignedOnMember> members,
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

        var next = new OnDuty(unit, drives, crew, device, now, members);
        if (fleet.Find(unit) is { } duty && IsSame(duty, next))
        {
            return new DutyDecision.Accepted(duty, CommitPart.Nothing);
        }

        var body = new SignedOnV2(
            unit.Value,
            drives.Value,
            crew.Value,
            device.Value,
            now,
            [.. members.Select(m => new WrittenMember(m.Number.Value, m.Role))]
        );
        Fact fact = FleetFacts.Write(body);
        return new DutyDecision.Accepted(
            next,
            new CommitPart
            {
                Facts = [fact],
                Audit = members.IsEmpty
                    ? []
                    : [new AuditEntry(SignedOnEvent, fact.Subject, fact.Body)],
            }
        );
    }

    /// <summary>
    /// A tablet that was switched on again signs the same shift on again; it goes on, it does not begin anew. Who signed on
    /// personally counts only with the proof: without it the shift goes on without them, and with it their time begins anew.
    /// </summary>
    private static bool IsSame(OnDuty duty, OnDuty next) =>
        duty.Vehicle == next.Vehicle
        && duty.Crew == next.Crew
        && duty.Device == next.Device
        && duty.Members.IsEmpty
        && next.Members.IsEmpty;

    /// <summary>
    /// 乗換え: vehicle, crew and device in one act, also in the middle of a run. The vehicle and the device that are left behind
    /// are no longer this unit's from the same moment, and neither is a proof that was given on that device: on another one each
    /// proves to be there anew.
    /// </summary>
    /// <param name="device">Null: the crew takes its tablet along.</param>
    public static DutyDecision ChangeVehicle(
        DepartmentPlan plan,
        FleetState fleet,
        UnitId unit,
        VehicleId vehicle,
        DeviceId? device,
        DateTimeOffset now
    )
    {
        if (plan.FindUnit(unit) is not { } planned)
        {
            return new DutyDecision.Refused(DutyRefusal.UnitNotFound);
        }

        if (fleet.Find(unit) is not { } duty)
        {
            return new DutyDecision.Refused(DutyRefusal.NotOnDuty);
        }

        if (vehicle != planned.Vehicle && !plan.SpareVehicles.Contains(vehicle))
        {
            return new DutyDecision.Refused(DutyRefusal.VehicleNotOfThisUnit);
        }

        DeviceId through = device ?? duty.Device;
        if (fleet.Duties.Values.Any(other => other.Unit != unit && other.Vehicle == vehicle))
        {
            return new DutyDecision.Refused(DutyRefusal.VehicleInUse);
        }

        if (fleet.Duties.Values.Any(other => other.Unit != unit && other.Device == through))
        {
            return new DutyDecision.Refused(DutyRefusal.DeviceInUse);
        }

        if (vehicle == duty.Vehicle && through == duty.Device)
        {
            return new DutyDecision.Accepted(duty, CommitPart.Nothing);
        }

        Fact fact = FleetFacts.Write(
            new VehicleChangedV1(
                unit.Value,
                vehicle.Value,
                through.Value,
                duty.Vehicle.Value,
                duty.Device.Value,
                now
            )
        );
        return new DutyDecision.Accepted(
            duty.ChangeTo(vehicle, through),
            new CommitPart
            {
                Facts = [fact],
                Audit = [new AuditEntry(VehicleChangedEvent, fact.Subject, fact.Body)],
            }
        );
    }

    public static DutyDecision SignOff(FleetState fleet, UnitId unit, DateTimeOffset now) =>
        fleet.Find(unit) is { } duty
            ? new DutyDecision.Accepted(
                duty,
                CommitPart.Of(FleetFacts.Write(new SignedOffV1(unit.Value, now)))
            )
            : new DutyDecision.Refused(DutyRefusal.NotOnDuty);
}
