namespace MinaKyukyu.Tablet.Cards;

/// <summary>The approved special verifier (特定利用者証明検証者): says that a card is there, without a PIN.</summary>
public interface ISpecialVerifier
{
    /// <summary>Asks once, within the port's own deadline.</summary>
    /// <param name="challenge">As the server built it.</param>
    /// <param name="certificate">DER.</param>
    /// <param name="terminal">The reader's name.</param>
    Task<VerifierWord> AssertAsync(
        byte[] challenge,
        byte[] certificate,
        byte[] presenceProof,
        string terminal,
        CancellationToken cancellation
    );
}

/// <param name="State"><see cref="CardState.Ready"/>, or why it asserts nothing.</param>
/// <param name="Assertion">For the server; may come with a refusal that the server can check. Null when there is none.</param>
public sealed record VerifierWord(CardState State, byte[]? Assertion)
{
    public override string ToString() => State.ToString();
}
