namespace MinaKyukyu.Authorization.Cards;

/// <summary>One pinned authority: what it is called, and the key that it signs cards, answers and lists with.</summary>
/// <param name="Pin">SHA-256 of its certificate, lower-case hex.</param>
/// <param name="Name">DER.</param>
internal sealed record IssuingAuthority(
    AnchorKind Kind,
    string Pin,
    byte[] Name,
    VerificationKey Key,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter
)
{
    /// <summary>The last second itself is valid (RFC 5280 §4.1.2.5).</summary>
    public bool IsValid(DateTimeOffset now) => NotBefore <= now && now.AddSeconds(-1) < NotAfter;

    public bool Signed(string algorithm, ReadOnlySpan<byte> octets, ReadOnlySpan<byte> signature) =>
        Key.Verifies(algorithm, octets, signature);
}
