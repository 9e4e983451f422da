using System.Formats.Asn1;
using System.Security.Cryptography;

namespace MinaKyukyu.Tablet.VirtualCards;

/// <summary>What a reader asks a card to sign: a digest and the name of its algorithm (RFC 8017 §9.2).</summary>
internal sealed record DigestInfo(byte[] Hash, HashAlgorithmName Name)
{
    /// <returns>Null unless it is the DER of a digest of SHA-1, SHA-256, SHA-384 or SHA-512 of the right length.</returns>
    public static DigestInfo? Find(ReadOnlySpan<byte> der)
    {
        try
        {
            var outer = new AsnReader(der.ToArray(), AsnEncodingRules.DER);
            AsnReader info = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            AsnReader algorithm = info.ReadSequence();
            string oid = algorithm.ReadObjectIdentifier();
            algorithm.ReadNull();
            algorithm.ThrowIfNotEmpty();
            byte[] hash = info.ReadOctetString();
            info.ThrowIfNotEmpty();
            return (oid, hash.Length) switch
            {
                ("1.3.14.3.2.26", SHA1.HashSizeInBytes) => new(hash, HashAlgorithmName.SHA1),
                ("2.16.840.1.101.3.4.2.1", SHA256.HashSizeInBytes) => new(
                    hash,
                    HashAlgorithmName.SHA256
                ),
                ("2.16.840.1.101.3.4.2.2", SHA384.HashSizeInBytes) => new(
                    hash,
                    HashAlgorithmName.SHA384
                ),
                ("2.16.840.1.101.3.4.2.3", SHA512.HashSizeInBytes) => new(
                    hash,
                    HashAlgorithmName.SHA512
                ),
                _ => null,
            };
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
