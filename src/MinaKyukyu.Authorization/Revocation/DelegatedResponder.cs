using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MinaKyukyu.Authorization.Cards;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>
/// Whether a certificate inside an answer is one that the card's own authority issued, directly, to a responder (RFC 6960
/// §4.2.2.2). Nothing but the pinned authority can make one: no chain, no other root, no other generation of the same name.
/// </summary>
internal static class DelegatedResponder
{
    private const string OcspSigning = "1.3.6.1.5.5.7.3.9";
    private const string NoCheck = "1.3.6.1.5.5.7.48.1.5";
    private const string KeyUsage = "2.5.29.15";
    private const string BasicConstraints = "2.5.29.19";
    private const string ExtendedKeyUsage = "2.5.29.37";
    private const string Policies = "2.5.29.32";

    /// <param name="isListed">Whether a usable list of the authority names a serial number; null: there is no such list.</param>
    public static bool IsAuthorized(
        CardCertificate certificate,
        IssuingAuthority authority,
        Func<ReadOnlyMemory<byte>, bool?> isListed,
        DateTimeOffset now
    )
    {
        if (
            !certificate.Issuer.SequenceEqual(authority.Name)
            || !authority.IsValid(now)
            || !authority.Signed(
                certificate.SignatureOid,
                certificate.SignedPart.Span,
                certificate.Signature
            )
            || now < certificate.NotBefore
            || now.AddSeconds(-1) >= certificate.NotAfter
        )
        {
            return false;
        }

        try
        {
            // Without the authority's word that nobody need ask, its list must be at hand and must not name the responder.
            return certificate.Key is not null
                && HasShape(certificate.Parsed, out bool needsNoCheck)
                && isListed(certificate.Parsed.SerialNumberBytes) switch
                {
                    true => false,
                    false => true,
                    null => needsNoCheck,
                };
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            return false;
        }
    }

    private static bool HasShape(X509Certificate2 certificate, out bool needsNoCheck)
    {
        needsNoCheck = false;
        bool maySignAnswers = false;
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (X509Extension extension in certificate.Extensions)
        {
            string oid = extension.Oid?.Value ?? "";
            if (!seen.Add(oid))
            {
                return false;
            }

            switch (oid)
            {
                case ExtendedKeyUsage:
                    maySignAnswers = new X509EnhancedKeyUsageExtension(
                        extension,
                        extension.Critical
                    )
                        .EnhancedKeyUsages.Cast<Oid>()
                        .Any(o => o.Value == OcspSigning);
                    break;
                case KeyUsage:
                    X509KeyUsageFlags usage = new X509KeyUsageExtension(
                        extension,
                        extension.Critical
                    ).KeyUsages;
                    if (
                        !usage.HasFlag(X509KeyUsageFlags.DigitalSignature)
                        || usage.HasFlag(X509KeyUsageFlags.KeyCertSign)
                    )
                    {
                        return false;
                    }

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
                case NoCheck:
                    needsNoCheck = true;
                    break;
                case Policies:
                    break;
                default:
                    if (extension.Critical)
                    {
                        return false;
                    }

                    break;
            }
        }

        return certificate.Version == 3 && maySignAnswers;
    }
}
