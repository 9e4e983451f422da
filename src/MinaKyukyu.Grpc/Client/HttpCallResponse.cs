using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Wire;

namespace Grpc.Net.Client.Calls;

/// <summary>Reads what an HTTP/2 response says about a call.</summary>
internal static class HttpCallResponse
{
    /// <summary>The status of a response that has no messages: trailers-only, or not gRPC at all.</summary>
    /// <returns><see langword="null"/> when messages and trailers follow.</returns>
    public static Status? StatusWithoutBody(HttpResponseMessage response)
    {
        if (Find(response.Headers, GrpcWords.StatusHeader) is not null)
        {
            return StatusOf(response.Headers);
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            var code = (int)response.StatusCode;
            return new Status(
                HttpFailures.CodeOf(response.StatusCode),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The server answered with HTTP status {code}."
                )
            );
        }

        return GrpcWords.IsGrpcContentType(response.Content.Headers.ContentType?.MediaType)
            ? null
            : new Status(StatusCode.Unknown, "The server's answer is not gRPC.");
    }

    /// <summary>The status in trailers, or in the headers of a trailers-only response.</summary>
    public static Status StatusOf(HttpHeaders headers)
    {
        if (Find(headers, GrpcWords.StatusHeader) is not { } text)
        {
            return new Status(StatusCode.Internal, "The call ended without a status.");
        }

        // A code that this version does not know is UNKNOWN, as the specification asks.
        var code =
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= (int)StatusCode.Unauthenticated
                ? (StatusCode)number
                : StatusCode.Unknown;
        return new Status(
            code,
            StatusText.Decode(Find(headers, GrpcWords.MessageHeader) ?? string.Empty)
        );
    }

    /// <exception cref="RpcException">INTERNAL: a binary header is broken.</exception>
    public static Metadata ReadMetadata(HttpHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            foreach (var value in values)
            {
                MetadataText.AddReceived(metadata, name, value);
            }
        }

        return metadata;
    }

    public static string? Find(HttpHeaders headers, string name)
    {
        if (!headers.NonValidated.TryGetValues(name, out var values))
        {
            return null;
        }

        foreach (var value in values)
        {
            return value;
        }

        return null;
    }
}
