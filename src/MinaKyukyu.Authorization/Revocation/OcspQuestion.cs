using System.Formats.Asn1;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>Writes an OCSP request (RFC 6960 §4.1) for one card.</summary>
internal static class OcspQuestion
{
    /// <summary>As much as a challenge has; RFC 8954 asks for at least 16 octets and at most 32.</summary>
    public const int NonceBytes = 32;

    public const string NonceOid = "1.3.6.1.5.5.7.48.1.2";

    public static byte[] Encode(
        StatusQuestion question,
        CertificateIdDigest digest,
        ReadOnlySpan<byte> nonce
    )
    {
        AsnWriter inner = new(AsnEncodingRules.DER);
        inner.WriteOctetString(nonce);
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                CertificateId.Write(writer, question, digest);
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(NonceOid);
                writer.WriteOctetString(inner.Encode());
            }
        }

        return writer.Encode();
    }
}
