using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using MinaKyukyu.FaultWorld.Serving;

namespace MinaKyukyu.FaultWorld.Houses;

/// <summary>A server in a process of its own. It never outlives the proof.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    /// <summary>What a shell calls a process that SIGKILL ended: 128 + 9.</summary>
    private const int KilledBySignal = 137;

    private const int Sigterm = 15;

    /// <summary>Until it is ready, or until a named point is reached: a start takes about 1 s on an idle machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly TaskCompletionSource<Uri> _ready = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    private ServerProcess(Process process) => _process = process;

    /// <summary>The words with which it said that it dies at its named point; null when it did not get there.</summary>
    public string? LastWords { get; private set; }

    public static ServerProcess Start(string data, Fault? fault = null, string? planted = null)
    {
        string program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        }

        Add(start, ServeCommand.Name, "--data", data);
        if (fault is not null)
        {
            Add(start, "--fault", fault.ToString());
        }

        if (planted is not null)
        {
            Add(start, "--planted", planted);
        }

        // It lives for seconds: code that runs at once is worth more than code that runs fastest.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCounting"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        var server = new ServerProcess(
            new Process { StartInfo = start, EnableRaisingEvents = true }
        );
        server.Begin();
        return server;
    }

    private static void Add(ProcessStartInfo start, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }
    }

    private void Begin()
    {
        _process.OutputDataReceived += (_, said) => Hear(said.Data ?? "");
        _process.ErrorDataReceived += (_, said) => Complain(said.Data ?? "");
        _process.Exited += (_, _) =>
            _ready.TrySetException(
                new InvalidOperationException("the server ended before it was ready")
            );
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Hear(string line)
    {
        if (line.StartsWith(ServeCommand.ReadyWord + " ", StringComparison.Ordinal))
        {
            _ready.TrySetResult(new Uri(line[(ServeCommand.ReadyWord.Length + 1)..]));
        }
        else if (line.StartsWith(ServeCommand.PointWord + " ", StringComparison.Ordinal))
        {
            LastWords = line[(ServeCommand.PointWord.Length + 1)..].Trim();
        }
    }

    private void Complain(string line)
    {
        const int Most = 10;
        _complaints.Enqueue(line);
        while (_complaints.Count > Most)
        {
            _complaints.TryDequeue(out _);
        }
    }

    /// <returns>Where its gRPC listens.</returns>
    /// <exception cref="InvalidOperationException">It did not come up; with its last complaints.</exception>
    public async Task<Uri> WhenReadyAsync(CancellationToken stop)
    {
        try
        {
            return await _ready.Task.WaitAsync(Patience, stop);
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            throw new InvalidOperationException(
                $"{e.Message}; it said: {string.Join(" | ", _complaints)}",
                e
            );
        }
    }

    /// <summary>SIGKILL from outside.</summary>
    /// <returns>Null, or why that was no kill.</returns>
    public Task<string?> KillAsync(CancellationToken stop)
    {
        _process.Kill();
        return WhenKilledAsync(stop);
    }

    /// <summary>Waits until it is dead by SIGKILL, its own or ours.</summary>
    /// <returns>Null, or what happened instead.</returns>
    public async Task<string?> WhenKilledAsync(CancellationToken stop)
    {
        try
        {
            await _process.WaitForExitAsync(stop).WaitAsync(Patience, stop);
        }
        catch (TimeoutException)
        {
            return "the server went on living";
        }

        return _process.ExitCode == KilledBySignal
            ? null
            : $"the server ended with {_process.ExitCode} and not by SIGKILL; it said: {string.Join(" | ", _complaints)}";
    }

    /// <summary>SIGTERM, and the orderly end that follows.</summary>
    /// <returns>Null, or what was not orderly.</returns>
    public async Task<string?> EndAsync(CancellationToken stop)
    {
        _ = Kill(_process.Id, Sigterm);
        try
        {
            await _process.WaitForExitAsync(stop).WaitAsync(Patience, stop);
        }
        catch (TimeoutException)
        {
            return "the server did not end after SIGTERM";
        }

        return _process.ExitCode == 0
            ? null
            : $"the server ended with {_process.ExitCode} after SIGTERM";
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.Kill();
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (Exception e)
            when (e is InvalidOperationException or Win32Exception or TimeoutException)
        {
            // It has ended, or nothing can end it.
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
