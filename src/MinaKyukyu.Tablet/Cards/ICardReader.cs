namespace MinaKyukyu.Tablet.Cards;

/// <summary>A card in the reader's field. What it gives lives in memory only and is never logged.</summary>
public interface ICardReader : IDisposable
{
    /// <summary>The user-authentication certificate, without a PIN.</summary>
    CardRead ReadCertificate();

    /// <summary>The card's signature over the server's challenge, opened by the holder's PIN. Costs a try when the PIN is wrong.</summary>
    PinSigning Sign(string pin, ReadOnlySpan<byte> challenge);

    /// <summary>That the card is there now, without a PIN; for the approved verifier.</summary>
    byte[] ProvePresence(ReadOnlySpan<byte> challenge);
}

/// <param name="State"><see cref="CardState.Ready"/>, or why there is no certificate.</param>
/// <param name="Certificate">DER; null unless ready.</param>
public sealed record CardRead(CardState State, byte[]? Certificate)
{
    // A record would print the bytes' type only, but nobody shall widen that by accident.
    public override string ToString() => State.ToString();
}

/// <param name="State"><see cref="CardState.Ready"/>, <see cref="CardState.PinWrong"/> or <see cref="CardState.PinLocked"/>.</param>
/// <param name="Signature">Null unless ready.</param>
public sealed record PinSigning(CardState State, int TriesLeft, byte[]? Signature)
{
    public override string ToString() => State.ToString();
}
