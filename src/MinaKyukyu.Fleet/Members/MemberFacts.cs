using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.Journal.Commits;

namespace MinaKyukyu.Fleet.Members;

internal sealed record MemberRegisteredV1(
    string Member,
    MemberRole Role,
    string SecretScope,
    string By,
    DateTimeOffset At
);

internal sealed record MemberRemovedV1(string Member, string By, DateTimeOffset At);

internal sealed record MemberLockedV1(string Member, string Device, DateTimeOffset At);

/// <summary>What is written of members. No secret is among it.</summary>
internal static class MemberFacts
{
    public const string Registered = "fleet.member-registered";
    public const string Removed = "fleet.member-removed";
    public const string Locked = "fleet.member-locked";

    public static CommitPart Write(MemberRegisteredV1 body) =>
        RegisterEntry.Write(
            Registered,
            MemberDecisions.RegisteredEvent,
            $"member/{body.Member}",
            JsonSerializer.SerializeToUtf8Bytes(body, MemberJson.Default.MemberRegisteredV1)
        );

    public static CommitPart Write(MemberRemovedV1 body) =>
        RegisterEntry.Write(
            Removed,
            MemberDecisions.RemovedEvent,
            $"member/{body.Member}",
            JsonSerializer.SerializeToUtf8Bytes(body, MemberJson.Default.MemberRemovedV1)
        );

    public static CommitPart Write(MemberLockedV1 body) =>
        RegisterEntry.Write(
            Locked,
            MemberDecisions.LockedEvent,
            $"member/{body.Member}",
            JsonSerializer.SerializeToUtf8Bytes(body, MemberJson.Default.MemberLockedV1)
        );

    public static MemberRegisteredV1 ReadRegistered(Fact fact) =>
        JsonSerializer.Deserialize(fact.Body.Span, MemberJson.Default.MemberRegisteredV1)!;

    public static MemberRemovedV1 ReadRemoved(Fact fact) =>
        JsonSerializer.Deserialize(fact.Body.Span, MemberJson.Default.MemberRemovedV1)!;

    public static MemberLockedV1 ReadLocked(Fact fact) =>
        JsonSerializer.Deserialize(fact.Body.Span, MemberJson.Default.MemberLockedV1)!;
}

[JsonSerializable(typeof(MemberRegisteredV1))]
[JsonSerializable(typeof(MemberRemovedV1))]
[JsonSerializable(typeof(MemberLockedV1))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class MemberJson : JsonSerializerContext;
