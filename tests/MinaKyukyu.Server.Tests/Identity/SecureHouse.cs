using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Authorization.Devices;
using MinaKyukyu.Authorization.SignOn;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Fleet.Members;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Server.Identity.Tokens;
using MinaKyukyu.Server.Tests.Wire;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Tests.Identity;

/// <summary>The whole house as it stands in a department: TLS, device certificates, personal sign-on, nobody believed for what he says.</summary>
public class SecureHouse : ServedHouse
{
    private readonly string _keys = Directory.CreateTempSubdirectory("mina-keys-").FullName;
    private readonly List<GrpcChannel> _channels = [];
    private DeviceAuthority _authority = null!;

    private readonly Dictionary<UnitId, Wire.Caller> _tablets = [];
    private readonly Dictionary<UnitId, X509Certificate2> _certificates = [];

    internal Wire.Caller Administrator { get; private set; } = null!;

    internal DevelopmentIssuer Issuer => App.Services.GetRequiredService<DevelopmentIssuer>();

    /// <summary>The first tablet that was enrolled for the unit.</summary>
    internal override Wire.Caller CrewOf(UnitPlan unit) => _tablets[unit.Id];

    /// <summary>Somebody at a console with a token.</summary>
    internal Wire.Caller Console(string? token)
    {
        Wire.Caller bare = CallerOver(
            MinaServer.AddressesOf(App).Web,
            Trusting(new SocketsHttpHandler())
        );
        return token is null
            ? bare
            : new Wire.Caller(
                bare.Calls.Intercept(headers =>
                {
                    headers.Add("authorization", $"Bearer {token}");
                    return headers;
                })
            );
    }

    /// <summary>A browser that follows no redirect by itself.</summary>
    internal HttpClient Browser() =>
        new(Trusting(new SocketsHttpHandler { AllowAutoRedirect = false }))
        {
            BaseAddress = MinaServer.AddressesOf(App).Web,
        };

    internal Wire.Caller Console(CallerRole role) =>
        Console(Issuer.Mint($"test-{role}", TimeSpan.FromHours(1), null, role));

    protected override MinaServerOptions Change(MinaServerOptions usual)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        _authority = DeviceAuthority.Create(Plan.Id, now);
        (X509Certificate2 node, string key) = _authority.IssueForNode(
            ["127.0.0.1"],
            TimeSpan.FromDays(1),
            now
        );
        using (node)
        {
            return usual with
            {
                Grpc = new Uri("https://127.0.0.1:0"),
                Web = new Uri("https://127.0.0.1:0"),
                DemoIdentities = false,
                DevelopmentIssuer = true,
                Tls = new TlsOptions(
                    Save("node.pem", node.ExportCertificatePem()),
                    Save("node.key", key),
                    Save("authority.pem", _authority.CertificatePem)
                ),
            };
        }
    }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Administrator = CallerOver(
            new Uri("http://localhost"),
            new SocketsHttpHandler
            {
                ConnectCallback = async (_, stop) =>
                {
                    var socket = new Socket(
                        AddressFamily.Unix,
                        SocketType.Stream,
                        ProtocolType.Unspecified
                    );
                    await socket.ConnectAsync(
                        new UnixDomainSocketEndPoint(AdministratorSocket.PathIn(Data)),
                        stop
                    );
                    return new NetworkStream(socket, ownsSocket: true);
                },
            }
        );
        Dispatcher = Console(CallerRole.Dispatcher);
    }

    public override async Task DisposeAsync()
    {
        foreach (GrpcChannel channel in _channels)
        {
            channel.Dispose();
        }

        await base.DisposeAsync();
        _authority.Dispose();
        Directory.Delete(_keys, recursive: true);
    }

    /// <summary>A tablet with a certificate of the department, enrolled.</summary>
    internal async Task<Wire.Caller> EnrollAsync(UnitPlan unit, string? device = null)
    {
        (X509Certificate2 certificate, Wire.Caller tablet) = Tablet(
            device ?? unit.Device.Value,
            _authority
        );
        await Administrator.Enrolment.EnrollDeviceAsync(
            new EnrollDeviceRequest
            {
                RequestId = Next(),
                DeviceId = device ?? unit.Device.Value,
                UnitId = unit.Id.Value,
                Certificate = ByteString.CopyFrom(certificate.RawData),
            }
        );
        _tablets.TryAdd(unit.Id, tablet);
        _certificates.TryAdd(unit.Id, certificate);
        return tablet;
    }

    /// <summary>What the unit's first tablet has on it, for a tablet that is more than a caller.</summary>
    internal LinkKeys KeysOf(UnitPlan unit) => new(_certificates[unit.Id], Authority());

    /// <summary>A tablet with a certificate that nobody enrolled.</summary>
    internal Wire.Caller Stranger(string device, DeviceAuthority? authority = null) =>
        Tablet(device, authority ?? _authority).Tablet;

    /// <summary>Somebody who brings no certificate.</summary>
    internal Wire.Caller Bare() => CallerOver(Grpc, Trusting(new SocketsHttpHandler()));

    /// <summary>Registers a member with a PIN, as <c>mina member register</c> does.</summary>
    internal async Task RegisterAsync(string number, Contracts.Crew.V1.MemberRole role, string pin)
    {
        string registration = Next();
        await Administrator.Enrolment.RegisterMemberAsync(
            new RegisterMemberRequest
            {
                RequestId = Next(),
                MemberNumber = number,
                Role = role,
                RegistrationId = registration,
                SealedSecret = ByteString.CopyFrom(
                    Secrets.SealPin(
                        pin,
                        MemberDecisions.ScopeOf(new MemberNumber(number), registration)
                    )
                ),
            }
        );
    }

    internal SignOnSecrets Secrets => App.Services.GetRequiredService<SignOnSecrets>();

    internal static async Task<string> ProveAsync(Wire.Caller tablet, string number, string pin) =>
        (
            await tablet.Crew.VerifyMemberAsync(
                new VerifyMemberRequest { MemberNumber = number, Pin = pin }
            )
        ).Ticket;

    internal Task<SignOnResponse> SignOnAsync(
        Wire.Caller tablet,
        UnitPlan unit,
        params string[] tickets
    )
    {
        var request = new SignOnRequest { RequestId = Next(), UnitId = unit.Id.Value };
        request.MemberTickets.Add(tickets);
        return tablet.Crew.SignOnAsync(request).ResponseAsync;
    }

    private (X509Certificate2 Certificate, Wire.Caller Tablet) Tablet(
        string device,
        DeviceAuthority authority
    )
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string request = new CertificateRequest(
            "CN=anything",
            key,
            HashAlgorithmName.SHA256
        ).CreateSigningRequestPem();
        X509Certificate2 certificate = authority.IssueForTablet(
            request,
            new DeviceId(device),
            TimeSpan.FromDays(1),
            TimeProvider.System.GetUtcNow()
        );
        var handler = new SocketsHttpHandler();
        X509Certificate2 own = certificate.CopyWithPrivateKey(key);
        handler.SslOptions.ClientCertificates = [own];
        return (own, CallerOver(Grpc, Trusting(handler)));
    }

    private X509Certificate2 Authority() =>
        X509CertificateLoader.LoadCertificateFromFile(Path.Combine(_keys, "authority.pem"));

    private SocketsHttpHandler Trusting(SocketsHttpHandler handler)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(Authority());
        handler.SslOptions.CertificateChainPolicy = policy;
        return handler;
    }

    private Wire.Caller CallerOver(Uri address, SocketsHttpHandler handler)
    {
        GrpcChannel channel = GrpcChannel.ForAddress(
            address,
            new GrpcChannelOptions
            {
                HttpClient = new HttpClient(handler)
                {
                    DefaultRequestVersion = HttpVersion.Version20,
                    DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
                },
                DisposeHttpClient = true,
            }
        );
        _channels.Add(channel);
        return new Wire.Caller(channel.CreateCallInvoker().Intercept(new Within(CallDeadline)));
    }

    private string Save(string name, string text)
    {
        string file = Path.Combine(_keys, name);
        File.WriteAllText(file, text);
        return file;
    }
}
