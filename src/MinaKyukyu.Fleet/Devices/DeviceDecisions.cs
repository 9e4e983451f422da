using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Fleet.Devices;

/// <summary>Why a tablet is no longer trusted.</summary>
public enum RevocationReason
{
    /// <summary>紛失・盗難.</summary>
    Lost = 1,

    /// <summary>交換: another tablet or another key took its place.</summary>
    Replaced = 2,

    /// <summary>廃棄・用途変更.</summary>
    Retired = 3,

    /// <summary>Its key may be in other hands.</summary>
    KeyCompromised = 4,
}

/// <summary>Why a tablet could not be enrolled or revoked.</summary>
public enum DeviceRefusal
{
    UnitNotFound = 1,

    /// <summary>No such tablet is trusted.</summary>
    DeviceNotFound = 2,

    /// <summary>This key was enrolled before; a key is enrolled once, for one tablet.</summary>
    DeviceKeyUsed = 3,

    /// <summary>The certificate is over already.</summary>
    CertificateOver = 4,
}

/// <summary>What a decision about a tablet says.</summary>
public abstract record DeviceDecision
{
    private DeviceDecision() { }

    public sealed record Accepted(EnrolledDevice Device, CommitPart Part) : DeviceDecision;

    public sealed record Refused(DeviceRefusal Reason) : DeviceDecision;
}

/// <summary>Enrolling and revoking tablets (端末の登録・失効): pure. Both stand in the audit chain.</summary>
public static class DeviceDecisions
{
    public const string EnrolledEvent = "device.enrolled";
    public const string RevokedEvent = "device.revoked";

    /// <summary>Trusts a key. A key that this device had before is revoked in the same commit: a tablet has one key.</summary>
    /// <param name="unit">Null: the unit to which the plan gives this device.</param>
    /// <param name="by">The role that decided, such as <c>FireChief</c>.</param>
    public static DeviceDecision Enroll(
        DepartmentPlan plan,
        FleetState fleet,
        DeviceId device,
        UnitId? unit,
        DeviceKey key,
        DateTimeOffset notAfter,
        string by,
        DateTimeOffset now
    )
    {
        UnitPlan? home = unit is { } named
            ? plan.FindUnit(named)
            : plan.Units.FirstOrDefault(u => u.Device == device);
        if (home is null)
        {
            return new DeviceDecision.Refused(DeviceRefusal.UnitNotFound);
        }

        if (fleet.Devices.Find(key) is not null)
        {
            return new DeviceDecision.Refused(DeviceRefusal.DeviceKeyUsed);
        }

        if (notAfter <= now)
        {
            return new DeviceDecision.Refused(DeviceRefusal.CertificateOver);
        }

        CommitPart replaced = fleet.Devices.FindLive(device) is { } earlier
            ? Revocation(earlier, RevocationReason.Replaced, by, now)
            : CommitPart.Nothing;
        CommitPart enrolled = DeviceFacts.Write(
            new DeviceEnrolledV1(device.Value, home.Id.Value, key.Value, notAfter, by, now)
        );
        return new DeviceDecision.Accepted(
            new EnrolledDevice(device, home.Id, key, now, notAfter, null),
            replaced.And(enrolled)
        );
    }

    public static DeviceDecision Revoke(
        FleetState fleet,
        DeviceId device,
        RevocationReason reason,
        string by,
        DateTimeOffset now
    ) =>
        fleet.Devices.FindLive(device) is { } live
            ? new DeviceDecision.Accepted(
                live with
                {
                    RevokedAt = now,
                },
                Revocation(live, reason, by, now)
            )
            : new DeviceDecision.Refused(DeviceRefusal.DeviceNotFound);

    private static CommitPart Revocation(
        EnrolledDevice device,
        RevocationReason reason,
        string by,
        DateTimeOffset now
    ) =>
        DeviceFacts.Write(
            new DeviceRevokedV1(device.Device.Value, device.Key.Value, reason.ToString(), by, now)
        );
}
