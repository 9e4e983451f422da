using System.Diagnostics;

namespace MinaKyukyu.GrpcTests;

/// <summary>A Python process with Debian's grpcio (package python3-grpcio); it is ended by its own handle in any case.</summary>
internal sealed class PythonPeer : IDisposable
{
    private const string Interpreter = "/usr/bin/python3";
    private readonly Process _process;
    private readonly Task<string> _errors;

    private PythonPeer(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static PythonPeer Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Interpreter)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "peers", script));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PYTHONIOENCODING"] = "utf-8";
        return new PythonPeer(Process.Start(start)!);
    }

    /// <summary>The next line of its output.</summary>
    public async Task<string> ReadLineAsync(TimeSpan patience) =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(patience)
        ?? throw new InvalidOperationException($"The peer ended: {await _errors}");

    /// <summary>Everything that it prints until it ends.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> RunAsync(TimeSpan patience)
    {
        var output = _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync().WaitAsync(patience);
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
