using System.Net;

namespace MinaKyukyu.Server.Hosting;

/// <summary>Which addresses a node may listen on with what it was given.</summary>
internal static class Addresses
{
    public static IPAddress IpOf(Uri address) =>
        address.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(address.DnsSafeHost);

    /// <summary>Beyond this machine nobody is reached without encryption, device certificates and sign-on.</summary>
    /// <exception cref="MinaServerException">Names everything that is missing, not only the first.</exception>
    public static void Require(MinaServerOptions options)
    {
        foreach (Uri address in new[] { options.Grpc, options.Web })
        {
            RequireForm(address);
        }

        if (!IsLoopback(options.Grpc) || !IsLoopback(options.Web))
        {
            RequireWhole(options);
        }

        if (options.Tls is null && (IsHttps(options.Grpc) || IsHttps(options.Web)))
        {
            throw new MinaServerException(
                "https のアドレスには --tls-certificate と --tls-key が必要です / An https address needs --tls-certificate and --tls-key."
            );
        }

        if (options.Tls is not null && !(IsHttps(options.Grpc) && IsHttps(options.Web)))
        {
            throw new MinaServerException(
                "--tls-certificate を使うときは両方のアドレスを https にします / With --tls-certificate both addresses are https: --grpc https://… --web https://…"
            );
        }
    }

    private static void RequireWhole(MinaServerOptions options)
    {
        string[] missing = [.. Missing(options)];
        if (missing.Length > 0)
        {
            Uri open = IsLoopback(options.Grpc) ? options.Web : options.Grpc;
            throw new MinaServerException(
                $"{open} はループバックの外です。足りないもの / {open} is not a loopback address. It needs: {string.Join("; ", missing)}."
            );
        }
    }

    private static IEnumerable<string> Missing(MinaServerOptions options)
    {
        if (options.Tls is null)
        {
            yield return "TLS (--tls-certificate, --tls-key)";
        }

        if (options.Tls is null || !File.Exists(options.Tls.DeviceAuthority))
        {
            yield return "端末の証明書 / device certificates (mina device authority; --device-authority)";
        }

        if (options.Oidc is null)
        {
            yield return "指令台・画面のサインオン / sign-on of dispatchers and pages (--oidc-issuer, --oidc-client)";
        }

        if (options.DemoIdentities)
        {
            yield return "--demo-identities を外す / no --demo-identities";
        }

        if (options.DevelopmentIssuer)
        {
            yield return "--development-issuer を外す / no --development-issuer";
        }

        if (options.Reflection)
        {
            yield return "--reflection を外す / no --reflection";
        }
    }

    private static void RequireForm(Uri address)
    {
        bool isAddress =
            address.IsAbsoluteUri
            && address.Scheme is "http" or "https"
            && (address.Host == "localhost" || IPAddress.TryParse(address.DnsSafeHost, out _));
        if (!isAddress)
        {
            throw new MinaServerException(
                $"{address} は http://127.0.0.1:5081 の形ではありません / {address} is not an address of the form http://127.0.0.1:5081."
            );
        }
    }

    private static bool IsHttps(Uri address) => address.Scheme == Uri.UriSchemeHttps;

    private static bool IsLoopback(Uri address) => IPAddress.IsLoopback(IpOf(address));
}
