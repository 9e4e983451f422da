using System.ComponentModel;
using System.Diagnostics;

namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>A process of somebody else's program; it is ended by its own handle in any case.</summary>
internal sealed class PeerProcess : IDisposable
{
    /// <summary>How long anything may take here: what hangs must end the test, and a busy machine of two cores must not.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private PeerProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <param name="needs">What to install, for the one whose machine has not got it.</param>
    public static PeerProcess Start(string program, IEnumerable<string> arguments, string needs)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONIOENCODING"] = "utf-8";
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        try
        {
            return new PeerProcess(Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"This test needs {needs}", e);
        }
    }

    /// <summary>The next line of its output.</summary>
    public async Task<string> ReadLineAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
        ?? throw new InvalidOperationException($"The peer ended: {await _errors}");

    /// <summary>Tells it something on its input.</summary>
    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line).WaitAsync(Patience);
        await _process.StandardInput.FlushAsync().WaitAsync(Patience);
    }

    /// <summary>Everything that it still prints until it ends.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> RunAsync()
    {
        var output = _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return (_process.ExitCode, await output, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(milliseconds: 5_000);
        }

        _process.Dispose();
    }
}
