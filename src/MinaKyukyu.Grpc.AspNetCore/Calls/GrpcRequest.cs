using Grpc.Core;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>Whether a request is gRPC over HTTP/2 (or 3) at all; if not, it is answered here.</summary>
internal static class GrpcRequest
{
    /// <returns><see langword="false"/> when the response is set and nothing more is to be done.</returns>
    public static bool TryAccept(HttpContext http, ILogger logger)
    {
        if (!GrpcWords.IsGrpcContentType(http.Request.ContentType))
        {
            Refuse(
                http,
                logger,
                StatusCodes.Status415UnsupportedMediaType,
                "The content type of a gRPC request is application/grpc."
            );
            return false;
        }

        if (
            !HttpProtocol.IsHttp2(http.Request.Protocol)
            && !HttpProtocol.IsHttp3(http.Request.Protocol)
        )
        {
            // The public package answers so, too: 426 names the way out, and old clients show grpc-message.
            if (HttpProtocol.IsHttp11(http.Request.Protocol))
            {
                http.Response.Headers[HeaderNames.Upgrade] = "HTTP/2";
            }

            Refuse(http, logger, StatusCodes.Status426UpgradeRequired, "gRPC needs HTTP/2.");
            return false;
        }

        return true;
    }

    private static void Refuse(HttpContext http, ILogger logger, int httpStatus, string why)
    {
        GrpcServerLog.NotGrpc(logger, httpStatus);
        http.Response.StatusCode = httpStatus;
        ResponseEnd.Write(
            http.Response.Headers,
            new Status(StatusCode.Internal, why),
            Metadata.Empty
        );
    }
}
