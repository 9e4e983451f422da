using Grpc.AspNetCore.Server.Calls;
using Microsoft.AspNetCore.Http;

namespace Grpc.Core;

/// <summary>From a call to the HTTP request that carries it.</summary>
public static class ServerCallContextExtensions
{
    /// <summary>Where a context of another type keeps the request, as the public package does.</summary>
    internal const string HttpContextKey = "__HttpContext";

    /// <exception cref="InvalidOperationException">The call did not come over HTTP.</exception>
    public static HttpContext GetHttpContext(this ServerCallContext serverCallContext)
    {
        ArgumentNullException.ThrowIfNull(serverCallContext);
        if (serverCallContext is HttpServerCall call)
        {
            return call.Http;
        }

        return
            serverCallContext.UserState.TryGetValue(HttpContextKey, out var kept)
            && kept is HttpContext http
            ? http
            : throw new InvalidOperationException("This call did not come over HTTP.");
    }
}
