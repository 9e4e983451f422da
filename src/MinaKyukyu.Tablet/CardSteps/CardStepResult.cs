using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Tablet.Queue;

namespace MinaKyukyu.Tablet.CardSteps;

/// <summary>How the card step ended: one definite word.</summary>
public enum CardStepWord
{
    /// <summary>A record was opened; <see cref="CardStepResult.Summary"/> says what came.</summary>
    Viewed = 1,

    /// <summary>The tablet found at the card why nothing can be viewed.</summary>
    CardNotUsable,

    /// <summary>The server said no.</summary>
    Refused,

    /// <summary>The server did not answer. The crew may tap again; it does not wait.</summary>
    NoAnswer,

    /// <summary>
    /// The card's holder is not whom the call told of, and nothing was shown. The crew looks again, then confirms
    /// (<see cref="CardStep.ConfirmHolderAsync"/>) or closes the step.
    /// </summary>
    HolderDiffers,

    /// <summary>The crew closed it with a reason: no card, no consent, not feasible.</summary>
    ClosedByCrew,
}

/// <summary>Everything of a card step that may leave the tablet's memory: words, codes, counts and times.</summary>
/// <param name="Level">"A", "B" or "C"; empty when nothing was viewed.</param>
/// <param name="Card">What the tablet found at the card.</param>
/// <param name="Refusal">With <see cref="CardStepWord.Refused"/>.</param>
/// <param name="Summary">With <see cref="CardStepWord.Viewed"/>; unavailable when the stream broke off.</param>
/// <param name="SectionCount">How many sections were shown.</param>
/// <param name="CareNeeds">Codes only, such as "DIALYSIS".</param>
/// <param name="Taps">Taps of the crew until this word; keys of a PIN are the holder's.</param>
/// <param name="HandsOn">From the first tap until the card may be lifted or put away.</param>
/// <param name="UntilWord">From the first tap until the definite word.</param>
/// <param name="ClosedWith">The reason that was told to the server; empty when viewed or without an answer.</param>
/// <param name="Closing">What became of telling it.</param>
/// <param name="PinTriesLeft">As the card told last, when a PIN was the matter.</param>
public sealed record CardStepResult(
    CardStepWord Word,
    string Level,
    CardState? Card,
    Refusal? Refusal,
    SummaryOutcome Summary,
    int SectionCount,
    IReadOnlyList<string> CareNeeds,
    int Taps,
    TimeSpan HandsOn,
    TimeSpan UntilWord,
    string ClosedWith,
    Offer<CloseCardStepResponse>? Closing,
    int? PinTriesLeft = null
);
