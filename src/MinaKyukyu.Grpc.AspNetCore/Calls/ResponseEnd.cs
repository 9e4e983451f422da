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
        Write(to, trailers);
        to.GrpcStatus =
            (uint)status.StatusCode < (uint)Codes.Length
                ? Codes[(int)status.StatusCode]
                : Codes[(int)StatusCode.Unknown];
        if (!string.IsNullOrEmpty(status.Detail))
        {
            to.GrpcMessage = StatusText.Encode(status.Detail);
        }
    }

    /// <summary>Adds the application's own entries. Not by Append, which drops an empty value; that a key is there is news, too.</summary>
    public static void Write(IHeaderDictionary to, Metadata metadata)
    {
        foreach (var entry in metadata)
        {
            if (!GrpcWords.IsReserved(entry.Key))
            {
                to[entry.Key] = StringValues.Concat(to[entry.Key], MetadataText.Encode(entry));
            }
        }
    }
}
