using System.Diagnostics;
using System.Net;
using Google.Protobuf;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace MinaKyukyu.LoadTests.Tests.Generating;

/// <summary>Answers the health check at once, but in the first part of each period nobody at all. Bare HTTP/2: no gRPC library of ours in it.</summary>
internal sealed class StallingServer : IAsyncDisposable
{
    private static readonly byte[] Answer = Framed(
        new HealthCheckResponse { Status = HealthCheckResponse.Types.ServingStatus.Serving }
    );

    private readonly WebApplication _app;

    private StallingServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public static async Task<StallingServer> StartAsync(TimeSpan stall, TimeSpan period)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = 10_000;
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listener => listener.Protocols = HttpProtocols.Http2
            );
        });
        WebApplication app = builder.Build();
        long began = Stopwatch.GetTimestamp();
        app.MapPost(
            "/grpc.health.v1.Health/Check",
            http => AnswerAsync(http, began, stall, period)
        );
        await app.StartAsync();
        return new StallingServer(app);
    }

    private static async Task AnswerAsync(
        HttpContext http,
        long began,
        TimeSpan stall,
        TimeSpan period
    )
    {
        var phase = TimeSpan.FromTicks(Stopwatch.GetElapsedTime(began).Ticks % period.Ticks);
        if (phase < stall)
        {
            await Task.Delay(stall - phase);
        }

        http.Response.ContentType = "application/grpc";
        await http.Response.Body.WriteAsync(Answer);
        http.Response.AppendTrailer("grpc-status", "0");
    }

    private static byte[] Framed(HealthCheckResponse response)
    {
        byte[] message = response.ToByteArray();
        return [0, 0, 0, 0, (byte)message.Length, .. message];
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
