using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MinaKyukyu.Server.Telemetry;

internal static class TelemetryModule
{
    public static void AddTelemetry(IServiceCollection services, MinaServerOptions options) { _ = services; _ = options; }

    public static void MapMetrics(WebApplication app) => app.MapGet("/metrics", () => Results.Text(""));
}
