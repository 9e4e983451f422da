using System.Diagnostics;
using System.Text;

namespace MinaKyukyu.EndToEnd.Tests;

/// <summary>The real executable as a process of its own; ended by its handle in any case.</summary>
internal sealed class MinaProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Task<string> _output;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<string> _firstLine = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    private MinaProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _output = ReadAsync();
    }

    public static string Root { get; } = FindRoot();

    /// <summary>Built beside these tests, in the same configuration.</summary>
    private static string Program { get; } =
        Path.Combine(
            Root,
            "src",
            "MinaKyukyu.Cli",
            "bin",
            new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
            "net10.0",
            "MinaKyukyu.Cli.dll"
        );

    public int Id => _process.Id;

    public static MinaProcess Start(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Program);
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }

        return new MinaProcess(Process.Start(start)!);
    }

    /// <summary>A server on ports of the system's choice.</summary>
    public static MinaProcess Serve(string data, params string[] more) =>
        Start([
            "serve",
            "--data",
            data,
            "--grpc",
            "http://127.0.0.1:0",
            "--web",
            "http://127.0.0.1:0",
            .. more,
        ]);

    public static async Task<(int Exit, string Output, string Errors)> RunAsync(
        params string[] words
    )
    {
        await using MinaProcess mina = Start(words);
        return await mina.EndAsync();
    }

    /// <summary>The line by which it says that it can be used.</summary>
    public async Task<string> ReadyAsync()
    {
        Task first = await Task.WhenAny(_firstLine.Task, _process.WaitForExitAsync())
            .WaitAsync(Patience);
        return first == _firstLine.Task
            ? await _firstLine.Task
            : throw new InvalidOperationException(
                $"It ended with {_process.ExitCode}: {await _errors}"
            );
    }

    /// <summary>Where gRPC listens.</summary>
    public async Task<Uri> GrpcAsync() => new((await ReadyAsync()).Split(' ')[1]["grpc=".Length..]);

    public async Task<(int Exit, string Output, string Errors)> EndAsync(TimeSpan? within = null)
    {
        await _process.WaitForExitAsync().WaitAsync(within ?? Patience);
        return (_process.ExitCode, await _output, await _errors);
    }

    /// <summary>As an operator or systemd does.</summary>
    public void Terminate()
    {
        using Process kill = Process.Start(
            "kill",
            ["-TERM", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]
        );
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync().WaitAsync(Patience);
        }

        _process.Dispose();
    }

    private async Task<string> ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _said.Append(line).Append('\n');
            _firstLine.TrySetResult(line);
        }

        return _said.ToString();
    }

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "MinaKyukyu.sln")))
        {
            at = at.Parent;
        }

        return at?.FullName
            ?? throw new InvalidOperationException("The tests run inside the checkout.");
    }
}
