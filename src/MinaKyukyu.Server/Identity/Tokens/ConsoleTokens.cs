using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Identity.Tokens;

/// <summary>Dispatchers, analysts, officers and their programs: <c>authorization: Bearer</c> with a token of the department's issuer.</summary>
internal sealed class ConsoleTokens(ConsoleTokenReader tokens, DepartmentPlan plan)
    : IIdentitySource
{
    private const string Header = "authorization";
    private const string Scheme = "Bearer ";

    public async ValueTask<Caller?> IdentifyAsync(ServerCallContext call)
    {
        if (
            call.RequestHeaders.GetValue(Header) is not { } header
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || await tokens.ReadAsync(header[Scheme.Length..].Trim(), call.CancellationToken)
                is not { } holder
        )
        {
            return null;
        }

        return ChooseRole(holder, call.RequestHeaders.GetValue(DemoIdentities.RoleKey)) is { } role
            ? CallerOf(holder, role, plan)
            : null;
    }

    /// <summary>Whoever has several roles says in which one he calls; nobody gets one that he has not.</summary>
    private static CallerRole? ChooseRole(TokenHolder holder, string? wanted) =>
        wanted is null ? holder.Roles[0]
        : RoleWords.All.TryGetValue(wanted, out CallerRole role) && holder.Roles.Contains(role)
            ? role
        : null;

    /// <summary>A person is named by a digest: the same for all tokens of that person, and nobody's name.</summary>
    public static Caller CallerOf(TokenHolder holder, CallerRole role, DepartmentPlan plan)
    {
        string digest = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"token/{holder.Issuer}/{holder.Subject}"))
        );
        return new Caller(
            plan.Id,
            new DeviceId($"console-{digest[..16]}"),
            new DeviceKey(digest),
            role,
            null,
            null
        );
    }
}
