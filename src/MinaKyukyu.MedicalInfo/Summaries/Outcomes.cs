namespace MinaKyukyu.MedicalInfo.Summaries;

/// <summary>Which definite word follows from the sections.</summary>
internal static class Outcomes
{
    public static SummaryOutcome Of(MedicalSummary summary)
    {
        IReadOnlyList<SummarySection> sections = summary.Sections;
        if (sections.All(s => s.State == SectionState.Unavailable))
        {
            return SummaryOutcome.Unavailable;
        }

        if (sections.Any(s => s.Freshness != Freshness.Fresh || s.Missing.Count > 0))
        {
            return SummaryOutcome.Partial;
        }

        return sections.All(s => s.State == SectionState.NothingOnFile)
            ? SummaryOutcome.NoRecord
            : SummaryOutcome.Complete;
    }
}
