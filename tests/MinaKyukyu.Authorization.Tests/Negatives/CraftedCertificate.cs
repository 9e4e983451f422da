using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.StandIn.Cards;

namespace MinaKyukyu.Authorization.Tests.Negatives;

/// <summary>A certificate written octet by octet, so that a row can get any one of them wrong and have the rest signed as it should be.</summary>
internal sealed record CraftedCertificate
{
    public const string KeyUsageOid = "2.5.29.15";
    public const string ConstraintsOid = "2.5.29.19";
    public const string PoliciesOid = "2.5.29.32";
    public const string ExtendedOid = "2.5.29.37";
    public const string Sha256WithRsa = "1.2.840.113549.1.1.11";

    private static readonly RSA AuthorityKey = RSA.Create(2048);

    public static RSA CardKey { get; } = RSA.Create(2048);

    public static X500DistinguishedName Authority { get; } = TestProfile.AuthorityName();

    public static X500DistinguishedName Holder { get; } = TestProfile.HolderName("TEST-CRAFTED");

    /// <summary>The one authority that is pinned where crafted certificates are shown.</summary>
    public static TrustAnchors Anchors { get; } =
        TrustAnchors.Load([Root(AuthorityKey, Authority).ExportCertificatePem()], []);

    /// <summary>2: version 3, as DER counts; null: left out, which means version 1.</summary>
    public int? Version { get; init; } = 2;

    public byte[] Inside { get; init; } = RsaAlgorithm(Sha256WithRsa);

    /// <summary>The algorithm beside the signature; null: the same.</summary>
    public byte[]? Outside { get; init; }

    public byte[] Issuer { get; init; } = Authority.RawData;

    public byte[] Subject { get; init; } = Holder.RawData;

    public DateTimeOffset NotBefore { get; init; } = TestCards.Start.AddYears(-1);

    public DateTimeOffset NotAfter { get; init; } = TestCards.Start.AddYears(4);

    public byte[] PublicKey { get; init; } = CardKey.ExportSubjectPublicKeyInfo();

    public ImmutableArray<byte[]> Extensions { get; init; } =
    [
        KeyUsage(X509KeyUsageFlags.DigitalSignature),
        ExtendedUsage(TestProfile.ClientAuthOid),
        Policies(TestProfile.PolicyOid),
    ];

    public Func<byte[], byte[]> SignedBy { get; init; } = With(AuthorityKey);

    public Func<byte[], byte[]> Signature { get; init; } = s => s;

    public int UnusedBits { get; init; }

    /// <summary>What stands behind the signature, inside the certificate.</summary>
    public byte[] Appendix { get; init; } = [];

    /// <summary>What becomes of the octets when all is written and signed.</summary>
    public Func<byte[], byte[]> Whole { get; init; } = der => der;

    /// <summary>Level C with this certificate and a right signature of its key.</summary>
    public Attempt WithPin(DateTimeOffset? at = null) =>
        Shown(
            at,
            check => new CardEvidence.PinChallenge(
                Encode(),
                CardKey.SignData(
                    check.Challenge.SignedOctets.Span,
                    HashAlgorithmName.SHA256,
                    RSASignaturePadding.Pkcs1
                )
            )
        );

    /// <summary>Level A with this certificate.</summary>
    public Attempt MerelyRead(DateTimeOffset? at = null) =>
        Shown(at, _ => new CardEvidence.CertificateRead(Encode()));

    public CraftedCertificate Replacing(string oid, params byte[][] by) =>
        this with
        {
            Extensions = [.. Extensions.Where(e => OidOf(e) != oid), .. by],
        };

    public CraftedCertificate And(params byte[][] further) =>
        this with
        {
            Extensions = [.. Extensions, .. further],
        };

    public byte[] Encode()
    {
        byte[] signed = Signed();
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(signed);
            writer.WriteEncodedValue(Outside ?? Inside);
            byte[] signature = Signature(SignedBy(signed));
            writer.WriteBitString(
                UnusedBits == 0 ? signature : [.. signature[..^1], (byte)(signature[^1] & 0x80)],
                UnusedBits
            );
            if (Appendix.Length > 0)
            {
                writer.WriteEncodedValue(Appendix);
            }
        }

        return Whole(writer.Encode());
    }

    public static Func<byte[], byte[]> With(RSA key, HashAlgorithmName? digest = null) =>
        signed =>
            key.SignData(signed, digest ?? HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public static Func<byte[], byte[]> WithAuthority(
        HashAlgorithmName digest,
        RSASignaturePadding? padding = null
    ) => signed => AuthorityKey.SignData(signed, digest, padding ?? RSASignaturePadding.Pkcs1);

    public static byte[] RsaAlgorithm(string oid, bool withNull = true)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (withNull)
            {
                writer.WriteNull();
            }
        }

        return writer.Encode();
    }

    public static byte[] Extension(string oid, byte[] value, bool critical)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (critical)
            {
                writer.WriteBoolean(true);
            }

            writer.WriteOctetString(value);
        }

        return writer.Encode();
    }

    public static byte[] KeyUsage(X509KeyUsageFlags usage, bool critical = true) =>
        Extension(KeyUsageOid, new X509KeyUsageExtension(usage, critical).RawData, critical);

    public static byte[] ExtendedUsage(params string[] oids)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (string oid in oids)
            {
                writer.WriteObjectIdentifier(oid);
            }
        }

        return Extension(ExtendedOid, writer.Encode(), critical: false);
    }

    public static byte[] Policies(params string[] oids) => Policies(true, oids);

    public static byte[] Policies(bool critical, params string[] oids)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            foreach (string oid in oids)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(oid);
                }
            }
        }

        return Extension(PoliciesOid, writer.Encode(), critical);
    }

    /// <summary>An RSA public key with these numbers, whoever may have the private one.</summary>
    public static byte[] RsaKey(byte[] modulus, byte[] exponent)
    {
        AsnWriter numbers = new(AsnEncodingRules.DER);
        using (numbers.PushSequence())
        {
            numbers.WriteIntegerUnsigned(modulus);
            numbers.WriteIntegerUnsigned(exponent);
        }

        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(RsaAlgorithm("1.2.840.113549.1.1.1"));
            writer.WriteBitString(numbers.Encode());
        }

        return writer.Encode();
    }

    private static X509Certificate2 Root(RSA key, X500DistinguishedName name)
    {
        CertificateRequest request = new(
            name,
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true)
        );
        return request.CreateSelfSigned(TestCards.Start.AddYears(-6), TestCards.Start.AddYears(6));
    }

    private static Attempt Shown(DateTimeOffset? at, Func<CardCheck, CardEvidence> evidence) =>
        new()
        {
            World = s =>
                s with
                {
                    Anchors = Anchors,
                    Time = at is { } moment ? new TestKit.ManualTime(moment) : s.Time,
                    Options = new AuthorizationOptions
                    {
                        // Open from long before any row's moment.
                        LevelA = Attempt.Approval with
                        {
                            Date = new DateOnly(2020, 4, 1),
                        },
                    },
                },
            Evidence = (_, check) => evidence(check),
        };

    private static string OidOf(byte[] extension) =>
        new AsnReader(extension, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier();

    private byte[] Signed()
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            if (Version is { } version)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                {
                    writer.WriteInteger(version);
                }
            }

            writer.WriteInteger(TestCards.NextSerial());
            writer.WriteEncodedValue(Inside);
            writer.WriteEncodedValue(Issuer);
            using (writer.PushSequence())
            {
                writer.WriteUtcTime(NotBefore);
                writer.WriteUtcTime(NotAfter);
            }

            writer.WriteEncodedValue(Subject);
            writer.WriteEncodedValue(PublicKey);
            if (!Extensions.IsEmpty)
            {
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
                using (writer.PushSequence())
                {
                    foreach (byte[] extension in Extensions)
                    {
                        writer.WriteEncodedValue(extension);
                    }
                }
            }
        }

        return writer.Encode();
    }
}
