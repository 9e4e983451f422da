using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>
/// The algorithms that are accepted, as a table: RSA of at least 2048 bits with SHA-256 or better today, ECDSA P-384 with SHA-384
/// of the next card. What is not in the table is refused; SHA-1 is not in it.
/// </summary>
internal static class SignatureAlgorithm
{
    private const string RsaKey = "1.2.840.113549.1.1.1";
    private const string EcKey = "1.2.840.10045.2.1";
    private const string P384 = "1.3.132.0.34";

    /// <summary>Largest RSA key that is accepted, so that nobody can make a check expensive.</summary>
    private const int LargestRsaBits = 4096;

    /// <summary>Largest public exponent by FIPS 186-5 §5.1: below 2^256.</summary>
    private const int LargestExponentBytes = 32;

    /// <summary>Digest of a certificate's signature by the object identifier of its algorithm; null: not accepted.</summary>
    public static HashAlgorithmName? DigestOf(string oid, bool isRsa) =>
        (oid, isRsa) switch
        {
            ("1.2.840.113549.1.1.11", true) => HashAlgorithmName.SHA256,
            ("1.2.840.113549.1.1.12", true) => HashAlgorithmName.SHA384,
            ("1.2.840.113549.1.1.13", true) => HashAlgorithmName.SHA512,
            ("1.2.840.10045.4.3.3", false) => HashAlgorithmName.SHA384,
            ("1.2.840.10045.4.3.4", false) => HashAlgorithmName.SHA512,
            _ => null,
        };

    public static bool IsRsa(PublicKey key) =>
        string.Equals(key.Oid.Value, RsaKey, StringComparison.Ordinal);

    /// <summary>Whether a key is strong enough and of a kind that cards or their authorities have.</summary>
    public static bool IsAccepted(PublicKey key)
    {
        if (IsRsa(key))
        {
            using RSA? rsa = key.GetRSAPublicKey();
            return rsa is not null && IsAccepted(rsa);
        }

        if (!string.Equals(key.Oid.Value, EcKey, StringComparison.Ordinal))
        {
            return false;
        }

        using ECDsa? ecdsa = key.GetECDsaPublicKey();
        ECCurve? curve = ecdsa?.ExportParameters(includePrivateParameters: false).Curve;
        return string.Equals(curve?.Oid.Value, P384, StringComparison.Ordinal);
    }

    /// <summary>Whether <paramref name="signature"/> in a certificate was made by <paramref name="key"/>.</summary>
    public static bool VerifiesCertificate(
        PublicKey key,
        string algorithm,
        ReadOnlySpan<byte> signed,
        ReadOnlySpan<byte> signature
    )
    {
        if (DigestOf(algorithm, IsRsa(key)) is not { } digest)
        {
            return false;
        }

        if (IsRsa(key))
        {
            using RSA? rsa = key.GetRSAPublicKey();
            return rsa is not null
                && rsa.VerifyData(signed, signature, digest, RSASignaturePadding.Pkcs1);
        }

        using ECDsa? ecdsa = key.GetECDsaPublicKey();
        return ecdsa is not null
            && ecdsa.VerifyData(signed, signature, digest, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Whether a card signed these octets: RSA PKCS#1 v1.5 with SHA-256, or ECDSA P-384 (r ‖ s) with SHA-384.</summary>
    /// <remarks>How the next card will encode its signature is not published; r ‖ s is what smart cards usually give.</remarks>
    public static bool VerifiesCard(
        PublicKey key,
        ReadOnlySpan<byte> signed,
        ReadOnlySpan<byte> signature
    )
    {
        if (IsRsa(key))
        {
            using RSA? rsa = key.GetRSAPublicKey();
            return rsa is not null
                && rsa.VerifyData(
                    signed,
                    signature,
                    HashAlgorithmName.SHA256,
                    RSASignaturePadding.Pkcs1
                );
        }

        using ECDsa? ecdsa = key.GetECDsaPublicKey();
        return ecdsa is not null
            && ecdsa.VerifyData(
                signed,
                signature,
                HashAlgorithmName.SHA384,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            );
    }

    /// <summary>At least 2048 bits; exponent odd and at least 65537, because smaller ones have a history of forgeries.</summary>
    private static bool IsAccepted(RSA rsa)
    {
        if (rsa.KeySize is < 2048 or > LargestRsaBits)
        {
            return false;
        }

        // Odd, and at least three octets without leading zeros: 65537 is the smallest such number.
        byte[] e = rsa.ExportParameters(includePrivateParameters: false).Exponent ?? [];
        ReadOnlySpan<byte> exponent = e.AsSpan().TrimStart((byte)0);
        return exponent.Length is >= 3 and <= LargestExponentBytes && (exponent[^1] & 1) == 1;
    }
}
