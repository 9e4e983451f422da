using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Authorization.Devices;
using MinaKyukyu.Server.Identity;

namespace MinaKyukyu.Server.Hosting;

/// <summary>Where the node listens: one port for tablets, one for consoles and pages, one socket for the machine's administrator.</summary>
internal static class Listeners
{
    public static void Open(KestrelServerOptions kestrel, MinaServerOptions options)
    {
        kestrel.AddServerHeader = false;
        // A call that says nothing for this long has gone; order streams live on keep-alive pings.
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(20);
        kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1_000;
        kestrel.Limits.MaxRequestBodySize = 1 << 20;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        if (options.Tls is { } tls)
        {
            OpenEncrypted(kestrel, options, tls);
        }
        else
        {
            Bind(kestrel, options.Grpc, l => l.Protocols = HttpProtocols.Http2);
            Bind(kestrel, options.Web, l => l.Protocols = HttpProtocols.Http1);
        }

        AdministratorSocket.Listen(kestrel, options.Data);
    }

    private static void OpenEncrypted(
        KestrelServerOptions kestrel,
        MinaServerOptions options,
        TlsOptions tls
    )
    {
        (X509Certificate2 own, X509Certificate2Collection chain) = OwnCertificate(tls);
        X509Certificate2 authority = DeviceAuthorityOf(tls);
        LiveConnections connections =
            kestrel.ApplicationServices.GetRequiredService<LiveConnections>();
        TimeProvider time = options.Time;
        Bind(
            kestrel,
            options.Grpc,
            listener =>
            {
                listener.Protocols = HttpProtocols.Http2;
                listener.UseHttps(https =>
                {
                    Encrypt(https, own, chain, tls);
                    https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                    https.ClientCertificateValidation = (certificate, _, _) =>
                        DeviceCertificates.IsIssuedBy(certificate, authority, time.GetUtcNow());
                });
                connections.Watch(listener);
            }
        );
        Bind(
            kestrel,
            options.Web,
            listener =>
            {
                listener.Protocols = HttpProtocols.Http1AndHttp2;
                listener.UseHttps(https => Encrypt(https, own, chain, tls));
            }
        );
    }

    private static void Encrypt(
        HttpsConnectionAdapterOptions https,
        X509Certificate2 own,
        X509Certificate2Collection chain,
        TlsOptions tls
    )
    {
        https.ServerCertificate = own;
        https.ServerCertificateChain = chain;
        https.SslProtocols = tls.AllowTls12
            ? SslProtocols.Tls12 | SslProtocols.Tls13
            : SslProtocols.Tls13;
        https.HandshakeTimeout = TimeSpan.FromSeconds(10);
    }

    private static (X509Certificate2 Own, X509Certificate2Collection Chain) OwnCertificate(
        TlsOptions tls
    )
    {
        try
        {
            X509Certificate2Collection chain = [];
            chain.ImportFromPemFile(tls.Certificate);
            return (X509Certificate2.CreateFromPemFile(tls.Certificate, tls.Key), chain);
        }
        catch (CryptographicException)
        {
            throw new MinaServerException(
                $"{tls.Certificate} and {tls.Key} are not a certificate and its key in PEM."
            );
        }
    }

    private static X509Certificate2 DeviceAuthorityOf(TlsOptions tls)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(tls.DeviceAuthority);
        }
        catch (CryptographicException)
        {
            throw new MinaServerException(
                $"{tls.DeviceAuthority} is no device authority. 'mina device authority' makes one."
            );
        }
    }

    private static void Bind(
        KestrelServerOptions kestrel,
        Uri address,
        Action<ListenOptions> configure
    ) => kestrel.Listen(Addresses.IpOf(address), address.Port, configure);
}
