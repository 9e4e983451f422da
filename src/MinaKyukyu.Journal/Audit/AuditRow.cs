using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Audit;

/// <summary>One link of a department's audit chain, as it stands in the store.</summary>
/// <param name="Sequence">From 1, without gaps, per department.</param>
/// <param name="Salt">Random; lives and dies with the detail, so that a digest left behind after retention says nothing.</param>
/// <param name="DetailDigest">SHA-256 of salt ‖ detail.</param>
/// <param name="Hash">SHA-256 over the tag, the previous hash, department, sequence, time, event, subject and <paramref name="DetailDigest"/>.</param>
public sealed record AuditRow(
    DepartmentId Department,
    long Sequence,
    DateTimeOffset At,
    string Event,
    string Subject,
    ReadOnlyMemory<byte> Salt,
    ReadOnlyMemory<byte> Detail,
    ReadOnlyMemory<byte> DetailDigest,
    ReadOnlyMemory<byte> Hash
);
