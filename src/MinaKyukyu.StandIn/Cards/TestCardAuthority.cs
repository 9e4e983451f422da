using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MinaKyukyu.StandIn.Revocation;

namespace MinaKyukyu.StandIn.Cards;

/// <summary>
/// A certificate authority like that of the national card, for tests and demonstrations. Its key lives in this object only: it is
/// made at start, never written, and gone with the process.
/// </summary>
public sealed class TestCardAuthority : IDisposable
{
    private readonly AsymmetricAlgorithm _key;
    private readonly X509SignatureGenerator _generator;
    private readonly Func<long> _serials;

    private TestCardAuthority(
        AsymmetricAlgorithm key,
        X509SignatureGenerator generator,
        X509Certificate2 certificate,
        Func<long> serials
    )
    {
        _key = key;
        _generator = generator;
        _serials = serials;
        Certificate = certificate;
    }

    /// <summary>The self-signed root, without its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The authority as the one who signs answers and lists.</summary>
    public TestSigner Signer =>
        new(
            Certificate.SubjectName.RawData,
            Certificate.PublicKey.EncodedKeyValue.RawData,
            _generator,
            _key is RSA ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA384,
            Certificate.RawData
        );

    /// <summary>Makes an authority, valid from six years before <paramref name="now"/> to six years after, so that cards of every age can be issued.</summary>
    /// <param name="serials">Serial numbers of the certificates it issues; positive.</param>
    /// <param name="name">Null: the name of the test authority. Two authorities may have one name, as the national generations do.</param>
    public static TestCardAuthority Create(
        DateTimeOffset now,
        Func<long> serials,
        X500DistinguishedName? name = null,
        int keyBits = 2048,
        HashAlgorithmName? digest = null
    )
    {
        RSA rsa = RSA.Create(keyBits);
        return Create(
            rsa,
            PlainRsaSignatures.Over(rsa),
            new CertificateRequest(
                name ?? TestProfile.AuthorityName(),
                rsa,
                digest ?? HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            ),
            now,
            serials
        );
    }

    /// <summary>An authority as planned for the next card: ECDSA P-384 with SHA-384.</summary>
    public static TestCardAuthority CreateEcdsa(DateTimeOffset now, Func<long> serials)
    {
        ECDsa ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        return Create(
            ecdsa,
            X509SignatureGenerator.CreateForECDsa(ecdsa),
            new CertificateRequest(TestProfile.AuthorityName(), ecdsa, HashAlgorithmName.SHA384),
            now,
            serials
        );
    }

    /// <summary>Issues a card's certificate and keys.</summary>
    public SoftwareCard Issue(CardSpec spec, string pin)
    {
        AsymmetricAlgorithm cardKey = MakeKey(spec.Key);
        long serial = spec.Serial ?? _serials();
        X500DistinguishedName holder = TestProfile.HolderName(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"TEST{serial:X16}A")
        );
        CertificateRequest request = cardKey switch
        {
            RSA rsa => new CertificateRequest(holder, rsa, spec.Digest, RSASignaturePadding.Pkcs1),
            ECDsa ecdsa => new CertificateRequest(holder, ecdsa, spec.Digest),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        AddExtensions(request, spec);
        byte[] serialBytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(serialBytes, serial);
        using X509Certificate2 certificate = request.Create(
            Certificate.SubjectName,
            _generator,
            spec.NotBefore,
            spec.NotAfter,
            serialBytes
        );
        return new SoftwareCard(
            certificate.RawData,
            cardKey,
            ECDsa.Create(ECCurve.NamedCurves.nistP256),
            pin
        );
    }

    /// <summary>A responder of its own that this authority names (RFC 6960 §4.2.2.2), with a key of the authority's kind.</summary>
    public TestSigner IssueResponder(ResponderSpec spec)
    {
        AsymmetricAlgorithm key =
            spec.Key is { } kind ? MakeKey(kind)
            : _key is RSA ? RSA.Create(2048)
            : ECDsa.Create(ECCurve.NamedCurves.nistP384);
        X500DistinguishedName name = new("C=JP, O=JPKI-TEST, CN=OCSP responder (TEST)");
        (CertificateRequest request, X509SignatureGenerator generator) = key switch
        {
            RSA rsa => (
                new CertificateRequest(
                    name,
                    rsa,
                    spec.Digest ?? Signer.Digest,
                    RSASignaturePadding.Pkcs1
                ),
                (X509SignatureGenerator)PlainRsaSignatures.Over(rsa)
            ),
            ECDsa ecdsa => (
                new CertificateRequest(name, ecdsa, spec.Digest ?? Signer.Digest),
                X509SignatureGenerator.CreateForECDsa(ecdsa)
            ),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (spec.KeyUsage is { } usage)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        }

        if (spec.ExtendedKeyUsage is { } purpose)
        {
            request.CertificateExtensions.Add(
                new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: true)
            );
        }

        if (spec.IsAuthority)
        {
            request.CertificateExtensions.Add(
                new X509BasicConstraintsExtension(true, false, 0, true)
            );
        }

        if (spec.NoCheck)
        {
            // id-pkix-ocsp-nocheck: NULL.
            request.CertificateExtensions.Add(
                new X509Extension("1.3.6.1.5.5.7.48.1.5", [5, 0], critical: false)
            );
        }

        foreach (X509Extension extension in spec.Further)
        {
            request.CertificateExtensions.Add(extension);
        }

        byte[] serial = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(serial, spec.Serial ?? _serials());
        using X509Certificate2 certificate = request.Create(
            spec.Issuer ?? Certificate.SubjectName,
            _generator,
            spec.NotBefore,
            spec.NotAfter,
            serial
        );
        return new TestSigner(
            name.RawData,
            certificate.PublicKey.EncodedKeyValue.RawData,
            generator,
            key is RSA ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA384,
            certificate.RawData
        );
    }

    /// <summary>The authority's revocation list, DER.</summary>
    public byte[] List(
        IReadOnlyCollection<long> revoked,
        DateTimeOffset thisUpdate,
        DateTimeOffset nextUpdate
    )
    {
        CertificateRevocationListBuilder list = new();
        Span<byte> serial = stackalloc byte[sizeof(long)];
        foreach (long one in revoked)
        {
            BinaryPrimitives.WriteInt64BigEndian(serial, one);
            list.AddEntry(serial.TrimStart((byte)0).ToArray(), thisUpdate.AddDays(-1));
        }

        return list.Build(
            Certificate.SubjectName,
            _generator,
            thisUpdate.ToUnixTimeSeconds(),
            nextUpdate,
            Signer.Digest,
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(
                Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().First()
            ),
            thisUpdate
        );
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private static TestCardAuthority Create(
        AsymmetricAlgorithm key,
        X509SignatureGenerator generator,
        CertificateRequest request,
        DateTimeOffset now,
        Func<long> serials
    )
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(
                X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
                true
            )
        );
        request.CertificateExtensions.Add(
            new X509SubjectKeyIdentifierExtension(request.PublicKey, false)
        );
        byte[] serialBytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(serialBytes, serials());
        X509Certificate2 certificate = request.Create(
            request.SubjectName,
            generator,
            now.AddYears(-6),
            now.AddYears(6),
            serialBytes
        );
        return new TestCardAuthority(key, generator, certificate, serials);
    }

    private static AsymmetricAlgorithm MakeKey(CardKey kind) =>
        kind switch
        {
            CardKey.Rsa2048 => RSA.Create(2048),
            CardKey.Rsa1024 => RSA.Create(1024),
            CardKey.EcdsaP384 => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            CardKey.EcdsaP256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    private void AddExtensions(CertificateRequest request, CardSpec spec)
    {
        ICollection<X509Extension> extensions = request.CertificateExtensions;
        if (spec.KeyUsage is { } usage)
        {
            extensions.Add(new X509KeyUsageExtension(usage, spec.KeyUsageCritical));
        }

        if (spec.ExtendedKeyUsage is { } purpose)
        {
            extensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        }

        if (spec.Policy is { } policy)
        {
            extensions.Add(CertificatePolicies(policy, spec.PolicyCritical));
        }

        if (spec.IsAuthority)
        {
            extensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        }

        X509SubjectKeyIdentifierExtension authority = Certificate
            .Extensions.OfType<X509SubjectKeyIdentifierExtension>()
            .First();
        extensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(authority)
        );
        foreach (X509Extension extension in spec.Further)
        {
            extensions.Add(extension);
        }
    }

    private static X509Extension CertificatePolicies(string policy, bool critical)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(policy);
        }

        return new X509Extension("2.5.29.32", writer.Encode(), critical);
    }
}
