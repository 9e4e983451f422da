using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MinaKyukyu.StandIn.Cards;

/// <summary>Key of a card: today's, the next card's, and two that must be refused.</summary>
public enum CardKey
{
    /// <summary>RSA-2048: cards of today.</summary>
    Rsa2048,

    /// <summary>ECDSA P-384: planned for the next card.</summary>
    EcdsaP384,

    /// <summary>RSA-1024: too weak.</summary>
    Rsa1024,

    /// <summary>ECDSA P-256: no card has it.</summary>
    EcdsaP256,
}

/// <summary>How a test certificate is to be made; the defaults give the profile of a real user-authentication certificate.</summary>
public sealed record CardSpec(DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    public CardKey Key { get; init; } = CardKey.Rsa2048;

    /// <summary>Digest of the authority's signature.</summary>
    public HashAlgorithmName Digest { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>Certificate policy; null: none.</summary>
    public string? Policy { get; init; } = TestProfile.PolicyOid;

    public bool PolicyCritical { get; init; } = true;

    /// <summary>Null: the extension is left out.</summary>
    public X509KeyUsageFlags? KeyUsage { get; init; } = X509KeyUsageFlags.DigitalSignature;

    public bool KeyUsageCritical { get; init; } = true;

    /// <summary>Extended key usage; null: the extension is left out.</summary>
    public string? ExtendedKeyUsage { get; init; } = TestProfile.ClientAuthOid;

    /// <summary>True: the certificate says that it is an authority itself.</summary>
    public bool IsAuthority { get; init; }

    /// <summary>Null: the next one.</summary>
    public long? Serial { get; init; }

    /// <summary>Further extensions, as they are.</summary>
    public IReadOnlyList<X509Extension> Further { get; init; } = [];
}
