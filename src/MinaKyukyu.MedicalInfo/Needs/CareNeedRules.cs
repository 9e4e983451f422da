using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.MedicalInfo.Needs;

/// <summary>A care need and the row from which it follows; a fact to be shown, never a conclusion about the person.</summary>
/// <param name="Rule">Such as <c>dialysis-within-3-months</c>.</param>
/// <param name="RuleVersion">Counts up whenever the rule or its codes change.</param>
/// <param name="RowId">The row within <paramref name="Section"/> that fired the rule.</param>
public sealed record CareNeedFinding(
    CareNeeds Need,
    string Rule,
    int RuleVersion,
    SectionKind Section,
    string RowId
);

/// <summary>Three rules from what is on file to what the hospital must be able to do.</summary>
/// <remarks>
/// Rules and codes must be approved by a medical director before any use with patients. Absence of a finding says nothing:
/// what is not on file cannot fire. Superseded rows count, because superseding is a matter of display; a current row is named first.
/// </remarks>
public static class CareNeedRules
{
    public const string DialysisRule = "dialysis-within-3-months";
    public const string PregnancyRule = "pregnancy";
    public const string AnticoagulantRule = "anticoagulant-with-head-injury";

    private const int Version = 1;

    /// <summary>For how long a pregnancy on file is taken as current.</summary>
    /// <value>308 days: 42 weeks, to which two weeks are added for late registration.</value>
    private const int PregnancyDays = 308;

    /// <param name="reportedHeadInjury">The crew reported an injury of the head.</param>
    /// <param name="today">The day in Japan.</param>
    public static IReadOnlyList<CareNeedFinding> Evaluate(
        MedicalSummary summary,
        bool reportedHeadInjury,
        DateOnly today
    )
    {
        List<CareNeedFinding> findings = [];
        Add(findings, CareNeeds.Dialysis, DialysisRule, FindDialysis(summary, today));
        Add(findings, CareNeeds.Obstetrics, PregnancyRule, FindPregnancy(summary, today));
        if (reportedHeadInjury)
        {
            Add(findings, CareNeeds.Neurosurgery, AnticoagulantRule, FindAnticoagulant(summary));
        }

        return findings;
    }

    private static void Add(
        List<CareNeedFinding> findings,
        CareNeeds need,
        string rule,
        (SectionKind Section, SummaryRow Row)? fired
    )
    {
        if (fired is var (section, row))
        {
            findings.Add(new CareNeedFinding(need, rule, Version, section, row.RowId));
        }
    }

    private static (SectionKind, SummaryRow)? FindDialysis(MedicalSummary summary, DateOnly today)
    {
        DateOnly from = today.AddMonths(-3);
        return First(
            summary,
            SectionKind.Risks,
            row => row.Kind == RowKind.Dialysis && IsSince(row, from)
        );
    }

    private static (SectionKind, SummaryRow)? FindPregnancy(MedicalSummary summary, DateOnly today)
    {
        DateOnly from = today.AddDays(-PregnancyDays);
        // Rows are ordered newest first: only the latest answer to "pregnant?" counts, and a "no" ends older entries.
        SummaryRow? latest = Rows(summary, SectionKind.Conditions)
            .FirstOrDefault(row => row.Kind == RowKind.PregnancyStatus && row.AsOf is not null);
        bool isPregnant =
            latest is not null
            && CareNeedCodes.Default.IsPregnantStatus(latest.CodeSystem, latest.Code);
        if (latest is not null && isPregnant && IsSince(latest, from))
        {
            return (SectionKind.Conditions, latest);
        }

        DateOnly ended =
            latest is null || isPregnant ? DateOnly.MinValue : latest.AsOf!.Value.Latest;
        return First(
            summary,
            SectionKind.Conditions,
            row =>
                row is { Kind: RowKind.Condition, IsOver: false }
                && CareNeedCodes.Default.IsPregnancy(row.CodeSystem, row.Code)
                && IsSince(row, from)
                && row.AsOf!.Value.Latest > ended
        );
    }

    private static (SectionKind, SummaryRow)? FindAnticoagulant(MedicalSummary summary) =>
        First(
            summary,
            SectionKind.Medicines,
            row =>
                row is { Kind: RowKind.Medicine, IsOver: false }
                && CareNeedCodes.Default.IsAnticoagulant(row.CodeSystem, row.Code)
        );

    private static bool IsSince(SummaryRow row, DateOnly from) =>
        row.AsOf is { } on && on.Latest >= from;

    private static (SectionKind, SummaryRow)? First(
        MedicalSummary summary,
        SectionKind section,
        Func<SummaryRow, bool> fires
    )
    {
        SummaryRow? row = Rows(summary, section).FirstOrDefault(fires);
        return row is null ? null : (section, row);
    }

    private static IEnumerable<SummaryRow> Rows(MedicalSummary summary, SectionKind section) =>
        summary.Sections.Where(s => s.Kind == section).SelectMany(s => s.Rows);
}
