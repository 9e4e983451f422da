using MinaKyukyu.Authorization.CardChecks;

namespace MinaKyukyu.MedicalInfo.Summaries;

/// <summary>The definite word with which every summary ends.</summary>
public enum SummaryOutcome
{
    /// <summary>Every section was answered, wholly and freshly.</summary>
    Complete = 1,

    /// <summary>Something is missing, incomplete or stale.</summary>
    Partial = 2,

    /// <summary>The source answered everything and has nothing (情報なし). This does not mean that there is no disease.</summary>
    NoRecord = 3,

    /// <summary>The source did not answer (応答なし): ask by mouth.</summary>
    Unavailable = 4,
}

/// <summary>What a reader of a summary sees, in this order: the holder when asked for, sections as they arrive, then one end.</summary>
public abstract record SummaryEvent
{
    private SummaryEvent() { }

    /// <summary>Only when it was asked for, and then before the first section.</summary>
    /// <param name="Holder">Null when the source did not say in time.</param>
    public sealed record HolderKnown(CardHolder? Holder) : SummaryEvent;

    public sealed record SectionArrived(SummarySection Section) : SummaryEvent;

    /// <param name="Summary">All sections again, in order of use, for the rules.</param>
    public sealed record Ended(SummaryOutcome Outcome, MedicalSummary Summary) : SummaryEvent;
}
