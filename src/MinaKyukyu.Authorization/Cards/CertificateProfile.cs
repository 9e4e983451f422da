using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>Whether a certificate has the shape of a card's user-authentication certificate (利用者証明用電子証明書).</summary>
internal static class CertificateProfile
{
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    private const string Policies = "2.5.29.32";
    private const string KeyUsage = "2.5.29.15";
    private const string BasicConstraints = "2.5.29.19";
    private const string ExtendedKeyUsage = "2.5.29.37";

    /// <returns>Null when it fits.</returns>
    public static CardRefusal? Check(CardCertificate certificate, string policy)
    {
        try
        {
            return IsUserAuthentication(certificate.Parsed, policy)
                ? CheckStrength(certificate)
                : CardRefusal.NotMyNumberCard;
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            return CardRefusal.Unreadable;
        }
    }

    /// <summary>Version 3, an end's certificate and not an authority's, made to authenticate and for nothing else, under this policy.</summary>
    private static bool IsUserAuthentication(X509Certificate2 certificate, string policy)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        bool mayAuthenticate = false;
        bool isForClients = false;
        bool isUnderPolicy = false;
        foreach (X509Extension extension in certificate.Extensions)
        {
            string oid = extension.Oid?.Value ?? "";
            if (!seen.Add(oid))
            {
                return false;
            }

            switch (oid)
            {
                case KeyUsage:
                    // Exactly: a signature certificate says nonRepudiation too, an authority keyCertSign.
                    mayAuthenticate =
                        extension.Critical
                        && new X509KeyUsageExtension(extension, extension.Critical).KeyUsages
                            == X509KeyUsageFlags.DigitalSignature;
                    break;
                case ExtendedKeyUsage:
                    isForClients = ReadOids(extension.RawData).Contains(ClientAuth);
                    break;
                case Policies:
                    isUnderPolicy = extension.Critical && ReadPolicies(extension.RawData) == policy;
                    break;
                case BasicConstraints:
                    if (
                        new X509BasicConstraintsExtension(
                            extension,
                            extension.Critical
                        ).CertificateAuthority
                    )
                    {
                        return false;
                    }

                    break;
                default:
                    // RFC 5280 §4.2: what is critical and not understood refuses.
                    if (extension.Critical)
                    {
                        return false;
                    }

                    break;
            }
        }

        return certificate.Version == 3 && mayAuthenticate && isForClients && isUnderPolicy;
    }

    private static CardRefusal? CheckStrength(CardCertificate certificate) =>
        certificate.Key is not null
        && SignatureAlgorithm.IsAccepted(certificate.SignatureOid)
        && !certificate.Issuer.SequenceEqual(certificate.Subject)
            ? null
            : CardRefusal.Untrusted;

    private static HashSet<string> ReadOids(byte[] value)
    {
        HashSet<string> oids = new(StringComparer.Ordinal);
        AsnReader reader = new(value, AsnEncodingRules.DER);
        AsnReader sequence = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        while (sequence.HasData)
        {
            oids.Add(sequence.ReadObjectIdentifier());
        }

        return oids;
    }

    /// <summary>The one policy; null when there are several.</summary>
    private static string? ReadPolicies(byte[] value)
    {
        AsnReader reader = new(value, AsnEncodingRules.DER);
        AsnReader sequence = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        string policy = sequence.ReadSequence().ReadObjectIdentifier();
        return sequence.HasData ? null : policy;
    }
}
