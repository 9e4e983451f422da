using System.Net;
using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>The HTTP/2 request of a call.</summary>
internal static class HttpCallRequest
{
    private const string UserAgent = "grpc-mina-kyukyu/0.1";

    public static HttpRequestMessage Create(
        Uri address,
        string? host,
        Metadata? metadata,
        TimeSpan? timeout,
        HttpContent content
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        var headers = request.Headers;
        headers.TryAddWithoutValidation("te", "trailers");
        headers.TryAddWithoutValidation(
            GrpcWords.AcceptEncodingHeader,
            MessageCompression.Accepted
        );
        if (timeout is { } left)
        {
            headers.TryAddWithoutValidation(GrpcWords.TimeoutHeader, GrpcTimeout.Format(left));
        }

        if (host is not null)
        {
            headers.Host = host;
        }

        foreach (var entry in metadata ?? Metadata.Empty)
        {
            if (!GrpcWords.IsReserved(entry.Key))
            {
                headers.TryAddWithoutValidation(entry.Key, MetadataText.Encode(entry));
            }
        }

        if (!headers.Contains("user-agent"))
        {
            headers.TryAddWithoutValidation("user-agent", UserAgent);
        }

        return request;
    }
}
