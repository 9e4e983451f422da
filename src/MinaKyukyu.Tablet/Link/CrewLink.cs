using System.Net;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;

namespace MinaKyukyu.Tablet.Link;

/// <summary>
/// The tablet's one way to the server. Every call carries who calls and a deadline; nothing is repeated here: the queue alone
/// repeats. Thread-safe.
/// </summary>
public sealed class CrewLink : IDisposable
{
    private readonly GrpcChannel _channel;

    /// <param name="transport">Null: HTTP/2 over sockets. Owned by the link.</param>
    public CrewLink(
        Uri server,
        CrewIdentity identity,
        CrewLinkOptions options,
        TimeProvider time,
        ILoggerFactory? logs = null,
        HttpMessageHandler? transport = null
    )
    {
        Identity = identity;
        _channel = GrpcChannel.ForAddress(
            server,
            new GrpcChannelOptions
            {
                HttpClient = new HttpClient(Radio.Over(transport ?? Sockets()))
                {
                    // Each call has its own deadline.
                    Timeout = Timeout.InfiniteTimeSpan,
                    DefaultRequestVersion = HttpVersion.Version20,
                    DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
                },
                DisposeHttpClient = true,
                LoggerFactory = logs,
            }
        );
        Calls = _channel.Intercept(new CrewCalls(identity, options, time));
        Incidents = new(Calls);
        Crew = new(Calls);
        Dispatch = new(Calls);
        Authorization = new(Calls);
        MedicalInfo = new(Calls);
    }

    public CrewIdentity Identity { get; }

    /// <summary>The radio under this link.</summary>
    public Radio Radio { get; } = new();

    public IncidentService.IncidentServiceClient Incidents { get; }

    public CrewService.CrewServiceClient Crew { get; }

    public DispatchService.DispatchServiceClient Dispatch { get; }

    public AuthorizationService.AuthorizationServiceClient Authorization { get; }

    public MedicalInfoService.MedicalInfoServiceClient MedicalInfo { get; }

    internal CallInvoker Calls { get; }

    public void Dispose()
    {
        _channel.Dispose();
        Radio.Dispose();
    }

    private static SocketsHttpHandler Sockets() =>
        new()
        {
            EnableMultipleHttp2Connections = true,
            // Shorter than any deadline, so that a dead way is found out within one call.
            ConnectTimeout = TimeSpan.FromSeconds(3),
            // A connection that is silent for 15 s is asked whether it lives: within the 15 s in which an order must be read.
            KeepAlivePingDelay = TimeSpan.FromSeconds(15),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
            AllowAutoRedirect = false,
            UseCookies = false,
        };
}
