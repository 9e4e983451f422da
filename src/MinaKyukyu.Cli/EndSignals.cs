using System.Runtime.InteropServices;

namespace MinaKyukyu.Cli;

/// <summary>
/// SIGINT and SIGTERM, heard once for all commands. The parser's own hearing may still be at it when the command has ended, and its
/// exception then ends the process with 134; so it is switched off, and what stands here lasts as long as the process.
/// </summary>
internal static class EndSignals
{
    private static readonly CancellationTokenSource Ending = new();
    private static readonly List<PosixSignalRegistration> Heard = [];

    /// <summary>Fires at the first signal; the command then ends in its own time.</summary>
    public static CancellationToken Hear()
    {
        Heard.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, End));
        Heard.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, End));
        return Ending.Token;
    }

    private static void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        Ending.Cancel();
    }
}
