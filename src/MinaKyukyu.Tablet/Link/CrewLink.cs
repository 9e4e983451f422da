using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
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
    /// <param name="keys">Null: an unencrypted demonstration, where the server believes what the calls say.</param>
    public CrewLink(
        Uri server,
        CrewIdentity identity,
        CrewLinkOptions options,
        TimeProvider time,
        ILoggerFactory? logs = null,
        HttpMessageHandler? transport = null,
        LinkKeys? keys = null
    )
    {
        Identity = identity;
        Options = options;
        _channel = GrpcChannel.ForAddress(
            server,
            new GrpcChannelOptions
            {
                HttpClient = new HttpClient(Radio.Over(transport ?? Sockets(options, keys)))
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
        Calls = _channel.Intercept(new CrewCalls(keys is null ? identity : null, options, time));
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

    internal CrewLinkOptions Options { get; }

    internal CallInvoker Calls { get; }

    public void Dispose()
    {
        _channel.Dispose();
        Radio.Dispose();
    }

    private static SocketsHttpHandler Sockets(CrewLinkOptions options, LinkKeys? keys)
    {
        var sockets = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = options.ConnectDeadline,
            KeepAlivePingDelay = options.AliveCheckAfter,
            KeepAlivePingTimeout = options.AliveCheckDeadline,
            AllowAutoRedirect = false,
            UseCookies = false,
        };
        if (keys is not null)
        {
            Encrypt(sockets.SslOptions, keys);
        }

        return sockets;
    }

    private static void Encrypt(SslClientAuthenticationOptions tls, LinkKeys keys)
    {
        tls.ClientCertificateContext = SslStreamCertificateContext.Create(
            keys.Own,
            additionalCertificates: null,
            // Nothing is fetched from elsewhere to complete a chain: the server knows its own authority.
            offline: true
        );
        tls.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { keys.Authority },
        };
    }
}
