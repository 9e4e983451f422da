using System.Collections.Immutable;
using System.Security.Cryptography;
using MinaKyukyu.Authorization.Cards;

namespace MinaKyukyu.Authorization.Revocation;

/// <summary>
/// A card whose certificate has the right shape and a pinned issuer, and of which only the revocation is still to be asked. Made
/// by <see cref="CardVerifier"/> alone, so that nothing else is ever asked about. Personal data: never logged, never stored.
/// </summary>
public sealed class StatusQuestion
{
    internal StatusQuestion(
        IssuingAuthority issuer,
        ReadOnlySpan<byte> serial,
        CardIdentity identity,
        ImmutableArray<byte[]> distributionPoints
    )
    {
        Issuer = issuer;
        Serial = serial.ToArray();
        DistributionPoints = distributionPoints;
        // Generations of the authority share one name: the pin keeps their serial numbers apart.
        Key = Convert.ToHexStringLower(
            SHA256.HashData([.. Convert.FromHexString(issuer.Pin), .. identity.Digest()])
        );
    }

    internal IssuingAuthority Issuer { get; }

    /// <summary>As in the certificate, big-endian, without its sign octet.</summary>
    internal byte[] Serial { get; }

    /// <summary>Names of the lists that are to name this card when it is revoked, each as DER; empty: the certificate names none.</summary>
    internal ImmutableArray<byte[]> DistributionPoints { get; }

    /// <summary>Under which the answer is kept in memory: a digest, not the number.</summary>
    internal string Key { get; }

    public override string ToString() => "(withheld)";
}
