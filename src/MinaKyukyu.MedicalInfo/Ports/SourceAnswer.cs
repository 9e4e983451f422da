namespace MinaKyukyu.MedicalInfo.Ports;

/// <summary>What a source of records said; a closed set.</summary>
public abstract record SourceAnswer
{
    private SourceAnswer() { }

    /// <summary>Rows, in the source's order.</summary>
    /// <param name="IsWhole">False when part of the answer could not be read or lies on a further page: never shown as complete.</param>
    /// <param name="IsSimulated">The source says that this is test data (模擬).</param>
    public sealed record Found(IReadOnlyList<SourceRow> Rows, bool IsWhole, bool IsSimulated)
        : SourceAnswer;

    /// <summary>The source answered, and has nothing of this kind. This does not mean that there is no disease.</summary>
    /// <param name="IsSimulated">The source says that this is test data (模擬).</param>
    public sealed record Nothing(bool IsSimulated) : SourceAnswer;

    /// <summary>No answer that could be used.</summary>
    public sealed record Unavailable(UnavailableReason Reason) : SourceAnswer;

    /// <summary>The answer belongs to another question or another person: quarantined, never shown, never cached.</summary>
    public sealed record Mismatch : SourceAnswer;
}

/// <summary>Why there is no answer.</summary>
public enum UnavailableReason
{
    /// <summary>Nothing came within the deadline (応答なし).</summary>
    NoAnswer = 1,

    /// <summary>The source answered with an error, or could not be reached.</summary>
    Failed = 2,

    /// <summary>The answer was not what was agreed.</summary>
    Malformed = 3,

    /// <summary>The answer was larger than its bound.</summary>
    TooLarge = 4,

    /// <summary>Too many requests are under way on this node.</summary>
    Busy = 5,

    /// <summary>The source failed too often; it is left alone for a while.</summary>
    Resting = 6,

    /// <summary>The answer was about another question or person.</summary>
    Quarantined = 7,

    /// <summary>The medical data of this incident were purged.</summary>
    Purged = 8,
}
