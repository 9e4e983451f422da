using Grpc.Core;
using Grpc.Health.V1;
using MinaKyukyu.Server.Hosting;

namespace MinaKyukyu.Server.Wire.Services;

/// <summary>The public health protocol: serving while the journal accepts.</summary>
internal sealed class HealthService(JournalHandle journal) : Health.HealthBase
{
    /// <summary>How often a watcher is told, at most.</summary>
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    public override Task<HealthCheckResponse> Check(
        HealthCheckRequest request,
        ServerCallContext context
    ) => Task.FromResult(new HealthCheckResponse { Status = Status });

    public override async Task Watch(
        HealthCheckRequest request,
        IServerStreamWriter<HealthCheckResponse> responseStream,
        ServerCallContext context
    )
    {
        using var timer = new PeriodicTimer(WatchInterval);
        HealthCheckResponse.Types.ServingStatus? told = null;
        do
        {
            HealthCheckResponse.Types.ServingStatus now = Status;
            if (now != told)
            {
                await responseStream.WriteAsync(
                    new HealthCheckResponse { Status = now },
                    context.CancellationToken
                );
                told = now;
            }
        } while (await timer.WaitForNextTickAsync(context.CancellationToken));
    }

    private HealthCheckResponse.Types.ServingStatus Status =>
        journal.IsAccepting
            ? HealthCheckResponse.Types.ServingStatus.Serving
            : HealthCheckResponse.Types.ServingStatus.NotServing;
}
