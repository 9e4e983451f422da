using System.Diagnostics;

namespace MinaKyukyu.LoadTests.Serving;

/// <summary>A server of a run cannot be started; the message says why.</summary>
internal sealed class ServerProcessException(string message) : Exception(message);

/// <summary>A .NET program beside the generator, in a process of its own; its first line says that it is ready. Ends with its owner.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>Processor time used so far; says something also on a machine that others use.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>What it said when it was ready.</summary>
    public string FirstLine { get; private set; } = "";

    /// <param name="environment">Set for it alone.</param>
    /// <exception cref="ServerProcessException">It ended or did not become ready.</exception>
    public static async Task<ChildProcess> StartAsync(
        IEnumerable<string> words,
        CancellationToken stop,
        params (string Name, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            words
        )
        {
            UseShellExecute = false,
            // Some live until their input ends, which it does when this process does.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(
            Process.Start(start) ?? throw new ServerProcessException("The server did not start.")
        );
        try
        {
            child.FirstLine = await child.ReadFirstLineAsync(stop);
            return child;
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Pulls the plug.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string> ReadFirstLineAsync(CancellationToken stop)
    {
        try
        {
            return await _process
                    .StandardOutput.ReadLineAsync(stop)
                    .AsTask()
                    .WaitAsync(ReadyWithin, stop)
                ?? throw new ServerProcessException(
                    "The server ended before it was ready; standard error says why."
                );
        }
        catch (TimeoutException)
        {
            throw new ServerProcessException(
                $"The server was not ready within {ReadyWithin.TotalSeconds} s."
            );
        }
    }
}
