using System.Collections.Frozen;
using Grpc.Core;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Identity;

/// <summary>Port: who is it that calls? Null: nobody that we know.</summary>
public interface IIdentitySource
{
    Caller? Identify(ServerCallContext call);
}

/// <summary>Until devices are enrolled nobody is known.</summary>
internal sealed class NobodyIsKnown : IIdentitySource
{
    public Caller? Identify(ServerCallContext call) => null;
}

/// <summary>
/// Believes what the call's metadata says. For demonstrations and tests on this machine alone: the server starts it only on a
/// loopback address and says so.
/// </summary>
internal sealed class DemoIdentities(DepartmentPlan plan) : IIdentitySource
{
    public const string DeviceKey = "mina-device-id";
    public const string CrewKey = "mina-crew-id";
    public const string RoleKey = "mina-role";

    /// <summary>How a call names its role.</summary>
    public static readonly FrozenDictionary<string, CallerRole> Roles = new Dictionary<
        string,
        CallerRole
    >(StringComparer.Ordinal)
    {
        ["crew"] = CallerRole.CrewLeader,
        ["crew-member"] = CallerRole.CrewMember,
        ["dispatcher"] = CallerRole.Dispatcher,
        ["analyst"] = CallerRole.Analyst,
        ["fire-chief"] = CallerRole.FireChief,
        ["information-officer"] = CallerRole.InformationOfficer,
        ["reviewing-physician"] = CallerRole.ReviewingPhysician,
        ["auditor"] = CallerRole.Auditor,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public Caller? Identify(ServerCallContext call)
    {
        string? device = call.RequestHeaders.GetValue(DeviceKey);
        if (!Identifier.IsWellFormed(device))
        {
            return null;
        }

        return Roles.TryGetValue(call.RequestHeaders.GetValue(RoleKey) ?? "", out CallerRole role)
            ? role.IsCrew()
                ? Crew(new DeviceId(device), role, call.RequestHeaders.GetValue(CrewKey))
                : new Caller(plan.Id, new DeviceId(device), role, null, null)
            : null;
    }

    private Caller? Crew(DeviceId device, CallerRole role, string? crew) =>
        Identifier.IsWellFormed(crew)
        && plan.Units.FirstOrDefault(u => u.Device == device) is { } unit
            ? new Caller(plan.Id, device, role, new CrewId(crew), unit.Id)
            : null;
}
