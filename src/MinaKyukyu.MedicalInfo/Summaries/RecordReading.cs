using MinaKyukyu.MedicalInfo.Ports;

namespace MinaKyukyu.MedicalInfo.Summaries;

/// <summary>One kind of record as it was read: from the source just now, or from the cache.</summary>
/// <param name="ReceivedAt">When the source answered, by the wall clock, for display.</param>
/// <param name="ReceivedTimestamp">The same moment by the monotonic clock of this process, for the age.</param>
internal sealed record RecordReading(
    RecordKind Kind,
    SourceAnswer Answer,
    DateTimeOffset ReceivedAt,
    long ReceivedTimestamp
)
{
    public bool IsAnswered => Answer is SourceAnswer.Found or SourceAnswer.Nothing;
}
