using Grpc.Core;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Identity;

/// <summary>
/// Believes what the call's metadata says. For demonstrations and tests on this machine alone: the server starts it only on a
/// loopback address and says so.
/// </summary>
internal sealed class DemoIdentities(DepartmentPlan plan) : IIdentitySource
{
    public const string DeviceKey = "mina-device-id";
    public const string CrewKey = "mina-crew-id";
    public const string RoleKey = "mina-role";

    /// <summary>What a call says about itself here.</summary>
    public static readonly string[] Keys = [DeviceKey, CrewKey, RoleKey];

    public ValueTask<Caller?> IdentifyAsync(ServerCallContext call) => new(Identify(call));

    private Caller? Identify(ServerCallContext call)
    {
        string? device = call.RequestHeaders.GetValue(DeviceKey);
        if (!Identifier.IsWellFormed(device))
        {
            return null;
        }

        return RoleWords.All.TryGetValue(
            call.RequestHeaders.GetValue(RoleKey) ?? "",
            out CallerRole role
        )
            ? role.IsCrew()
                ? Crew(new DeviceId(device), role, call.RequestHeaders.GetValue(CrewKey))
                : Console(new DeviceId(device), role)
            : null;
    }

    private Caller Console(DeviceId device, CallerRole role) =>
        new(plan.Id, device, StandInKey.Of(device), role, null, null);

    private Caller? Crew(DeviceId device, CallerRole role, string? crew) =>
        Identifier.IsWellFormed(crew)
        && plan.Units.FirstOrDefault(u => u.Device == device) is { } unit
            ? new Caller(plan.Id, device, StandInKey.Of(device), role, new CrewId(crew), unit.Id)
            : null;
}
