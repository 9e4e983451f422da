using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Reading;

/// <summary>A fact in its place.</summary>
/// <param name="Position">From 1, without order to read into gaps; increasing over all departments of one journal.</param>
public sealed record JournaledFact(
    long Position,
    DepartmentId Department,
    DateTimeOffset CommittedAt,
    Fact Fact
);

/// <summary>State that is derived from facts; rebuilt from position 0 at start, then told of each fact once it is durable.</summary>
public interface IProjection
{
    /// <summary>Called in journal order, from one thread at a time, and before the commit's caller gets its answer.</summary>
    /// <remarks>Must not fail and must not wait: the facts are true already.</remarks>
    void Apply(ReadOnlySpan<JournaledFact> facts);
}

/// <summary>Whether a command was answered before.</summary>
public abstract record EarlierAnswer
{
    private EarlierAnswer() { }

    public sealed record None : EarlierAnswer;

    public sealed record Same(ReadOnlyMemory<byte> Answer) : EarlierAnswer;

    /// <summary>The same request id with another body.</summary>
    public sealed record OtherBody : EarlierAnswer;
}
