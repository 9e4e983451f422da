using MinaKyukyu.Tablet.Cards;

namespace MinaKyukyu.Tablet.CardSteps;

/// <summary>By which evidence the card is shown to the server. A closed set, each with what it cannot do without.</summary>
public abstract record CardPath
{
    private CardPath() { }

    /// <summary>Level B, the everyday one: the approved verifier's word, no PIN.</summary>
    public sealed record SpecialVerifier(IPresenceProof Presence) : CardPath;

    /// <summary>Level C: the holder's PIN and the card's signature.</summary>
    public sealed record PinChallenge(IPinPad Pad) : CardPath;
}
