using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>
/// A public key that is strong enough and of a kind that cards or their authorities have, taken apart once: that costs six times
/// what a verification with it does. Safe to use from many threads.
/// </summary>
internal sealed class VerificationKey : IDisposable
{
    private const string RsaKey = "1.2.840.113549.1.1.1";
    private const string EcKey = "1.2.840.10045.2.1";
    private const string P384 = "1.3.132.0.34";

    private const int SmallestRsaBits = 2048;

    /// <summary>Largest RSA key that is accepted, so that nobody can make a check expensive.</summary>
    private const int LargestRsaBits = 4096;

    /// <summary>Smaller public exponents have a history of forgeries.</summary>
    private const int SmallestExponent = 65537;

    /// <summary>Largest public exponent by FIPS 186-5 §5.1: below 2^256.</summary>
    private const int LargestExponentBits = 256;

    /// <summary>The framework's keys promise nothing to several threads; a verification takes some 35 µs, the hash before it none of this.</summary>
    private readonly Lock _gate = new();
    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;

    private VerificationKey(ReadOnlyMemory<byte> bits, RSA? rsa, ECDsa? ecdsa)
    {
        Bits = bits;
        _rsa = rsa;
        _ecdsa = ecdsa;
    }

    /// <summary>The key's own octets, as others hash them to name it (the BIT STRING of SubjectPublicKeyInfo).</summary>
    public ReadOnlyMemory<byte> Bits { get; }

    /// <summary>Null when the key is not accepted.</summary>
    /// <exception cref="CryptographicException">Not a key.</exception>
    /// <exception cref="AsnContentException">Not a key.</exception>
    public static VerificationKey? Read(PublicKey key)
    {
        ReadOnlyMemory<byte> bits = key.EncodedKeyValue.RawData;
        return key.Oid.Value switch
        {
            RsaKey when IsStrongRsa(bits) && key.GetRSAPublicKey() is { } rsa =>
                new VerificationKey(bits, rsa, ecdsa: null),
            EcKey when IsOnP384(key) && key.GetECDsaPublicKey() is { } ecdsa => new VerificationKey(
                bits,
                rsa: null,
                ecdsa
            ),
            _ => null,
        };
    }

    /// <summary>Whether <paramref name="signature"/> in a certificate, an answer or a list was made with this key.</summary>
    /// <param name="algorithm">Object identifier; one that is not accepted, or not of this kind of key, verifies nothing.</param>
    public bool Verifies(
        string algorithm,
        ReadOnlySpan<byte> signed,
        ReadOnlySpan<byte> signature
    ) =>
        SignatureAlgorithm.DigestOf(algorithm, isRsa: _rsa is not null) is { } digest
        && Verifies(signed, signature, digest, DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>Whether a card signed these octets: RSA PKCS#1 v1.5 with SHA-256, or ECDSA P-384 (r ‖ s) with SHA-384.</summary>
    /// <remarks>How the next card will encode its signature is not published; r ‖ s is what smart cards usually give.</remarks>
    public bool VerifiesCard(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature) =>
        Verifies(
            signed,
            signature,
            _rsa is not null ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA384,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation
        );

    public void Dispose()
    {
        _rsa?.Dispose();
        _ecdsa?.Dispose();
    }

    private bool Verifies(
        ReadOnlySpan<byte> signed,
        ReadOnlySpan<byte> signature,
        HashAlgorithmName digest,
        DSASignatureFormat format
    )
    {
        // Outside the gate: a revocation list has millions of octets, and no crew waits for them.
        byte[] hash = CryptographicOperations.HashData(digest, signed);
        lock (_gate)
        {
            return _rsa?.VerifyHash(hash, signature, digest, RSASignaturePadding.Pkcs1)
                ?? _ecdsa!.VerifyHash(hash, signature, format);
        }
    }

    private static bool IsStrongRsa(ReadOnlyMemory<byte> bits)
    {
        AsnReader whole = new(bits, AsnEncodingRules.DER);
        AsnReader key = whole.ReadSequence();
        whole.ThrowIfNotEmpty();
        BigInteger modulus = key.ReadInteger();
        BigInteger exponent = key.ReadInteger();
        key.ThrowIfNotEmpty();
        return modulus.Sign > 0
            && modulus.GetBitLength() is >= SmallestRsaBits and <= LargestRsaBits
            && !exponent.IsEven
            && exponent >= SmallestExponent
            && exponent.GetBitLength() <= LargestExponentBits;
    }

    /// <summary>By its name: parameters that are written out are not looked at.</summary>
    private static bool IsOnP384(PublicKey key)
    {
        AsnReader curve = new(key.EncodedParameters?.RawData, AsnEncodingRules.DER);
        return curve.HasData
            && curve.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier)
            && curve.ReadObjectIdentifier() == P384
            && !curve.HasData;
    }
}
