using MinaKyukyu.Journal.Audit;

namespace MinaKyukyu.Cli.Audit;

/// <summary>What became of verifying, in one line.</summary>
internal static class VerdictSentences
{
    public static string Of(AuditVerdict verdict) =>
        verdict.Flaw is { } flaw
            ? $"{verdict.Department}: 検証できません / NOT verified: {flaw.Sentence} ({verdict.VerifiedRows} rows before it are sound)"
            : $"{verdict.Department}: 検証済み / verified, {verdict.VerifiedRows} rows, {HeadOf(verdict)}";

    private static string HeadOf(AuditVerdict verdict) =>
        verdict.Head switch
        {
            AuditHeadState.CoversAll => "signed head covers all",
            AuditHeadState.CoversSome => $"signed head covers the first {verdict.HeadSequence}",
            _ => "no signed head",
        };
}
