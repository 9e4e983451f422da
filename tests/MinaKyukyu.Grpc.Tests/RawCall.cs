using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;

namespace MinaKyukyu.GrpcTests;

/// <summary>A call made by hand over HttpClient: what no gRPC client would send, and what no gRPC client would show.</summary>
internal sealed class RawCall : IDisposable
{
    private readonly HttpResponseMessage _response;

    private RawCall(HttpResponseMessage response, byte[] body)
    {
        _response = response;
        Body = body;
    }

    public HttpStatusCode HttpStatus => _response.StatusCode;

    public byte[] Body { get; }

    public bool IsTrailersOnly => _response.Headers.Contains("grpc-status");

    public StatusCode? Status =>
        Header("grpc-status") is { } text
            ? (StatusCode)int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;

    public static byte[] Frame(byte[] payload, byte flag = 0)
    {
        var frame = new byte[5 + payload.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), payload.Length);
        payload.CopyTo(frame, 5);
        return frame;
    }

    public static Task<RawCall> PostAsync(
        TestServer server,
        string method,
        byte[] body,
        params (string Name, string Value)[] headers
    ) =>
        PostAsync(
            server,
            $"/{Echo.ServiceName}/{method}",
            body,
            "application/grpc",
            HttpVersion.Version20,
            headers
        );

    public static async Task<RawCall> PostAsync(
        TestServer server,
        string path,
        byte[] body,
        string? contentType,
        Version version,
        params (string Name, string Value)[] headers
    )
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Address + path)
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(body),
        };
        request.Content.Headers.ContentType = contentType is null
            ? null
            : MediaTypeHeaderValue.Parse(contentType);
        request.Headers.TryAddWithoutValidation("te", "trailers");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await client.SendAsync(request);
        return new RawCall(response, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>A header or trailer.</summary>
    public string? Header(string name) =>
        _response.TrailingHeaders.TryGetValues(name, out var values)
        || _response.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    public void Dispose() => _response.Dispose();
}
