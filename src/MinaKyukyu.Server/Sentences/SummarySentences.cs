using MinaKyukyu.MedicalInfo.Needs;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Server.Sentences;

/// <summary>What stands around the rows of a summary. Facts only: no sentence here concludes anything about a person.</summary>
internal static class SummarySentences
{
    public static Sentence TitleOf(SectionKind section) =>
        section switch
        {
            SectionKind.Risks => Words("透析・手術", "Dialysis and surgery"),
            SectionKind.Medicines => Words("薬剤", "Medicines"),
            SectionKind.Treatments => Words("診療", "Treatments"),
            SectionKind.Allergies => Words(
                "アレルギー・薬剤禁忌",
                "Allergies and contraindications"
            ),
            SectionKind.Conditions => Words("傷病名・妊娠", "Conditions and pregnancy"),
            SectionKind.Visits => Words("受診歴", "Visits"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static Sentence WindowsOf(IReadOnlyList<LookBack> windows)
    {
        LookBack[] distinct = [.. windows.Distinct()];
        return distinct.Length == 0
            ? Words("", "")
            : Words(
                $"過去{string.Join("・", distinct.Select(Ja))}の記録",
                $"Records of the last {string.Join(", ", distinct.Select(En))}"
            );
    }

    private static string Ja(LookBack window) =>
        window.Unit switch
        {
            LookBackUnit.Days => $"{window.Amount}日",
            LookBackUnit.Months => $"{window.Amount}か月",
            _ => $"{window.Amount}年",
        };

    private static string En(LookBack window) =>
        window.Unit switch
        {
            LookBackUnit.Days => $"{window.Amount} days",
            LookBackUnit.Months => $"{window.Amount} months",
            _ => $"{window.Amount} years",
        };

    /// <summary>Nothing on file and no answer are different news, and neither means that there is no disease.</summary>
    public static Sentence? NoteOn(SummarySection section) =>
        section.State switch
        {
            SectionState.NothingOnFile => Words(
                "情報なし(未登録・対象外を含む)。病気がないことを意味しません",
                "No information on file. This does not mean no disease"
            ),
            SectionState.Unavailable => Words(
                "照会先の応答なし。口頭で聴取してください",
                "The source does not answer. Interview by voice"
            ),
            _ when section.Missing.Count > 0 => Words("一部未着", "Something has not arrived"),
            _ when section.IsSimulated => Words("模擬データ", "Simulated data"),
            _ => null,
        };

    /// <summary>Beside what is said of the section anyway.</summary>
    public static Sentence NotAllOf(int shown, SummarySection section)
    {
        int all = section.Rows.Count;
        Sentence cut = Words(
            $"件数が多いため{all}件のうち{shown}件を表示(重要・新しい順)",
            $"Too many rows: {shown} of {all} are shown, important and new ones first"
        );
        return NoteOn(section) is { } note
            ? Words($"{note.Ja}。{cut.Ja}", $"{note.En}. {cut.En}")
            : cut;
    }

    public static string SourceOf(RecordOrigin origin) =>
        origin switch
        {
            RecordOrigin.Claims => "レセプト",
            RecordOrigin.Dispensed => "調剤(電子処方箋)",
            RecordOrigin.Prescribed => "処方(電子処方箋)",
            RecordOrigin.Chart => "電子カルテ情報共有",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static Sentence Of(SummaryOutcome outcome) =>
        outcome switch
        {
            SummaryOutcome.Complete => Words("表示完了", "Complete"),
            SummaryOutcome.Partial => Words("一部のみ表示中", "Partial"),
            SummaryOutcome.NoRecord => Words(
                "登録情報なし。病気がないことを意味しません",
                "Nothing on file. This does not mean no disease"
            ),
            SummaryOutcome.Unavailable => Words(
                "照会できません。待たずに口頭で聴取してください",
                "Source not answering. Do not wait; interview"
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    public static Sentence Of(CareNeedFinding finding) =>
        finding.Need switch
        {
            CareNeeds.Dialysis => Words(
                "透析の記録あり(3か月以内)",
                "Dialysis on file within 3 months"
            ),
            CareNeeds.Obstetrics => Words("妊娠の記録あり", "Pregnancy on file"),
            CareNeeds.Neurosurgery => Words(
                "抗凝固薬の調剤あり・頭部受傷の申告あり",
                "Anticoagulant on file, head injury reported"
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static Sentence Words(string ja, string en) => new(ja, en);
}
