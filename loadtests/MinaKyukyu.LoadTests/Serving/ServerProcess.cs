namespace MinaKyukyu.LoadTests.Serving;

/// <summary><c>mina serve</c> in a process of its own, on a data directory that is thrown away.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly ChildProcess _child;

    private ServerProcess(ChildProcess child)
    {
        _child = child;
        Grpc = AddressIn(child.FirstLine, "grpc=");
        Web = AddressIn(child.FirstLine, "web=");
    }

    public Uri Grpc { get; }

    public Uri Web { get; }

    /// <inheritdoc cref="ChildProcess.ProcessorTime"/>
    public TimeSpan ProcessorTime => _child.ProcessorTime;

    /// <param name="data">Kept on the disk that it names: the journal's cost is part of the measurement.</param>
    /// <exception cref="ServerProcessException">It ended or did not become ready.</exception>
    public static async Task<ServerProcess> StartAsync(
        string data,
        string city,
        CancellationToken stop,
        params string[] more
    )
    {
        ChildProcess child = await ChildProcess.StartAsync(
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
            ],
            stop
        );
        try
        {
            return new ServerProcess(child);
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Pulls the plug: the data is thrown away with it.</summary>
    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private static Uri AddressIn(string line, string word) =>
        line.Split(' ').FirstOrDefault(w => w.StartsWith(word, StringComparison.Ordinal))
            is { } found
            ? new Uri(found[word.Length..])
            : throw new ServerProcessException($"The service was not ready: {line}");
}
