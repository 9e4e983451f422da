namespace Grpc.Net.Wire;

/// <summary>The words of the gRPC-over-HTTP/2 specification.</summary>
internal static class GrpcWords
{
    public const string ContentType = "application/grpc";
    public const string WebContentType = "application/grpc-web";
    public const string StatusHeader = "grpc-status";
    public const string MessageHeader = "grpc-message";
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

    /// <summary>Headers that belong to the protocol and are not metadata of the application.</summary>
    public static bool IsReserved(string lowerCaseKey) =>
        lowerCaseKey.StartsWith("grpc-", StringComparison.Ordinal)
            ? !string.Equals(lowerCaseKey, "grpc-status-details-bin", StringComparison.Ordinal)
            : lowerCaseKey
                is "content-type"
                    or "te"
                    or "host"
                    or "accept-encoding"
                    or "connection"
                    or "transfer-encoding"
                    or "content-length";
}
