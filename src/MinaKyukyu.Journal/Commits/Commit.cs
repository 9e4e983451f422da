using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Commits;

/// <summary>Names one command of one sender; a repeat carries the same key.</summary>
/// <param name="Sender">The device or console that minted the request id.</param>
public readonly record struct CommandKey(string Sender, RequestId Request);

/// <summary>A command that must have its effect at most once, and the answer that a repeat will get.</summary>
/// <param name="BodyHash">SHA-256 of the request as sent; the same key with another hash is refused.</param>
/// <param name="Answer">The bytes of the answer; never medical content.</param>
public sealed record AnsweredCommand(
    CommandKey Key,
    ReadOnlyMemory<byte> BodyHash,
    ReadOnlyMemory<byte> Answer
);

/// <summary>Everything that becomes true together, or not at all.</summary>
/// <param name="Epoch">The epoch under which the caller owns the department (see <see cref="IJournal.TakeOwnershipAsync"/>); an older one is refused.</param>
/// <param name="Command">Null for what the house itself notes, such as an order that nobody acknowledged.</param>
public sealed record Commit(
    DepartmentId Department,
    long Epoch,
    AnsweredCommand? Command,
    CommitPart Part
);
