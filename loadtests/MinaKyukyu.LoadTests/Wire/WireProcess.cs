using System.Diagnostics;
using System.Globalization;
using System.Net;
using MinaKyukyu.LoadTests.Serving;

namespace MinaKyukyu.LoadTests.Wire;

/// <summary>The server of both endpoints in a process of its own, so that its allocations are its own.</summary>
internal sealed class WireProcess : IAsyncDisposable
{
    public const string ServerWord = "wire-server";

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly HttpClient _http;

    private WireProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        _http = new HttpClient
        {
            BaseAddress = address,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    public Uri Address { get; }

    /// <summary>What the server has used so far; says something also on a machine that others use.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<WireProcess> StartAsync(CancellationToken stop)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"
        )
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(typeof(WireProcess).Assembly.Location);
        start.ArgumentList.Add(ServerWord);
        // As the service runs, not as the generator does.
        start.Environment["DOTNET_TieredPGO"] = "1";
        start.Environment["DOTNET_gcConcurrent"] = "1";
        Process process =
            Process.Start(start) ?? throw new ServerProcessException("The server did not start.");
        try
        {
            string line =
                await process
                    .StandardOutput.ReadLineAsync(stop)
                    .AsTask()
                    .WaitAsync(ReadyWithin, stop)
                ?? throw new ServerProcessException("The server ended before it was ready.");
            return new WireProcess(process, new Uri(line));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>The answer to a body that is posted as gRPC.</summary>
    public async Task<byte[]> PostAsync(string path, byte[] body, CancellationToken stop)
    {
        using HttpResponseMessage response = await SendAsync(path, body, stop);
        return await response.Content.ReadAsByteArrayAsync(stop);
    }

    /// <summary>How long it takes to read the whole answer, and how many bytes it has.</summary>
    public async Task<(TimeSpan Took, long Bytes)> DrainAsync(
        string path,
        byte[] body,
        CancellationToken stop
    )
    {
        long began = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await SendAsync(path, body, stop);
        await using Stream answer = await response.Content.ReadAsStreamAsync(stop);
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        while (await answer.ReadAsync(buffer, stop) is int count and > 0)
        {
            bytes += count;
        }

        return (Stopwatch.GetElapsedTime(began), bytes);
    }

    public async Task<long> AllocatedAsync(CancellationToken stop) =>
        long.Parse(
            await _http.GetStringAsync(WireServer.AllocatedPath, stop),
            CultureInfo.InvariantCulture
        );

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(
        string path,
        byte[] body,
        CancellationToken stop
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(body),
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Content.Headers.ContentType = new("application/grpc");
        request.Headers.TE.ParseAdd("trailers");
        HttpResponseMessage response = await _http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            stop
        );
        return response.EnsureSuccessStatusCode();
    }
}
