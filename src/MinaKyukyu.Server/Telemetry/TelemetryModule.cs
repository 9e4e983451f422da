using System.Diagnostics.Metrics;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MinaKyukyu.Server.Telemetry;

/// <summary>
/// What the house measures, shown at <c>/metrics</c> and exported only where <c>--otlp</c> says. Rooms write to
/// System.Diagnostics; only this folder knows OpenTelemetry.
/// </summary>
internal static class TelemetryModule
{
    /// <summary>Most lines that one metric may have; what comes after is added up in one line that says so.</summary>
    /// <value>500: methods × statuses × reasons that truly occur stay below 200.</value>
    private const int MostSeries = 500;

    /// <summary>Most metrics; the rooms, Kestrel and the runtime together have fewer than 80.</summary>
    private const int MostMetrics = 200;

    /// <summary>How long one export may take; nobody waits for it but the end of the process.</summary>
    private const int ExportWithinMs = 1_500;

    private static readonly string[] Sources =
    [
        "Microsoft.AspNetCore",
        "System.Net.Http",
        "MinaKyukyu.*",
    ];

    private static readonly string[] Meters =
    [
        "MinaKyukyu.*",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Runtime",
    ];

    /// <summary>Bounds in seconds: from a cache hit to the longest a call may take, fine around the budgets of 1, 4, 5, 8 and 20 ms.</summary>
    private static readonly double[] SecondsBounds =
    [
        0.000_25,
        0.000_5,
        0.001,
        0.002,
        0.003,
        0.004,
        0.005,
        0.006,
        0.008,
        0.02,
        0.05,
        0.1,
        0.25,
        0.5,
        1,
        2,
        5,
        10,
    ];

    public static void AddTelemetry(IServiceCollection services, MinaServerOptions options)
    {
        // The framework's spans carry route and status only when told to; they are what a trace is read by.
        AppContext.SetSwitch(
            "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData",
            false
        );
        var page = new PrometheusPage();
        services.AddSingleton(page);
        services.AddSingleton<ServerMeter>();
        services.AddSingleton<CallCounter>();
        services.PostConfigure<GrpcServiceOptions>(PutCounterOutside);
#if PUBLIC_PACKAGES
        Configure(services.AddOpenTelemetry(), page, options.Otlp);
#else
        services.AddHostedService(_ => new TelemetryHost(sdk =>
            Configure(sdk, page, options.Otlp)
        ));
#endif
    }

    /// <summary>Answers on the pages' listener alone; the devices' one speaks HTTP/2.</summary>
    public static void MapMetrics(WebApplication app)
    {
        // Taken now, so that its gauges are there before the first call.
        _ = app.Services.GetRequiredService<ServerMeter>();
        PrometheusPage page = app.Services.GetRequiredService<PrometheusPage>();
        app.MapGet(
            "/metrics",
            (HttpContext http) =>
                HttpProtocol.IsHttp11(http.Request.Protocol)
                    ? Results.Text(page.Read(), PrometheusText.ContentType)
                    : Results.NotFound()
        );
    }

    private static void PutCounterOutside(GrpcServiceOptions grpc)
    {
        InterceptorRegistration[] others = [.. grpc.Interceptors];
        grpc.Interceptors.Clear();
        grpc.Interceptors.Add<CallCounter>();
        foreach (InterceptorRegistration other in others)
        {
            grpc.Interceptors.Add(other);
        }
    }

    private static void Configure(IOpenTelemetryBuilder sdk, PrometheusPage page, Uri? otlp)
    {
        sdk.ConfigureResource(resource =>
            resource.AddService(
                "mina-kyukyu",
                serviceVersion: typeof(TelemetryModule).Assembly.GetName().Version?.ToString(3)
            )
        );
        sdk.WithMetrics(metrics =>
        {
            metrics.SetMaxMetricStreams(MostMetrics).AddMeter(Meters).AddView(ViewOf);
            metrics.AddReader(new BaseExportingMetricReader(page));
            if (otlp is not null)
            {
                metrics.AddOtlpExporter(export => Aim(export, otlp, "v1/metrics"));
            }
        });
        if (otlp is not null)
        {
            sdk.WithTracing(traces =>
                traces.AddSource(Sources).AddOtlpExporter(export => Aim(export, otlp, "v1/traces"))
            );
        }
    }

    /// <summary>Only our own times lack bounds of their own.</summary>
    private static MetricStreamConfiguration ViewOf(Instrument instrument) =>
        instrument is Histogram<double> { Unit: "s" }
        && instrument.Meter.Name.StartsWith("MinaKyukyu.", StringComparison.Ordinal)
            ? new ExplicitBucketHistogramConfiguration
            {
                Boundaries = SecondsBounds,
                CardinalityLimit = MostSeries,
            }
            : new MetricStreamConfiguration { CardinalityLimit = MostSeries };

    /// <summary>OTLP over HTTP: the address is the collector's root, such as <c>http://127.0.0.1:4318</c>.</summary>
    private static void Aim(OtlpExporterOptions export, Uri otlp, string path)
    {
        export.Protocol = OtlpExportProtocol.HttpProtobuf;
        export.Endpoint = new Uri(otlp.AbsoluteUri.TrimEnd('/') + "/" + path);
        export.TimeoutMilliseconds = ExportWithinMs;
    }
}
