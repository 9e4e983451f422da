using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MinaKyukyu.StandIn.Cards;

namespace MinaKyukyu.StandIn.Revocation;

/// <summary>How a responder's certificate is to be made; the defaults give a right one.</summary>
public sealed record ResponderSpec(DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>Null: of the authority's own kind.</summary>
    public CardKey? Key { get; init; }

    /// <summary>Digest of the authority's signature; null: the authority's own.</summary>
    public HashAlgorithmName? Digest { get; init; }

    /// <summary>Null: the extension is left out.</summary>
    public X509KeyUsageFlags? KeyUsage { get; init; } = X509KeyUsageFlags.DigitalSignature;

    /// <summary>id-kp-OCSPSigning; null: the extension is left out.</summary>
    public string? ExtendedKeyUsage { get; init; } = "1.3.6.1.5.5.7.3.9";

    public bool IsAuthority { get; init; }

    /// <summary>The authority says that nobody need ask about this certificate's own revocation.</summary>
    public bool NoCheck { get; init; } = true;

    /// <summary>Whom it names as its issuer, whoever signs it; null: the authority.</summary>
    public X500DistinguishedName? Issuer { get; init; }

    /// <summary>Null: the next one.</summary>
    public long? Serial { get; init; }

    /// <summary>Further extensions, as they are.</summary>
    public IReadOnlyList<X509Extension> Further { get; init; } = [];
}
