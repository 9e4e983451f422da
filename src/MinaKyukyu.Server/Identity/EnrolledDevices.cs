using System.Security.Cryptography.X509Certificates;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using MinaKyukyu.Authorization.Devices;
using MinaKyukyu.Authorization.SignOn;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Identity;

/// <summary>
/// Tablets by the key of their certificate. The handshake has proved the key; the register says, at each call, whose it is and
/// whether it is still trusted.
/// </summary>
internal sealed class EnrolledDevices(
    Department department,
    SignOnOptions options,
    TimeProvider time
) : IIdentitySource
{
    public ValueTask<Caller?> IdentifyAsync(ServerCallContext call) =>
        new(
            call.GetHttpContext().Connection.ClientCertificate is { } certificate
                ? Find(certificate)
                : null
        );

    private Caller? Find(X509Certificate2 certificate)
    {
        FleetState fleet = department.Fleet;
        DateTimeOffset now = time.GetUtcNow();
        if (
            fleet.Devices.Find(DeviceCertificates.KeyOf(certificate)) is not { } device
            || !device.IsTrusted(now)
        )
        {
            return null;
        }

        OnDuty? duty = fleet.FindByDevice(device.Device);
        // Heard through it now, or at home on that unit; a tablet left behind in a workshop is nobody's.
        UnitId? unit =
            duty?.Unit ?? (fleet.LeftBehind.Contains(device.Device) ? null : device.Unit);
        return new Caller(
            department.City.Plan.Id,
            device.Device,
            device.Key,
            IsLed(duty, now) ? CallerRole.CrewLeader : CallerRole.CrewMember,
            unit is { } at ? CrewOf(fleet, at) : null,
            unit
        );
    }

    private CrewId? CrewOf(FleetState fleet, UnitId unit) =>
        fleet.Find(unit)?.Crew ?? department.City.Plan.FindUnit(unit)?.Crew;

    private bool IsLed(OnDuty? duty, DateTimeOffset now) =>
        duty is { HasLeader: true } && now < duty.Since + options.ShiftLifetime;
}
