using System.Globalization;
using Grpc.Core;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The end of a response: status and trailers, behind the messages or, when there are none, as the headers themselves.</summary>
internal static class ResponseEnd
{
    private static readonly StringValues[] Codes =
    [
        .. Enumerable
            .Range(0, (int)StatusCode.Unauthenticated + 1)
            .Select(code => new StringValues(code.ToString(CultureInfo.InvariantCulture))),
    ];

    public static void Write(HttpResponse response, bool hasBegun, Status status, Metadata trailers)
    {
        if (!hasBegun && !response.HasStarted)
        {
            Write(response.Headers, status, trailers);
        }
        else if (
            response.HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is
            { IsReadOnly: false } to
        )
        {
            Write(to, status, trailers);
        }
    }

    public static void Write(IHeaderDictionary to, Status status, Metadata trailers)
    {
        foreach (var entry in trailers)
        {
            if (!GrpcWords.IsReserved(entry.Key))
            {
                to.Append(entry.Key, MetadataText.Encode(entry));
            }
        }

        to.GrpcStatus =
            (uint)status.StatusCode < (uint)Codes.Length
                ? Codes[(int)status.StatusCode]
                : Codes[(int)StatusCode.Unknown];
        if (!string.IsNullOrEmpty(status.Detail))
        {
            to.GrpcMessage = StatusText.Encode(status.Detail);
        }
    }
}
