using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Fleet.Members;

/// <summary>Why the register of members was not changed.</summary>
public enum MemberRefusal
{
    MemberNotFound = 1,
}

/// <summary>What a decision about a member says.</summary>
public abstract record MemberDecision
{
    private MemberDecision() { }

    public sealed record Accepted(Member Member, CommitPart Part) : MemberDecision;

    public sealed record Refused(MemberRefusal Reason) : MemberDecision;
}

/// <summary>
/// Who may sign on: pure. The secret itself is kept as a perishable value, not as a fact, so that a changed or removed one is
/// erased from every file.
/// </summary>
public static class MemberDecisions
{
    public const string RegisteredEvent = "member.registered";
    public const string RemovedEvent = "member.removed";
    public const string LockedEvent = "member.locked";

    /// <summary>Name of the perishable value that holds the sealed secret.</summary>
    public const string SecretName = "sign-on-secret";

    /// <summary>What a registration's secret is kept under and sealed to.</summary>
    public static string ScopeOf(MemberNumber number, string registration) =>
        $"member/{number}/{registration}";

    /// <summary>Registers a member, or gives a registered one a new role and secret; a locked one is open again.</summary>
    /// <param name="registration">A new id; secrets of different registrations never share a scope.</param>
    /// <param name="sealedSecret">As the sign-on made it; this room cannot read it.</param>
    public static MemberDecision Register(
        FleetState fleet,
        MemberNumber number,
        MemberRole role,
        string registration,
        ReadOnlyMemory<byte> sealedSecret,
        string by,
        DateTimeOffset now
    )
    {
        string scope = ScopeOf(number, registration);
        CommitPart part = MemberFacts
            .Write(new MemberRegisteredV1(number.Value, role, scope, by, now))
            .And(
                new CommitPart
                {
                    Keeps = [new Perishable(scope, SecretName, sealedSecret)],
                    Forgets = fleet.Members.Find(number) is { } earlier
                        ? [earlier.SecretScope]
                        : [],
                }
            );
        return new MemberDecision.Accepted(new Member(number, role, scope, now, null), part);
    }

    public static MemberDecision Remove(
        FleetState fleet,
        MemberNumber number,
        string by,
        DateTimeOffset now
    ) =>
        fleet.Members.Find(number) is { } member
            ? new MemberDecision.Accepted(
                member,
                MemberFacts
                    .Write(new MemberRemovedV1(number.Value, by, now))
                    .And(new CommitPart { Forgets = [member.SecretScope] })
            )
            : new MemberDecision.Refused(MemberRefusal.MemberNotFound);

    /// <summary>Too many wrong tries on one device; nothing when it is locked already.</summary>
    public static CommitPart Lock(Member member, DeviceId device, DateTimeOffset now) =>
        member.LockedAt is null
            ? MemberFacts.Write(new MemberLockedV1(member.Number.Value, device.Value, now))
            : CommitPart.Nothing;
}
