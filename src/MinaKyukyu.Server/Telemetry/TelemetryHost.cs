#if !PUBLIC_PACKAGES
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MinaKyukyu.Server.Telemetry;

/// <summary>What OpenTelemetry.Extensions.Hosting does where it is obtainable: telemetry lives as long as the host.</summary>
internal sealed class TelemetryHost(Action<IOpenTelemetryBuilder> configure)
    : IHostedLifecycleService,
        IDisposable
{
    /// <summary>How long the last export may hold up the end of the process.</summary>
    private const int LastExportWithinMs = 1_500;

    private OpenTelemetrySdk? _sdk;

    /// <summary>Before anything else starts, so that nothing that starts goes unseen.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _sdk = OpenTelemetrySdk.Create(configure);
        return Task.CompletedTask;
    }

    /// <summary>After everything else has stopped: the last calls are told, too.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        _sdk?.TracerProvider?.Shutdown(LastExportWithinMs);
        _sdk?.MeterProvider?.Shutdown(LastExportWithinMs);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => Interlocked.Exchange(ref _sdk, null)?.Dispose();
}
#endif
