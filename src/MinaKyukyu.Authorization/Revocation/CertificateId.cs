using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using MinaKyukyu.Authorization.Cards;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>CertID (RFC 6960 §4.1.1): whose certificate, and which.</summary>
internal static class CertificateId
{
    private const string Sha1Oid = "1.3.14.3.2.26";
    private const string Sha256Oid = "2.16.840.1.101.3.4.2.1";

    public static void Write(AsnWriter to, StatusQuestion question, CertificateIdDigest digest)
    {
        using (to.PushSequence())
        {
            using (to.PushSequence())
            {
                to.WriteObjectIdentifier(OidOf(digest));
                to.WriteNull();
            }

            to.WriteOctetString(Hash(digest, question.Issuer.Name));
            to.WriteOctetString(KeyHash(digest, question.Issuer));
            to.WriteInteger(question.Serial);
        }
    }

    /// <summary>Whether a CertID names this card and no other: digest, issuer's name, issuer's key and serial number, each octet.</summary>
    public static bool ReadAndCompare(
        AsnReader from,
        StatusQuestion question,
        CertificateIdDigest digest
    )
    {
        AsnReader id = from.ReadSequence();
        AsnReader algorithm = id.ReadSequence();
        string oid = algorithm.ReadObjectIdentifier();
        if (algorithm.HasData)
        {
            algorithm.ReadNull();
        }

        algorithm.ThrowIfNotEmpty();
        ReadOnlySpan<byte> name = id.ReadOctetString();
        ReadOnlySpan<byte> key = id.ReadOctetString();
        ReadOnlySpan<byte> serial = id.ReadIntegerBytes().Span;
        id.ThrowIfNotEmpty();
        return string.Equals(oid, OidOf(digest), StringComparison.Ordinal)
            && name.SequenceEqual(Hash(digest, question.Issuer.Name))
            && key.SequenceEqual(KeyHash(digest, question.Issuer))
            && serial.SequenceEqual(question.Serial);
    }

    /// <summary>SHA-1 of a key's bits: how a responder names itself by key (RFC 6960 §4.2.1), whatever digest was asked with.</summary>
    public static byte[] ResponderKeyHash(ReadOnlySpan<byte> keyBits) => Sha1(keyBits);

    private static byte[] KeyHash(CertificateIdDigest digest, IssuingAuthority issuer) =>
        Hash(digest, issuer.Key.Bits.Span);

    private static string OidOf(CertificateIdDigest digest) =>
        digest == CertificateIdDigest.Sha1 ? Sha1Oid : Sha256Oid;

    private static byte[] Hash(CertificateIdDigest digest, ReadOnlySpan<byte> octets) =>
        digest == CertificateIdDigest.Sha1 ? Sha1(octets) : SHA256.HashData(octets);

    [SuppressMessage(
        "Security",
        "CA5350:Do Not Use Weak Cryptographic Algorithms",
        Justification = "RFC 6960 names keys by it; nothing rests on it, because the issuer is pinned and the signature is checked."
    )]
    private static byte[] Sha1(ReadOnlySpan<byte> octets) => SHA1.HashData(octets);
}
