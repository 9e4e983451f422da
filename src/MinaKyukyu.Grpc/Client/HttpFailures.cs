using System.Net;
using System.Net.Sockets;
using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>What a failure of the transport means for a call; the tables are those of the gRPC specification.</summary>
internal static class HttpFailures
{
    public static StatusCode CodeOf(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.BadRequest => StatusCode.Internal,
            HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
            HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
            HttpStatusCode.NotFound => StatusCode.Unimplemented,
            HttpStatusCode.TooManyRequests
            or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout => StatusCode.Unavailable,
            _ => StatusCode.Unknown,
        };

    public static Status StatusOf(Exception failure)
    {
        if (failure is RpcException refused)
        {
            return refused.Status;
        }

        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case HttpProtocolException protocol:
                    return new Status(
                        CodeOfReset(protocol.ErrorCode),
                        "The server broke the stream off.",
                        failure
                    );
                case SocketException
                or HttpIOException
                or HttpRequestException { HttpRequestError: not HttpRequestError.Unknown }:
                    return new Status(
                        StatusCode.Unavailable,
                        "The server cannot be reached.",
                        failure
                    );
                case OperationCanceledException:
                    return new Status(StatusCode.Cancelled, "The call was given up.", failure);
            }
        }

        return failure switch
        {
            HttpRequestException or IOException => new Status(
                StatusCode.Unavailable,
                "The server cannot be reached.",
                failure
            ),
            _ => new Status(StatusCode.Internal, "The answer cannot be read.", failure),
        };
    }

    /// <summary>HTTP/2 error codes (RFC 9113 §7) as the gRPC specification maps them.</summary>
    private static StatusCode CodeOfReset(long errorCode) =>
        errorCode switch
        {
            0x7 => StatusCode.Unavailable,
            0x8 => StatusCode.Cancelled,
            0xb => StatusCode.ResourceExhausted,
            0xc => StatusCode.PermissionDenied,
            _ => StatusCode.Internal,
        };
}
