using System.Collections.Frozen;

namespace Grpc.Net.Wire;

/// <summary>The words of the gRPC-over-HTTP/2 specification.</summary>
internal static class GrpcWords
{
    public const string ContentType = "application/grpc";
    public const string WebContentType = "application/grpc-web";
    public const string StatusHeader = "grpc-status";
    public const string MessageHeader = "grpc-message";
    public const string DetailsHeader = "grpc-status-details-bin";
    public const string TimeoutHeader = "grpc-timeout";
    public const string EncodingHeader = "grpc-encoding";
    public const string AcceptEncodingHeader = "grpc-accept-encoding";
    public const string Identity = "identity";
    public const string Gzip = "gzip";

    /// <summary>One byte says whether the message is compressed, four say how long it is.</summary>
    public const int FrameHeaderSize = 5;

    /// <summary>What the public packages accept unless told otherwise: 4 MiB.</summary>
    public const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;

    /// <summary><c>application/grpc</c> alone, with a suffix such as <c>+proto</c>, or with parameters; not <c>application/grpc-web</c>.</summary>
    public static bool IsGrpcContentType(string? contentType)
    {
        if (
            contentType is null
            || !contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        )
        {
            return false;
        }

        return contentType.Length == ContentType.Length
            || contentType[ContentType.Length] is ';' or '+' or ' ';
    }

    /// <summary>What follows <c>application/grpc-web</c>: nothing, <c>+proto</c>, parameters.</summary>
    /// <returns><see langword="null"/> when it is not gRPC-Web in binary form; <c>application/grpc-web-text</c> is not.</returns>
    public static string? WebSuffixOf(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(WebContentType, StringComparison.OrdinalIgnoreCase)
        && (
            contentType.Length == WebContentType.Length
            || contentType[WebContentType.Length] is ';' or '+' or ' '
        )
            ? contentType[WebContentType.Length..]
            : null;

    private static readonly FrozenSet<string> OfHttp = FrozenSet.ToFrozenSet(
        [
            "content-type",
            "te",
            "host",
            "accept-encoding",
            "connection",
            "transfer-encoding",
            "content-length",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Headers that belong to the protocol and are not metadata of the application, in whatever case they are written.</summary>
    public static bool IsReserved(string name) =>
        name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase)
            ? !string.Equals(name, DetailsHeader, StringComparison.OrdinalIgnoreCase)
            : name.StartsWith(':') || OfHttp.Contains(name);
}
