using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Server.Identity;

namespace MinaKyukyu.Server.Wire;

/// <summary>Calls of consoles in a browser: gRPC-Web from our own pages, and from the origins that the department named.</summary>
internal static class WebCalls
{
    private const string Policy = "consoles";

    /// <summary>How long a browser may remember that it asked.</summary>
    private static readonly TimeSpan PreflightAge = TimeSpan.FromMinutes(10);

    /// <summary>Besides what a page may always read: how the call ended, and why.</summary>
    private static readonly string[] ReadableHeaders =
    [
        "grpc-status",
        "grpc-message",
        RefusalStatus.DetailsKey,
    ];

    private static readonly string[] SentHeaders =
    [
        "content-type",
        "authorization",
        "grpc-timeout",
        "x-grpc-web",
        "x-user-agent",
    ];

    /// <exception cref="MinaServerException">An origin is none.</exception>
    public static void AddWebCalls(this IServiceCollection services, MinaServerOptions options)
    {
        string[] origins = [.. options.WebOrigins.Select(OriginOf)];
        string[] headers = options.DemoIdentities
            ? [.. SentHeaders, .. DemoIdentities.Keys]
            : SentHeaders;
        services.AddCors(cors => cors.AddPolicy(Policy, policy => Allow(policy, origins, headers)));
    }

    public static void UseWebCalls(this WebApplication app)
    {
        app.UseCors();
        app.UseGrpcWeb();
    }

    public static void ForConsoles(this GrpcServiceEndpointConventionBuilder service) =>
        service.EnableGrpcWeb().RequireCors(Policy);

    /// <summary>Tokens travel in a header, so no cookie is ever sent along: a page of another origin acts for nobody by itself.</summary>
    private static void Allow(CorsPolicyBuilder policy, string[] origins, string[] headers) =>
        policy
            .WithOrigins(origins)
            .WithMethods(HttpMethods.Post)
            .WithHeaders(headers)
            .WithExposedHeaders(ReadableHeaders)
            .SetPreflightMaxAge(PreflightAge);

    private static string OriginOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && address.Scheme is "http" or "https"
        && text.TrimEnd('/') == address.GetLeftPart(UriPartial.Authority)
            ? address.GetLeftPart(UriPartial.Authority)
            : throw new MinaServerException(
                $"{text} は https://console.example.jp の形ではありません / {text} is not an origin of the form https://console.example.jp."
            );
}
