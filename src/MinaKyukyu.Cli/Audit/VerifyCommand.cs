using System.CommandLine;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Journal.Ports;

namespace MinaKyukyu.Cli.Audit;

/// <summary><c>mina audit verify</c>: walks the chain and names the first bad row.</summary>
internal static class VerifyCommand
{
    private static readonly Option<string> Data = AuditWords.Data();

    private static readonly Option<string[]> HeadDirectories = new("--head-dir")
    {
        Description =
            "directory with heads that the server exported elsewhere; may be given several times",
    };

    public static Command Build()
    {
        Command verify = new("verify", "監査記録の連鎖を検証します / verify the audit chain")
        {
            Data,
            HeadDirectories,
        };
        verify.SetAction(
            (words, stop) =>
                RunAsync(words.GetValue(Data)!, words.GetValue(HeadDirectories) ?? [], stop)
        );
        return verify;
    }

    private static async Task<int> RunAsync(string data, string[] elsewhere, CancellationToken stop)
    {
        try
        {
            bool isSound = await SayAsync("", await AuditFiles.VerifyAsync(data, stop));
            foreach (string place in elsewhere)
            {
                isSound &= await SayAsync(
                    $"{place}: ",
                    await AuditFiles.VerifyAsync(data, stop, place)
                );
            }

            return isSound ? ExitCode.Done : ExitCode.No;
        }
        catch (StoreUnavailableException refused)
        {
            await Console.Error.WriteLineAsync($"mina audit: {refused.Message}");
            return refused.Trouble == StoreTrouble.Missing ? ExitCode.WrongWords : ExitCode.No;
        }
    }

    private static async Task<bool> SayAsync(string by, IReadOnlyList<AuditVerdict> verdicts)
    {
        if (verdicts.Count == 0)
        {
            await Console.Out.WriteLineAsync($"{by}監査記録はまだありません / no audit rows yet");
        }

        foreach (AuditVerdict verdict in verdicts)
        {
            await Console.Out.WriteLineAsync(by + VerdictSentences.Of(verdict));
            // Whoever asks for heads elsewhere must not take their absence for a good answer.
            if (by.Length > 0 && verdict.Head == AuditHeadState.Absent)
            {
                await Console.Out.WriteLineAsync(
                    $"{by}{verdict.Department}: 署名済みの末尾がありません / there is no signed head here"
                );
            }
        }

        return verdicts.All(v => v.IsSound && (by.Length == 0 || v.Head != AuditHeadState.Absent));
    }
}
