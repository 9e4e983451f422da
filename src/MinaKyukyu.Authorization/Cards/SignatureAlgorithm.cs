using System.Security.Cryptography;

namespace MinaKyukyu.Authorization.Cards;

/// <summary>
/// The algorithms that are accepted, as a table: RSA of at least 2048 bits with SHA-256 or better today, ECDSA P-384 with SHA-384
/// of the next card. What is not in the table is refused; SHA-1 is not in it.
/// </summary>
internal static class SignatureAlgorithm
{
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

    public static bool IsAccepted(string oid) =>
        (DigestOf(oid, isRsa: true) ?? DigestOf(oid, isRsa: false)) is not null;
}
