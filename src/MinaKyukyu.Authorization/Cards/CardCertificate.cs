using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>A certificate taken apart: what was signed, by which algorithm, and the signature. For one thread at a time.</summary>
internal sealed class CardCertificate : IDisposable
{
    /// <summary>Longest certificate that is looked at; published ones of cards have less than 2 KiB.</summary>
    private const int LongestDer = 8 * 1024;

    private VerificationKey? _key;

    private CardCertificate(
        X509Certificate2 parsed,
        ReadOnlyMemory<byte> signedPart,
        string signatureOid,
        byte[] signature
    )
    {
        Parsed = parsed;
        SignedPart = signedPart;
        SignatureOid = signatureOid;
        Signature = signature;
    }

    public X509Certificate2 Parsed { get; }

    /// <summary>TBSCertificate, as the issuer signed it.</summary>
    public ReadOnlyMemory<byte> SignedPart { get; }

    public string SignatureOid { get; }

    public byte[] Signature { get; }

    /// <summary>The holder's key; null when it is not accepted.</summary>
    /// <exception cref="CryptographicException">Not a key.</exception>
    /// <exception cref="AsnContentException">Not a key.</exception>
    public VerificationKey? Key => _key ??= VerificationKey.Read(Parsed.PublicKey);

    public ReadOnlySpan<byte> Issuer => Parsed.IssuerName.RawData;

    public ReadOnlySpan<byte> Subject => Parsed.SubjectName.RawData;

    public DateTimeOffset NotBefore => new(Parsed.NotBefore.ToUniversalTime());

    public DateTimeOffset NotAfter => new(Parsed.NotAfter.ToUniversalTime());

    public CardIdentity Identity => new(Issuer, Parsed.SerialNumberBytes.Span);

    /// <summary>Null when the octets are not exactly one certificate in DER. Says nothing about why: the octets are personal data.</summary>
    public static CardCertificate? Read(ReadOnlyMemory<byte> der)
    {
        if (der.Length is 0 or > LongestDer)
        {
            return null;
        }

        X509Certificate2? parsed = null;
        try
        {
            AsnReader whole = new(der, AsnEncodingRules.DER);
            AsnReader certificate = whole.ReadSequence();
            whole.ThrowIfNotEmpty();
            ReadOnlyMemory<byte> signedPart = certificate.ReadEncodedValue();
            ReadOnlyMemory<byte> algorithm = certificate.ReadEncodedValue();
            byte[] signature = certificate.ReadBitString(out int unusedBits);
            certificate.ThrowIfNotEmpty();
            parsed = X509CertificateLoader.LoadCertificate(der.Span);
            if (
                unusedBits != 0
                || !parsed.RawDataMemory.Span.SequenceEqual(der.Span)
                // RFC 5280 §4.1.1.2: the algorithm outside is the one that was signed.
                || !AlgorithmInside(signedPart).Span.SequenceEqual(algorithm.Span)
            )
            {
                parsed.Dispose();
                return null;
            }

            string oid = new AsnReader(algorithm, AsnEncodingRules.DER)
                .ReadSequence()
                .ReadObjectIdentifier();
            return new CardCertificate(parsed, signedPart, oid, signature);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            parsed?.Dispose();
            return null;
        }
    }

    public void Dispose()
    {
        _key?.Dispose();
        Parsed.Dispose();
    }

    private static ReadOnlyMemory<byte> AlgorithmInside(ReadOnlyMemory<byte> signedPart)
    {
        AsnReader tbs = new AsnReader(signedPart, AsnEncodingRules.DER).ReadSequence();
        if (tbs.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            tbs.ReadEncodedValue();
        }

        tbs.ReadInteger();
        return tbs.ReadEncodedValue();
    }
}
