using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.Server.Hosting;

/// <summary>An authority whose key is thrown away as soon as it is made, so that no card can ever be its own.</summary>
internal static class ClosedDoor
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string AuthorityPem()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "C=JP, O=JPKI-TEST, OU=Closed door",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(
                X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
                true
            )
        );
        using X509Certificate2 authority = request.CreateSelfSigned(From, From.AddYears(10));
        return authority.ExportCertificatePem();
    }
}
