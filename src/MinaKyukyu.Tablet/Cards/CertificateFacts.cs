using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.Tablet.Cards;

/// <summary>Whose name a certificate carries as its issuer's. Not checked here: the server trusts its anchors, never a name.</summary>
public enum CardIssuer
{
    /// <summary>"O=JPKI": as the national authority is named.</summary>
    National = 1,

    /// <summary>"O=JPKI-TEST": of a stand-in; no production anchor accepts it.</summary>
    Test,
    Other,
}

/// <summary>What may be told of a certificate without telling of its holder: no serial number, no name, no subject.</summary>
/// <param name="Generation">Of the national authority's key, 1 to 3 as published; null when the certificate does not tell.</param>
public sealed record CertificateFacts(
    CardIssuer Issuer,
    int? Generation,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter
)
{
    public const string TestOrganization = "JPKI-TEST";
    private const string NationalOrganization = "JPKI";
    private const string OrganizationOid = "2.5.4.10";

    /// <returns>Null when it is not a certificate.</returns>
    public static CertificateFacts? Read(byte[] der)
    {
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(der);
            return new CertificateFacts(
                IssuerOf(certificate),
                GenerationOf(certificate),
                new DateTimeOffset(certificate.NotBefore.ToUniversalTime()),
                new DateTimeOffset(certificate.NotAfter.ToUniversalTime())
            );
        }
        catch (Exception failure) when (failure is CryptographicException or AsnContentException)
        {
            return null;
        }
    }

    private static CardIssuer IssuerOf(X509Certificate2 certificate)
    {
        string[] organizations =
        [
            .. certificate
                .IssuerName.EnumerateRelativeDistinguishedNames()
                .Where(part => !part.HasMultipleElements)
                .Where(part => part.GetSingleElementType().Value == OrganizationOid)
                .Select(part => part.GetSingleElementValue() ?? ""),
        ];
        return organizations switch
        {
            [NationalOrganization] => CardIssuer.National,
            [TestOrganization] => CardIssuer.Test,
            _ => CardIssuer.Other,
        };
    }

    /// <summary>By the serial number of the authority's certificate, as published at jpki.go.jp/ca; the generations share one name.</summary>
    private static int? GenerationOf(X509Certificate2 certificate) =>
        certificate
            .Extensions.OfType<X509AuthorityKeyIdentifierExtension>()
            .FirstOrDefault()
            ?.SerialNumber
            is { } serial
            ? Convert.ToHexString(serial.Span) switch
            {
                "01" => 1,
                "0133C349" => 2,
                "06D18006" => 3,
                _ => null,
            }
            : null;
}
