using Grpc.Net.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Web;

/// <summary>On an endpoint: browsers may call it.</summary>
internal sealed class GrpcWebEnabled
{
    public static readonly GrpcWebEnabled Instance = new();
}

/// <summary>
/// Makes a gRPC-Web call look like gRPC to everything behind it. The request differs in the name of its content alone; the response
/// in that, and in its trailers, which stand as a last frame in its body because browsers show no others.
/// </summary>
internal sealed class GrpcWebMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return
            GrpcWords.WebSuffixOf(http.Request.ContentType) is { } suffix
            && http.GetEndpoint()?.Metadata.GetMetadata<GrpcWebEnabled>() is not null
            ? ServeAsync(http, suffix)
            : next(http);
    }

    private async Task ServeAsync(HttpContext http, string suffix)
    {
        var (protocol, contentType) = (http.Request.Protocol, http.Request.ContentType);
        var body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var trailers = http.Features.Get<IHttpResponseTrailersFeature>();
        var response = new GrpcWebResponse(http.Response, body, GrpcWords.WebContentType + suffix);
        http.Features.Set<IHttpResponseBodyFeature>(response);
        http.Features.Set<IHttpResponseTrailersFeature>(response);
        http.Request.Protocol = HttpProtocol.Http2;
        http.Request.ContentType = GrpcWords.ContentType + suffix;
        try
        {
            await next(http).ConfigureAwait(false);
            await response.EndAsync().ConfigureAwait(false);
        }
        finally
        {
            http.Features.Set(body);
            http.Features.Set(trailers);
            (http.Request.Protocol, http.Request.ContentType) = (protocol, contentType);
        }
    }
}
