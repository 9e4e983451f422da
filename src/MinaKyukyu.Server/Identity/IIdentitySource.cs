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

    public Caller? Identify(ServerCallContext call)
    {
        string? device = call.RequestHeaders.GetValue(DeviceKey);
        if (!Identifier.IsWellFormed(device))
        {
            return null;
        }

        return call.RequestHeaders.GetValue(RoleKey) switch
        {
            "crew" => Crew(new DeviceId(device), call.RequestHeaders.GetValue(CrewKey)),
            "dispatcher" => new Caller(
                plan.Id,
                new DeviceId(device),
                CallerRole.Dispatcher,
                null,
                null
            ),
            "analyst" => new Caller(plan.Id, new DeviceId(device), CallerRole.Analyst, null, null),
            _ => null,
        };
    }

    private Caller? Crew(DeviceId device, string? crew) =>
        Identifier.IsWellFormed(crew)
        && plan.Units.FirstOrDefault(u => u.Device == device) is { } unit
            ? new Caller(plan.Id, device, CallerRole.Crew, new CrewId(crew), unit.Id)
            : null;
}
