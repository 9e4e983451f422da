using System.Collections.Frozen;

namespace MinaKyukyu.Server.Identity;

/// <summary>How roles are called in tokens and metadata; listed in docs/API.md.</summary>
internal static class RoleWords
{
    public static readonly FrozenDictionary<string, CallerRole> All = new Dictionary<
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

    public static string Of(CallerRole role) => All.First(r => r.Value == role).Key;
}
