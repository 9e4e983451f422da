using Grpc.AspNetCore.Server.Calls;
using Grpc.Core;
using Grpc.Net.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Logging;

namespace Grpc.AspNetCore.Server.Mapping;

/// <summary>The services of this host, and the answer to calls of any other.</summary>
internal sealed class MappedServices
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _isUnknownMapped;

    public void Add(string serviceName) => _names.Add(serviceName);

    /// <summary>Answers UNIMPLEMENTED to every gRPC call that no method takes.</summary>
    public void MapUnknownOnce(IEndpointRouteBuilder routes, ILogger logger)
    {
        if (_isUnknownMapped)
        {
            return;
        }

        _isUnknownMapped = true;
        var pattern = RoutePatternFactory.Parse(
            "{unknownService}/{unknownMethod}",
            defaults: null,
            parameterPolicies: new { unknownMethod = new GrpcContentTypeConstraint() }
        );
        routes
            .Map(pattern, http => RefuseAsync(http, logger))
            .Add(endpoint =>
            {
                endpoint.DisplayName = "gRPC - unknown service or method";
                endpoint.Metadata.Add(new HttpMethodMetadata([HttpMethods.Post]));
            });
    }

    private Task RefuseAsync(HttpContext http, ILogger logger)
    {
        if (!GrpcRequest.TryAccept(http, logger))
        {
            return Task.CompletedTask;
        }

        GrpcServerLog.Unimplemented(logger);
        http.Response.ContentType = GrpcWords.ContentType;
        var isServiceKnown =
            http.Request.RouteValues["unknownService"] is string name && _names.Contains(name);
        var why = isServiceKnown
            ? "The method is not implemented."
            : "The service is not implemented.";
        ResponseEnd.Write(
            http.Response.Headers,
            new Status(StatusCode.Unimplemented, why),
            Metadata.Empty
        );
        return Task.CompletedTask;
    }

    /// <summary>Leaves requests that are not gRPC to the other endpoints of the host.</summary>
    private sealed class GrpcContentTypeConstraint : IRouteConstraint
    {
        public bool Match(
            HttpContext? httpContext,
            IRouter? route,
            string routeKey,
            RouteValueDictionary values,
            RouteDirection routeDirection
        ) => httpContext is null || GrpcWords.IsGrpcContentType(httpContext.Request.ContentType);
    }
}
