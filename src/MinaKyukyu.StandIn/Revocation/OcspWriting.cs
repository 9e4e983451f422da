using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.StandIn.Revocation;

/// <summary>OCSP from the responder's side (RFC 6960), written apart from the server's own reading of it so that one mistake is not made twice.</summary>
public static class OcspWriting
{
    private const string Sha1Oid = "1.3.14.3.2.26";
    private const string Sha256Oid = "2.16.840.1.101.3.4.2.1";
    private const string NonceOid = "1.3.6.1.5.5.7.48.1.2";

    /// <summary>Names a certificate of an issuer.</summary>
    public static OcspId IdOf(TestSigner issuer, ReadOnlySpan<byte> serial, IdDigest digest) =>
        new(digest, Hash(digest, issuer.Name), Hash(digest, issuer.KeyBits), serial.ToArray());

    /// <summary>The question's certificate and nonce; null when it is not a question about one certificate.</summary>
    public static (OcspId Id, byte[]? Nonce)? ReadQuestion(ReadOnlyMemory<byte> der)
    {
        try
        {
            AsnReader request = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            AsnReader asked = request.ReadSequence();
            AsnReader list = asked.ReadSequence();
            AsnReader id = list.ReadSequence().ReadSequence();
            string oid = id.ReadSequence().ReadObjectIdentifier();
            OcspId named = new(
                oid == Sha1Oid ? IdDigest.Sha1 : IdDigest.Sha256,
                id.ReadOctetString(),
                id.ReadOctetString(),
                id.ReadIntegerBytes().ToArray()
            );
            return list.HasData ? null : (named, ReadNonce(asked));
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>An error without any signed part, such as tryLater (3).</summary>
    public static byte[] Error(int status) => Outer(status, null, "");

    public static byte[] Answer(OcspSpec spec)
    {
        byte[] data = spec.Patch is { } patch ? patch(Data(spec)) : Data(spec);
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(data);
            writer.WriteEncodedValue(
                spec.Signer.Generator.GetSignatureAlgorithmIdentifier(spec.Signer.Digest)
            );
            writer.WriteBitString(spec.Signer.Generator.SignData(data, spec.Signer.Digest));
            if (spec.Certificates.Count > 0)
            {
                using (Tagged(writer, 0))
                using (writer.PushSequence())
                {
                    foreach (byte[] certificate in spec.Certificates)
                    {
                        writer.WriteEncodedValue(certificate);
                    }
                }
            }
        }

        return Outer(spec.ResponseStatus, writer.Encode(), spec.ResponseType);
    }

    private static byte[] Outer(int status, byte[]? basic, string type)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(new byte[] { 0x0a, 0x01, (byte)status });
            if (basic is not null)
            {
                using (Tagged(writer, 0))
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(type);
                    writer.WriteOctetString(basic);
                }
            }
        }

        return writer.Encode();
    }

    private static byte[] Data(OcspSpec spec)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            if (spec.Version is { } version)
            {
                using (Tagged(writer, 0))
                {
                    writer.WriteInteger(version);
                }
            }

            using (Tagged(writer, spec.ByKey ? 2 : 1))
            {
                if (spec.ByKey)
                {
                    writer.WriteOctetString(Hash(IdDigest.Sha1, spec.Signer.KeyBits));
                }
                else
                {
                    writer.WriteEncodedValue(spec.ClaimedName ?? spec.Signer.Name);
                }
            }

            writer.WriteGeneralizedTime(spec.ProducedAt, omitFractionalSeconds: true);
            using (writer.PushSequence())
            {
                foreach (OcspSingleSpec single in spec.Singles)
                {
                    WriteSingle(writer, single);
                }
            }

            X509Extension[] extensions = spec.Nonce is { } nonce
                ? [Nonce(nonce), .. spec.Further]
                : [.. spec.Further];
            WriteExtensions(writer, extensions);
        }

        return writer.Encode();
    }

    private static void WriteSingle(AsnWriter writer, OcspSingleSpec single)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(
                        single.Id.Digest == IdDigest.Sha1 ? Sha1Oid : Sha256Oid
                    );
                    writer.WriteNull();
                }

                writer.WriteOctetString(single.Id.NameHash);
                writer.WriteOctetString(single.Id.KeyHash);
                writer.WriteInteger(single.Id.Serial);
            }

            WriteWord(writer, single);
            writer.WriteGeneralizedTime(single.ThisUpdate, omitFractionalSeconds: true);
            if (single.NextUpdate is { } next)
            {
                using (Tagged(writer, 0))
                {
                    writer.WriteGeneralizedTime(next, omitFractionalSeconds: true);
                }
            }

            WriteExtensions(writer, single.Further);
        }
    }

    private static void WriteWord(AsnWriter writer, OcspSingleSpec single)
    {
        switch (single.Word)
        {
            case OcspWord.Good:
                writer.WriteNull(new Asn1Tag(TagClass.ContextSpecific, 0));
                return;
            case OcspWord.Unknown:
                writer.WriteNull(new Asn1Tag(TagClass.ContextSpecific, 2));
                return;
        }

        using (Tagged(writer, 1))
        {
            writer.WriteGeneralizedTime(single.ThisUpdate.AddDays(-1), omitFractionalSeconds: true);
            if (single.Reason is { } reason)
            {
                using (Tagged(writer, 0))
                {
                    writer.WriteEncodedValue(new byte[] { 0x0a, 0x01, (byte)reason });
                }
            }
        }
    }

    private static void WriteExtensions(AsnWriter writer, IReadOnlyList<X509Extension> extensions)
    {
        if (extensions.Count == 0)
        {
            return;
        }

        using (Tagged(writer, 1))
        using (writer.PushSequence())
        {
            foreach (X509Extension extension in extensions)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(extension.Oid!.Value!);
                    if (extension.Critical)
                    {
                        writer.WriteBoolean(true);
                    }

                    writer.WriteOctetString(extension.RawData);
                }
            }
        }
    }

    private static X509Extension Nonce(byte[] nonce)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        writer.WriteOctetString(nonce);
        return new X509Extension(NonceOid, writer.Encode(), critical: false);
    }

    private static byte[]? ReadNonce(AsnReader asked)
    {
        if (!asked.HasData)
        {
            return null;
        }

        AsnReader extensions = asked
            .ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 2))
            .ReadSequence();
        while (extensions.HasData)
        {
            AsnReader one = extensions.ReadSequence();
            if (one.ReadObjectIdentifier() == NonceOid)
            {
                return new AsnReader(one.ReadOctetString(), AsnEncodingRules.DER).ReadOctetString();
            }
        }

        return null;
    }

    private static AsnWriter.Scope Tagged(AsnWriter writer, int tag) =>
        writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, tag));

    [SuppressMessage(
        "Security",
        "CA5350:Do Not Use Weak Cryptographic Algorithms",
        Justification = "RFC 6960 names keys by it."
    )]
    private static byte[] Hash(IdDigest digest, byte[] octets) =>
        digest == IdDigest.Sha1 ? SHA1.HashData(octets) : SHA256.HashData(octets);
}
