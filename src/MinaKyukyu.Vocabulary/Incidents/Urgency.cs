namespace MinaKyukyu.Vocabulary.Incidents;

/// <summary>How urgent (緊急度), most urgent first in rank.</summary>
/// <remarks>Four levels as in the national protocols; names and colours of a department come from its label file.</remarks>
public enum UrgencyLevel
{
    Unknown = 0,
    Critical = 1,
    High = 2,
    Medium = 3,
    Low = 4,
}

/// <summary>An urgency and the protocol that found it, because levels of two protocols do not compare.</summary>
/// <param name="Protocol">Name and version, such as <c>fdma-119-v3</c>; empty when nobody used one.</param>
public readonly record struct Urgency(UrgencyLevel Level, string Protocol)
{
    /// <summary>Order on the board: unknown stands with high, because nobody has said that it may wait.</summary>
    public int Rank =>
        Level switch
        {
            UrgencyLevel.Critical => 0,
            UrgencyLevel.High or UrgencyLevel.Unknown => 1,
            UrgencyLevel.Medium => 2,
            _ => 3,
        };
}
