using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MinaKyukyu.Cli.Demo;

/// <summary>A process of the demo: what it says is kept, and it never outlives the demo.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int Sigterm = 15;
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(12);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _complaints = new();

    private ChildProcess(string name, Process process)
    {
        Name = name;
        _process = process;
    }

    public string Name { get; }

    public int Id => _process.Id;

    /// <summary>Null while it runs.</summary>
    public int? ExitCode => _exitCode ??= _process.HasExited ? _process.ExitCode : null;

    private int? _exitCode;

    /// <summary>The last lines of its standard error.</summary>
    public IEnumerable<string> Complaints => _complaints;

    /// <param name="hear">Told of each line of standard output, from one thread at a time.</param>
    public static ChildProcess Start(
        string name,
        string program,
        IEnumerable<string> words,
        Action<string> hear
    )
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }

        // A demo is short: code that runs at once is worth more than code that runs fastest.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        Process process =
            Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
        var child = new ChildProcess(name, process);
        process.OutputDataReceived += (_, said) => Hear(said.Data, hear);
        process.ErrorDataReceived += (_, said) => Hear(said.Data, child.Complain);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    private static void Hear(string? line, Action<string> hear)
    {
        if (line is not null)
        {
            hear(line);
        }
    }

    private void Complain(string line)
    {
        const int Most = 20;
        _complaints.Enqueue(line);
        while (_complaints.Count > Most)
        {
            _complaints.TryDequeue(out _);
        }
    }

    /// <summary>Asks it to end, and ends it if it does not.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, Sigterm);
        }

        try
        {
            await _process.WaitForExitAsync().WaitAsync(EndWithin);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        return ExitCode!.Value;
    }

    /// <summary>SIGKILL: the plug is pulled.</summary>
    public async Task PullThePlugAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _ = ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (ExitCode is null)
        {
            await EndAsync();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
