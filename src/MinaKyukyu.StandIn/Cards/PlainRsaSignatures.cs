using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.StandIn.Cards;

/// <summary>
/// RSA PKCS#1 v1.5 signatures with any digest, SHA-1 included: the platform's own generator declines SHA-1, and a test of
/// "an old digest is refused" needs a certificate that carries one.
/// </summary>
internal sealed class PlainRsaSignatures : X509SignatureGenerator
{
    private readonly RSA _key;
    private readonly X509SignatureGenerator _platform;

    private PlainRsaSignatures(RSA key)
    {
        _key = key;
        _platform = CreateForRSA(key, RSASignaturePadding.Pkcs1);
    }

    public static PlainRsaSignatures Over(RSA key) => new(key);

    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
    {
        if (hashAlgorithm != HashAlgorithmName.SHA1)
        {
            return _platform.GetSignatureAlgorithmIdentifier(hashAlgorithm);
        }

        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.1.5");
            writer.WriteNull();
        }

        return writer.Encode();
    }

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
        _key.SignData(data, hashAlgorithm, RSASignaturePadding.Pkcs1);

    protected override PublicKey BuildPublicKey() => _platform.PublicKey;
}
