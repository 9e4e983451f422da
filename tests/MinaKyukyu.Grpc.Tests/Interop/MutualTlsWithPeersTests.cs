using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>Servers that ask every client for a certificate of one authority.</summary>
public sealed class MutualTlsWithPeersTests
{
    public static TheoryData<string> Peers => Peer.All;

    public static TheoryData<string, string> PeersWithBadCertificates
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var peer in Peer.All)
            {
                data.Add(peer, "missing");
                data.Add(peer, "expired");
                data.Add(peer, "of another authority");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Serves_a_client_with_a_good_certificate(string peer)
    {
        using var house = new House();
        await using var server = await house.ServeAsync();
        string? caller = null;
        server.Script.Unary = (request, context) =>
        {
            caller = context.AuthContext.FindPropertiesByName("x509_common_name").Single().Value;
            return Task.FromResult(request);
        };

        await Peer.Named(peer)
            .FindsAsync(
                ["a call over TLS"],
                "tls",
                server,
                house.Folder.Tls(house.Authority, house.Certificate("good"))
            );

        Assert.Equal("good", caller);
    }

    [Theory]
    [MemberData(nameof(PeersWithBadCertificates))]
    public async Task Does_not_serve_a_client_with_a_bad_certificate(string peer, string kind)
    {
        using var house = new House();
        await using var server = await house.ServeAsync();
        var calls = 0;
        server.Script.Unary = (request, _) =>
        {
            Interlocked.Increment(ref calls);
            return Task.FromResult(request);
        };

        await Peer.Named(peer)
            .FindsAsync(
                ["no call over TLS"],
                "tls-refused",
                server,
                house.Folder.Tls(house.Authority, house.Certificate(kind))
            );

        Assert.Equal(0, calls);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Finds_out_a_server_that_takes_any_certificate(string peer)
    {
        // The planted fault: nothing but the certificate stands between the refused clients above and an answer.
        using var house = new House();
        await using var server = await house.ServeAsync(takesAny: true);

        using var process = Peer.Named(peer)
            .StartClient(
                "tls-refused",
                server,
                house.Folder.Tls(house.Authority, house.Certificate("of another authority"))
            );
        var (exitCode, output, errors) = await process.RunAsync();

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.Contains("expected", errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Peers))]
    public async Task Calls_a_server_with_a_good_certificate(string peer)
    {
        using var house = new House();
        using var server = await house.StartAsync(Peer.Named(peer));
        using var channel = house.ChannelTo(server, house.Certificate("good"));

        Assert.Equal([3], await new EchoClient(channel).UnaryAsync([3]));
    }

    [Theory]
    [MemberData(nameof(PeersWithBadCertificates))]
    public async Task Is_refused_by_a_server_with_a_bad_certificate(string peer, string kind)
    {
        using var house = new House();
        using var server = await house.StartAsync(Peer.Named(peer));
        using var channel = house.ChannelTo(server, house.Certificate(kind));

        var refused = await Assert
            .ThrowsAsync<RpcException>(async () => await new EchoClient(channel).UnaryAsync([3]))
            .WaitAsync(PeerProcess.Patience);

#if PUBLIC_PACKAGES
        Assert.True(
            refused.StatusCode is StatusCode.Unavailable or StatusCode.Internal,
            refused.ToString()
        );
#else
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
#endif
        using var good = house.ChannelTo(server, house.Certificate("good"));
        Assert.Equal([4], await new EchoClient(good).UnaryAsync([4]));
    }

    /// <summary>Two authorities, of which servers trust the first.</summary>
    private sealed class House : IDisposable
    {
        private readonly TestAuthority _stranger = new("a stranger");
        private readonly X509Certificate2 _server;
        private readonly List<X509Certificate2> _clients = [];

        public House() => _server = Authority.Issue("localhost");

        public TestAuthority Authority { get; } = new("the house");

        public TemporaryFolder Folder { get; } = new();

        public X509Certificate2? Certificate(string kind)
        {
            var certificate = kind switch
            {
                "good" => Authority.Issue(kind),
                "expired" => Authority.IssueExpired(kind),
                "of another authority" => _stranger.Issue(kind),
                _ => null,
            };
            if (certificate is not null)
            {
                _clients.Add(certificate);
            }

            return certificate;
        }

        public Task<TestServer> ServeAsync(bool takesAny = false) =>
            TestServer.EchoAsync(listen: endpoint =>
                endpoint.UseHttps(https =>
                {
                    https.ServerCertificate = _server;
                    https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                    https.ClientCertificateValidation = (certificate, _, _) =>
                        takesAny || Authority.StandsBehind(certificate);
                })
            );

        public Task<PeerServer> StartAsync(Peer peer) =>
            PeerServer.StartAsync(peer, Folder.Tls(Authority, _server));

        public GrpcChannel ChannelTo(PeerServer server, X509Certificate2? certificate)
        {
            var handler = new SocketsHttpHandler();
            handler.SslOptions.CertificateChainPolicy = Authority.Policy();
            if (certificate is not null)
            {
                // A context is sent as it is; from a collection a certificate that looks hopeless would not even be tried.
                handler.SslOptions.ClientCertificateContext =
                    System.Net.Security.SslStreamCertificateContext.Create(
                        certificate,
                        additionalCertificates: null,
                        offline: true
                    );
            }

            return GrpcChannel.ForAddress(
                $"https://127.0.0.1:{server.Port}",
                new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true }
            );
        }

        public void Dispose()
        {
            _clients.ForEach(certificate => certificate.Dispose());
            _server.Dispose();
            Authority.Dispose();
            _stranger.Dispose();
            Folder.Dispose();
        }
    }
}
