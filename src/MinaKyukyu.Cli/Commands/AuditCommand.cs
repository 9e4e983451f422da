using System.CommandLine;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Storage;

namespace MinaKyukyu.Cli.Commands;

/// <summary><c>mina audit verify</c>: walks the chain and names the first bad row.</summary>
internal static class AuditCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Required = true,
        Description = "data directory",
    };

    public static Command Build()
    {
        Command verify = new("verify", "監査記録の連鎖を検証します / verify the audit chain")
        {
            Data,
        };
        verify.SetAction((words, stop) => VerifyAsync(words.GetValue(Data)!, stop));
        return new Command("audit", "監査記録 / audit") { verify };
    }

    private static async Task<int> VerifyAsync(string data, CancellationToken stop)
    {
        try
        {
            IReadOnlyList<AuditVerdict> verdicts = await AuditFiles.VerifyAsync(data, stop);
            if (verdicts.Count == 0)
            {
                await Console.Out.WriteLineAsync("監査記録はまだありません / no audit rows yet");
            }

            foreach (AuditVerdict verdict in verdicts)
            {
                await Console.Out.WriteLineAsync(SentenceOf(verdict));
            }

            return verdicts.All(v => v.IsSound) ? ExitCode.Done : ExitCode.No;
        }
        catch (StoreUnavailableException refused)
        {
            await Console.Error.WriteLineAsync($"mina audit: {refused.Message}");
            return refused.Trouble == StoreTrouble.Missing ? ExitCode.WrongWords : ExitCode.No;
        }
    }

    private static string SentenceOf(AuditVerdict verdict) =>
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
