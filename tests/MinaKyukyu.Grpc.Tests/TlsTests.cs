using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MinaKyukyu.GrpcTests;

public sealed class TlsTests
{
    [Fact]
    public async Task Shows_the_service_who_the_client_certificate_says_is_calling()
    {
        using var serverCertificate = SelfSigned("localhost", "localhost");
        using var tabletCertificate = SelfSigned("tablet-7", "tablet-7.devices.example");
        await using var app = Host(serverCertificate);
        await app.StartAsync();
        AuthContext? seen = null;
        app.Services.GetRequiredService<EchoScript>().Unary = (request, context) =>
        {
            seen = context.AuthContext;
            return Task.FromResult(request);
        };
        using var channel = ChannelTo(app, serverCertificate, tabletCertificate);

        Assert.Equal([3], await new EchoClient(channel).UnaryAsync([3]));

        Assert.NotNull(seen);
        Assert.True(seen.IsPeerAuthenticated);
        Assert.Equal("x509_subject_alternative_name", seen.PeerIdentityPropertyName);
        Assert.Equal("tablet-7.devices.example", seen.PeerIdentity.Single().Value);
        Assert.Equal("tablet-7", seen.FindPropertiesByName("x509_common_name").Single().Value);
    }

    [Fact]
    public async Task Authenticates_nobody_without_a_client_certificate()
    {
        using var serverCertificate = SelfSigned("localhost", "localhost");
        await using var app = Host(serverCertificate);
        await app.StartAsync();
        AuthContext? seen = null;
        app.Services.GetRequiredService<EchoScript>().Unary = (request, context) =>
        {
            seen = context.AuthContext;
            return Task.FromResult(request);
        };
        using var channel = ChannelTo(app, serverCertificate, certificate: null);

        await new EchoClient(channel).UnaryAsync([3]);

        Assert.False(seen!.IsPeerAuthenticated);
        Assert.Empty(seen.PeerIdentity);
    }

    [Fact]
    public async Task Does_not_call_a_server_whose_certificate_it_does_not_trust()
    {
        using var serverCertificate = SelfSigned("localhost", "localhost");
        await using var app = Host(serverCertificate);
        await app.StartAsync();
        using var channel = GrpcChannel.ForAddress(AddressOf(app));

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await new EchoClient(channel).UnaryAsync([3])
        );

        Assert.NotEqual(StatusCode.OK, refused.StatusCode);
    }

    private static WebApplication Host(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                port: 0,
                listen =>
                {
                    listen.Protocols = HttpProtocols.Http2;
                    listen.UseHttps(https =>
                    {
                        https.ServerCertificate = certificate;
                        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                        https.AllowAnyClientCertificate();
                    });
                }
            )
        );
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<EchoScript>();
        var app = builder.Build();
        app.MapGrpcService<EchoService>();
        return app;
    }

    private static string AddressOf(WebApplication app) =>
        app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Single();

    private static GrpcChannel ChannelTo(
        WebApplication app,
        X509Certificate2 expected,
        X509Certificate2? certificate
    )
    {
        var handler = new SocketsHttpHandler();

        // The certificate signed itself; it is the one that this test made.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) =>
            presented is not null
            && expected.RawDataMemory.Span.SequenceEqual(presented.GetRawCertData());
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }

        return GrpcChannel.ForAddress(
            AddressOf(app),
            new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true }
        );
    }

    private static X509Certificate2 SelfSigned(string name, string dnsName)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var alternative = new SubjectAlternativeNameBuilder();
        alternative.AddDnsName(dnsName);
        request.CertificateExtensions.Add(alternative.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddHours(1));
        return X509CertificateLoader.LoadPkcs12(
            certificate.Export(X509ContentType.Pkcs12),
            password: null
        );
    }
}
