namespace MinaKyukyu.Tablet.Cards;

/// <summary>
/// How an approved terminal makes sure, without a PIN, that a card lies there now. The real command needs a terminal certificate
/// and is not public; the only filling that exists is simulated.
/// </summary>
public interface IPresenceProof
{
    /// <summary>For the approved verifier, and for this challenge only.</summary>
    byte[] Prove(ReadOnlySpan<byte> challenge);
}
