using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Fleet.Members;

/// <summary>Names a crew member by the department's own number; never a name.</summary>
public readonly record struct MemberNumber
{
    public MemberNumber(string value) =>
        Value = Identifier.IsWellFormed(value)
            ? value
            : throw new ArgumentException(
                $"A member number is 1 to {Identifier.MaxLength} letters, digits, '-', '_', '.' or ':'."
            );

    public string Value { get; }

    public override string ToString() => Value;
}

/// <summary>What a member is on a crew.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MemberRole>))]
public enum MemberRole
{
    /// <summary>救急隊員.</summary>
    [JsonStringEnumMemberName("member")]
    Member = 1,

    /// <summary>救急隊長 = 閲覧責任者: answers for every view of the crew.</summary>
    [JsonStringEnumMemberName("leader")]
    Leader = 2,
}

/// <summary>Somebody who may sign on to a shift.</summary>
/// <param name="SecretScope">Where the journal keeps the secret, so that it can be erased.</param>
/// <param name="LockedAt">Null unless too many wrong tries locked it; registering anew opens it.</param>
public sealed record Member(
    MemberNumber Number,
    MemberRole Role,
    string SecretScope,
    DateTimeOffset RegisteredAt,
    DateTimeOffset? LockedAt
);

/// <summary>Who may sign on: derived from the journal, immutable.</summary>
public sealed record MemberRegister(ImmutableDictionary<MemberNumber, Member> Members)
{
    public static MemberRegister Empty { get; } =
        new(ImmutableDictionary<MemberNumber, Member>.Empty);

    public Member? Find(MemberNumber number) => Members.GetValueOrDefault(number);

    internal MemberRegister Apply(Journal.Commits.Fact fact) =>
        fact.Kind switch
        {
            MemberFacts.Registered => Register(MemberFacts.ReadRegistered(fact)),
            MemberFacts.Removed => new MemberRegister(
                Members.Remove(new MemberNumber(MemberFacts.ReadRemoved(fact).Member))
            ),
            MemberFacts.Locked => Lock(MemberFacts.ReadLocked(fact)),
            _ => this,
        };

    private MemberRegister Register(MemberRegisteredV1 body)
    {
        Member member = new(
            new MemberNumber(body.Member),
            body.Role,
            body.SecretScope,
            body.At,
            LockedAt: null
        );
        return new MemberRegister(Members.SetItem(member.Number, member));
    }

    private MemberRegister Lock(MemberLockedV1 body)
    {
        MemberNumber number = new(body.Member);
        return Find(number) is { } member
            ? new MemberRegister(Members.SetItem(number, member with { LockedAt = body.At }))
            : this;
    }
}
