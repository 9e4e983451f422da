namespace MinaKyukyu.Tablet.Cards;

/// <summary>
/// A reader with a place for one card. What a card gives lives in memory only and is never logged. Every wait ends within
/// <see cref="CardReaderOptions"/>; trouble comes as a <see cref="CardState"/>, never as an exception. One question at a time.
/// </summary>
public interface ICardReader
{
    /// <summary>Which card it is, its user-authentication certificate and how many tries its PIN has left. Asks for no PIN and uses no try.</summary>
    Task<CardRead> ReadAsync(CancellationToken cancellation);

    /// <summary>
    /// The card's signature over a challenge, opened by the holder's PIN, which is shown to the card once and never again by
    /// itself. A wrong one costs a try. The card forgets the PIN before this returns.
    /// </summary>
    /// <param name="read">What was read of this card before, with at least one try left; another card is not shown the PIN.</param>
    /// <param name="challenge">As the server built it; the tablet hashes it.</param>
    Task<PinSigning> SignAsync(
        CardRead read,
        Pin pin,
        ReadOnlyMemory<byte> challenge,
        CancellationToken cancellation
    );
}

/// <summary>What kind of thing answered as an application of the public authentication service (JPKI).</summary>
public enum TokenKind
{
    /// <summary>マイナンバーカード.</summary>
    MyNumberCard = 1,

    /// <summary>The same application on an Android telephone.</summary>
    Android,

    /// <summary>On an iPhone.</summary>
    IPhone,

    /// <summary>住民基本台帳カード, the card before: no longer valid.</summary>
    ResidentCard,

    /// <summary>A name that this version does not know.</summary>
    Unknown,
}

/// <param name="State"><see cref="CardState.Ready"/>, or why there is no certificate.</param>
/// <param name="Certificate">DER; null unless ready.</param>
/// <param name="PinTriesLeft">0 to 3; null unless ready.</param>
/// <param name="Token">Null when the card did not get as far as telling.</param>
/// <param name="Reader">The reader's name; null when none was found.</param>
public sealed record CardRead(
    CardState State,
    byte[]? Certificate = null,
    int? PinTriesLeft = null,
    TokenKind? Token = null,
    string? Reader = null
)
{
    // A record would print the bytes' type only, but nobody shall widen that by accident.
    public override string ToString() => State.ToString();
}

/// <param name="State"><see cref="CardState.Ready"/>, or why there is no signature.</param>
/// <param name="TriesLeft">As the card told last; null when it did not say.</param>
/// <param name="Signature">Null unless ready.</param>
public sealed record PinSigning(CardState State, int? TriesLeft = null, byte[]? Signature = null)
{
    public override string ToString() => State.ToString();
}
