using System.Collections.Immutable;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.MedicalInfo.Summaries;

namespace MinaKyukyu.Server.Flows;

/// <summary>What one reading brought to a screen: kinds alone.</summary>
internal sealed class Screen(DateTimeOffset openedAt)
{
    private readonly ImmutableArray<string>.Builder _shown = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<string>.Builder _missing =
        ImmutableArray.CreateBuilder<string>();
    private string _ended = SummaryAudit.BrokenOff;

    /// <summary>Noted before it is sent: what may have been seen counts as shown.</summary>
    public void Show(SummaryEvent step)
    {
        switch (step)
        {
            case SummaryEvent.SectionArrived({ State: SectionState.Unavailable } section):
                _missing.Add(Sections.NameOf(section.Kind));
                break;
            case SummaryEvent.SectionArrived(var section):
                _shown.Add(Sections.NameOf(section.Kind));
                break;
            case SummaryEvent.Ended(var outcome, _):
                End(WordOf(outcome));
                break;
        }
    }

    public void End(string word) => _ended = word;

    public AuditEntry ToAudit(AccessGrant grant, TimeProvider time) =>
        SummaryAudit.Shown(
            grant,
            _shown.ToImmutable(),
            _missing.ToImmutable(),
            _ended,
            openedAt,
            time.GetUtcNow()
        );

    /// <summary>Whether the source had anything on file is the patient's affair: "nothing" is written as any whole answer.</summary>
    private static string WordOf(SummaryOutcome outcome) =>
        outcome switch
        {
            SummaryOutcome.Complete or SummaryOutcome.NoRecord => "complete",
            SummaryOutcome.Partial => "partial",
            SummaryOutcome.Unavailable => "unavailable",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
