using System.Diagnostics;
using Google.Protobuf;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Tablet.Cards;

namespace MinaKyukyu.Tablet.CardSteps;

/// <summary>What came of showing a challenge to a card. Evidence holds personal data: in memory only, sent once.</summary>
internal abstract class CardShown
{
    private CardShown() { }

    /// <summary>What the server shall believe.</summary>
    public sealed class Evidence(Action<RequestAccessRequest> addTo) : CardShown
    {
        public void AddTo(RequestAccessRequest request) => addTo(request);
    }

    /// <param name="triesLeft">As the card told last, when a PIN was the matter.</param>
    public sealed class Trouble(CardState state, int? triesLeft = null) : CardShown
    {
        public CardState State { get; } = state;

        public int? TriesLeft { get; } = triesLeft;
    }
}

/// <summary>Shows the server's challenge to the card, by the special verifier or by a PIN.</summary>
/// <param name="terminal">The reader's name, as the verifier shall hear it.</param>
/// <param name="pinWithin">How long the holder may take to type the PIN.</param>
internal sealed class CardShowing(
    ISpecialVerifier verifier,
    TimeProvider time,
    string terminal,
    TimeSpan pinWithin
)
{
    public async Task<CardShown> ShowAsync(
        ICardReader card,
        CardPath path,
        byte[] challenge,
        CancellationToken cancellation
    )
    {
        CardRead read = await card.ReadAsync(cancellation);
        return read is { State: CardState.Ready, Certificate: { } certificate }
            ? path switch
            {
                CardPath.SpecialVerifier(var presence) => await AssertAsync(
                    certificate,
                    presence.Prove(challenge),
                    challenge,
                    cancellation
                ),
                CardPath.PinChallenge(var pad) => await SignAsync(
                    card,
                    read,
                    certificate,
                    pad,
                    challenge,
                    cancellation
                ),
                _ => throw new UnreachableException(),
            }
            : new CardShown.Trouble(read.State);
    }

    /// <summary>A signed "not registered" goes to the server too: it believes the verifier, not the tablet.</summary>
    private async Task<CardShown> AssertAsync(
        byte[] certificate,
        byte[] presence,
        byte[] challenge,
        CancellationToken cancellation
    )
    {
        VerifierWord word = await verifier.AssertAsync(
            challenge,
            certificate,
            presence,
            terminal,
            cancellation
        );
        return word.Assertion is { } assertion
            ? new CardShown.Evidence(request =>
                request.SpecialVerifier = new SpecialVerifierEvidence
                {
                    Certificate = ByteString.CopyFrom(certificate),
                    Assertion = ByteString.CopyFrom(assertion),
                }
            )
            : new CardShown.Trouble(word.State);
    }

    /// <summary>The tries first, then the PIN, then the card once.</summary>
    private async Task<CardShown> SignAsync(
        ICardReader card,
        CardRead read,
        byte[] certificate,
        IPinPad pad,
        byte[] challenge,
        CancellationToken cancellation
    )
    {
        if (read.PinTriesLeft is not ({ } tries and > 0))
        {
            return new CardShown.Trouble(CardState.PinLocked, 0);
        }

        using Pin? pin = await AskPinAsync(pad, tries, cancellation);
        if (pin is null)
        {
            return new CardShown.Trouble(CardState.PinNotTyped, tries);
        }

        PinSigning signing = await card.SignAsync(read, pin, challenge, cancellation);
        return signing.Signature is { } signature
            ? new CardShown.Evidence(request =>
                request.PinChallenge = new PinChallengeEvidence
                {
                    Certificate = ByteString.CopyFrom(certificate),
                    Signature = ByteString.CopyFrom(signature),
                }
            )
            : new CardShown.Trouble(signing.State, signing.TriesLeft);
    }

    private async Task<Pin?> AskPinAsync(IPinPad pad, int tries, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(pinWithin, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            late.Token,
            cancellation
        );
        try
        {
            return await pad.AskAsync(tries, ending.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }
}
