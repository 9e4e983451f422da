using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Journal.Audit;

/// <summary>The last link of a department's chain.</summary>
public sealed record AuditEnd(DepartmentId Department, long Sequence, ReadOnlyMemory<byte> Hash);
