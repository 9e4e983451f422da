using System.Globalization;
using System.Net;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MinaKyukyu.LoadTests.Wire;

/// <summary>
/// One process with two endpoints that read and write the same bytes: the health service through the gRPC layer, and the same by
/// hand on bare Kestrel. What the layer costs is the difference.
/// </summary>
internal static class WireServer
{
    /// <summary>Bytes that this process has allocated so far, as text.</summary>
    public const string AllocatedPath = "/allocated";

    public static async Task RunAsync(CancellationToken stop)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1_000;
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listener => listener.Protocols = HttpProtocols.Http2
            );
        });
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<GrpcHealth>();
        await using WebApplication app = builder.Build();
        app.MapGrpcService<GrpcHealth>();
        app.MapPost(BareHealth.CheckPath, BareHealth.CheckAsync);
        app.MapPost(BareHealth.WatchPath, BareHealth.WatchAsync);
        app.MapGet(
            AllocatedPath,
            () => GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture)
        );
        await app.StartAsync(stop);
        Console.WriteLine(app.Urls.Single());
        try
        {
            // Who started it closes its standard input at the end, also by dying.
            await Console.In.ReadToEndAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // Stopped from the keyboard: as good an end.
        }
    }

    /// <summary>As a generated service is written; a watch answers as often as its request says.</summary>
    private sealed class GrpcHealth : Health.HealthBase
    {
        public override Task<HealthCheckResponse> Check(
            HealthCheckRequest request,
            ServerCallContext context
        ) => Task.FromResult(Serving());

        public override async Task Watch(
            HealthCheckRequest request,
            IServerStreamWriter<HealthCheckResponse> responseStream,
            ServerCallContext context
        )
        {
            int count = int.Parse(request.Service, CultureInfo.InvariantCulture);
            for (int i = 0; i < count; i++)
            {
                await responseStream.WriteAsync(Serving(), context.CancellationToken);
            }
        }

        private static HealthCheckResponse Serving() =>
            new() { Status = HealthCheckResponse.Types.ServingStatus.Serving };
    }
}
