using MinaKyukyu.MedicalInfo.Ports;

namespace MinaKyukyu.MedicalInfo.Summaries;

/// <summary>From which side a row came; for medicines also the rank, best first.</summary>
public enum RecordOrigin
{
    /// <summary>Claims (レセプト); about a month behind.</summary>
    Claims = 1,

    /// <summary>Dispensed e-prescription (調剤).</summary>
    Dispensed = 2,

    /// <summary>Prescribed e-prescription (処方).</summary>
    Prescribed = 3,

    /// <summary>Shared chart information (電子カルテ情報共有).</summary>
    Chart = 4,
}

/// <summary>What a section can say; nothing on file and no answer are different news to a crew.</summary>
public enum SectionState
{
    Rows = 1,

    /// <summary>情報なし: the source answered and has nothing. This does not mean that there is no disease.</summary>
    NothingOnFile = 2,

    /// <summary>応答なし: nothing is known; ask by mouth.</summary>
    Unavailable = 3,
}

/// <summary>How old what is shown is.</summary>
public enum Freshness
{
    Fresh = 1,

    /// <summary>From the cache, older than the limit, because the source did not answer now.</summary>
    Stale = 2,

    /// <summary>The source did not answer, or not wholly.</summary>
    Unknown = 3,
}

/// <summary>One line of a section: codes and values; sentences are worded elsewhere.</summary>
/// <param name="RowId">Names the row within its section, such as <c>medicines-2</c>; stable as long as the records are the same.</param>
/// <param name="Text">As coded by the source.</param>
/// <param name="AsOf">When it happened or was recorded, as exactly as the source says; null when it does not.</param>
/// <param name="Window">How far back this row's source looks.</param>
/// <param name="PatientNotTold">未告知・本人や家族の前で読み上げない.</param>
/// <param name="Superseded">The same fact stands in a better row; kept for the history.</param>
/// <param name="IsOver">The source says that it ended.</param>
public sealed record SummaryRow(
    string RowId,
    RowKind Kind,
    string Text,
    string Code,
    string CodeSystem,
    RecordOrigin Source,
    RecordDate? AsOf,
    LookBack Window,
    string Institution,
    string Detail,
    bool PatientNotTold,
    bool Superseded,
    bool IsOver
);

/// <summary>A block of the summary.</summary>
/// <param name="AsOf">When the source answered (the earliest, when several answers stand in the section); null when it did not.</param>
/// <param name="Age">Time since <paramref name="AsOf"/> by the monotonic clock.</param>
/// <param name="Windows">Every look-back that applies to the section, also when it is empty.</param>
/// <param name="Missing">Kinds of record that did not arrive or not wholly; the section is incomplete when this is not empty.</param>
/// <param name="Reason">Why something is missing; the first one.</param>
/// <param name="IsSimulated">The source said that this is test data (模擬).</param>
public sealed record SummarySection(
    SectionKind Kind,
    SectionState State,
    Freshness Freshness,
    DateTimeOffset? AsOf,
    TimeSpan? Age,
    IReadOnlyList<LookBack> Windows,
    IReadOnlyList<SummaryRow> Rows,
    IReadOnlyList<RecordKind> Missing,
    UnavailableReason? Reason,
    bool IsSimulated
);

/// <summary>All sections that a grant opens, in order of use.</summary>
public sealed record MedicalSummary(IReadOnlyList<SummarySection> Sections);
