using System.Collections.Frozen;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Routing;
using MinaKyukyu.Server.Hosting;

namespace MinaKyukyu.Server.Wire.Services;

/// <summary>The public health protocol: serving while the journal accepts, each of our services like the node as a whole.</summary>
internal sealed class HealthService(
    JournalHandle journal,
    StreamLimit limit,
    EndpointDataSource endpoints,
    TimeProvider time
) : Health.HealthBase
{
    /// <summary>How often a watcher is told, at most.</summary>
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    private readonly FrozenSet<string> _served = endpoints
        .Endpoints.Select(e => e.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName)
        .OfType<string>()
        .ToFrozenSet(StringComparer.Ordinal);

    /// <exception cref="RpcException">NOT_FOUND: no service of that name, as the protocol says.</exception>
    public override Task<HealthCheckResponse> Check(
        HealthCheckRequest request,
        ServerCallContext context
    ) =>
        IsKnown(request.Service)
            ? Task.FromResult(new HealthCheckResponse { Status = Status })
            : throw new RpcException(
                new Grpc.Core.Status(StatusCode.NotFound, "No service of that name is served.")
            );

    public override Task Watch(
        HealthCheckRequest request,
        IServerStreamWriter<HealthCheckResponse> responseStream,
        ServerCallContext context
    ) =>
        limit.RunAsync(
            context,
            async stop =>
            {
                using var timer = new PeriodicTimer(WatchInterval, time);
                HealthCheckResponse.Types.ServingStatus? told = null;
                do
                {
                    HealthCheckResponse.Types.ServingStatus now = IsKnown(request.Service)
                        ? Status
                        : HealthCheckResponse.Types.ServingStatus.ServiceUnknown;
                    if (now != told)
                    {
                        await responseStream.WriteAsync(
                            new HealthCheckResponse { Status = now },
                            stop
                        );
                        told = now;
                    }
                } while (await timer.WaitForNextTickAsync(stop));
            }
        );

    private HealthCheckResponse.Types.ServingStatus Status =>
        journal.IsAccepting
            ? HealthCheckResponse.Types.ServingStatus.Serving
            : HealthCheckResponse.Types.ServingStatus.NotServing;

    private bool IsKnown(string service) => service.Length == 0 || _served.Contains(service);
}
