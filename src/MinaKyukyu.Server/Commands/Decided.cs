using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Fleet.Members;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.Journal.Commits;

namespace MinaKyukyu.Server.Commands;

/// <summary>What the rooms decided about a command: a value and what becomes true with it, or why not.</summary>
internal abstract record Decided<T>
{
    private Decided() { }

    public sealed record Accepted(T Value, CommitPart Part) : Decided<T>;

    public sealed record Refused(Refusal Why) : Decided<T>;

    public static implicit operator Decided<T>(Refusal why) => new Refused(why);
}

internal static class RoomDecisions
{
    public static Decided<T> ToFlow<T>(this IncidentDecision<T> decision) =>
        decision switch
        {
            IncidentDecision<T>.Accepted(var value, var part) => new Decided<T>.Accepted(
                value,
                part
            ),
            IncidentDecision<T>.Refused(var reason) => Refusal.Of(reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static Decided<OnDuty> ToFlow(this DutyDecision decision) =>
        decision switch
        {
            DutyDecision.Accepted(var duty, var part) => new Decided<OnDuty>.Accepted(duty, part),
            DutyDecision.Refused(var reason) => Refusal.Of(reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static Decided<EnrolledDevice> ToFlow(this DeviceDecision decision) =>
        decision switch
        {
            DeviceDecision.Accepted(var device, var part) => new Decided<EnrolledDevice>.Accepted(
                device,
                part
            ),
            DeviceDecision.Refused(var reason) => Refusal.Of(reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static Decided<RoadRestriction> ToFlow(this RoadDecision decision) =>
        decision switch
        {
            RoadDecision.Accepted(var restriction, var part) =>
                new Decided<RoadRestriction>.Accepted(restriction, part),
            RoadDecision.Refused(var reason) => Refusal.Of(reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static Decided<Member> ToFlow(this MemberDecision decision) =>
        decision switch
        {
            MemberDecision.Accepted(var member, var part) => new Decided<Member>.Accepted(
                member,
                part
            ),
            MemberDecision.Refused(var reason) => Refusal.Of(reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>The same decision with more in its commit.</summary>
    public static Decided<T> With<T>(this Decided<T> decided, Func<T, CommitPart> more) =>
        decided is Decided<T>.Accepted(var value, var part)
            ? new Decided<T>.Accepted(value, part.And(more(value)))
            : decided;
}
