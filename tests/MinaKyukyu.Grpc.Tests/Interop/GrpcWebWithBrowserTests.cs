using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>gRPC-Web as a real browser speaks it, from a page of another origin: over HTTP/1.1 in clear text, and over HTTP/2 with TLS.</summary>
public sealed class GrpcWebWithBrowserTests
{
    private static readonly string[] Promises =
    [
        "unary",
        "server streaming",
        "a message is read before the next is written",
        "metadata",
        "rich errors",
        "an error behind messages",
        "what nobody expected",
        "deadline",
        "cancellation",
        "an unknown method",
    ];

    [Theory]
    [InlineData("HTTP/1.1")]
    [InlineData("HTTP/2")]
    public async Task Serves_a_page_through_connect_web(string protocol)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        using var authority = new TestAuthority("authority of a test");
        await using var app = await ServeAsync(protocol, authority, isForBrowsers: true, seen);

        var words = await Chromium.CallAsync(new Uri(app.Urls.Single()));

        Assert.True(words.Broken is null, words.Broken);
        Assert.Equal(Promises, words.Kept);
        Assert.Equal([protocol], seen);
    }

    [Fact]
    public async Task The_page_notices_a_server_that_browsers_may_not_call()
    {
        using var authority = new TestAuthority("authority of a test");
        await using var app = await ServeAsync("HTTP/1.1", authority, isForBrowsers: false, []);

        var words = await Chromium.CallAsync(new Uri(app.Urls.Single()));

        Assert.Empty(words.Kept);
        Assert.StartsWith("unary:", words.Broken, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> ServeAsync(
        string protocol,
        TestAuthority authority,
        bool isForBrowsers,
        HashSet<string> seen
    )
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    listen.Protocols =
                        protocol == "HTTP/2" ? HttpProtocols.Http2 : HttpProtocols.Http1;
                    if (protocol == "HTTP/2")
                    {
                        listen.UseHttps(authority.Issue("grpc-web"));
                    }
                }
            )
        );
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<HealthWords>();
        builder.Services.AddCors();
        var app = builder.Build();
        app.Use(
            (http, next) =>
            {
                lock (seen)
                {
                    seen.Add(http.Request.Protocol);
                }

                return next(http);
            }
        );
        app.UseCors(policy =>
            policy
                .AllowAnyOrigin()
                .AllowAnyHeader()
                .AllowAnyMethod()
                .WithExposedHeaders(
                    "grpc-status",
                    "grpc-message",
                    "grpc-status-details-bin",
                    "echo-word",
                    "count"
                )
        );
        app.UseGrpcWeb();
        var service = app.MapGrpcService<HealthWords>();
        if (isForBrowsers)
        {
            service.EnableGrpcWeb();
        }

        await app.StartAsync();
        return app;
    }
}
