using System.Diagnostics;
using System.Globalization;
using System.Net;
using MinaKyukyu.LoadTests.Serving;

namespace MinaKyukyu.LoadTests.Wire;

/// <summary>The server of both endpoints in a process of its own, so that its allocations are its own.</summary>
internal sealed class WireProcess : IAsyncDisposable
{
    public const string ServerWord = "wire-server";

    private readonly ChildProcess _child;
    private readonly HttpClient _http;

    private WireProcess(ChildProcess child)
    {
        _child = child;
        Address = new Uri(child.FirstLine);
        _http = new HttpClient
        {
            BaseAddress = Address,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    public Uri Address { get; }

    /// <inheritdoc cref="ChildProcess.ProcessorTime"/>
    public TimeSpan ProcessorTime => _child.ProcessorTime;

    /// <remarks>It runs as the service does, not as the generator.</remarks>
    /// <exception cref="ServerProcessException">It ended or did not become ready.</exception>
    public static async Task<WireProcess> StartAsync(CancellationToken stop) =>
        new(
            await ChildProcess.StartAsync(
                [typeof(WireProcess).Assembly.Location, ServerWord],
                stop,
                ("DOTNET_TieredPGO", "1"),
                ("DOTNET_gcConcurrent", "1")
            )
        );

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

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return _child.DisposeAsync();
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
