using System.Diagnostics;

namespace MinaKyukyu.LoadTests.Serving;

/// <summary>The service cannot be started; the message says why.</summary>
internal sealed class ServerProcessException(string message) : Exception(message);

/// <summary><c>mina serve</c> in a process of its own, on a data directory that is thrown away.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    public Uri Grpc { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Processor time that the service has used so far; says something also on a machine that others use.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public Uri Web { get; private set; } = new("http://127.0.0.1/");

    /// <param name="data">Kept on the disk that it names: the journal's cost is part of the measurement.</param>
    /// <exception cref="ServerProcessException">It ended or did not become ready.</exception>
    public static async Task<ServerProcess> StartAsync(
        string data,
        string city,
        CancellationToken stop,
        params string[] more
    )
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        string[] words =
        [
            Checkout.CliProgram,
            "serve",
            "--data",
            data,
            "--grpc",
            "http://127.0.0.1:0",
            "--web",
            "http://127.0.0.1:0",
            "--city",
            city,
            "--demo-identities",
            .. more,
        ];
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }

        var server = new ServerProcess(
            Process.Start(start) ?? throw new ServerProcessException("The service did not start.")
        );
        try
        {
            server.Grpc = await server.ReadReadyLineAsync(stop);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task<Uri> ReadReadyLineAsync(CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(ReadyWithin);
        string? line;
        try
        {
            line = await _process.StandardOutput.ReadLineAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new ServerProcessException(
                $"The service was not ready within {ReadyWithin.TotalSeconds} s."
            );
        }

        string? grpc = line
            ?.Split(' ')
            .FirstOrDefault(word => word.StartsWith("grpc=", StringComparison.Ordinal));
        string? web = line
            ?.Split(' ')
            .FirstOrDefault(word => word.StartsWith("web=", StringComparison.Ordinal));
        if (web is not null)
        {
            Web = new Uri(web["web=".Length..]);
        }

        return grpc is null
            ? throw new ServerProcessException(
                "The service ended before it was ready; standard error says why."
            )
            : new Uri(grpc["grpc=".Length..]);
    }

    /// <summary>Pulls the plug: the data is thrown away with it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
