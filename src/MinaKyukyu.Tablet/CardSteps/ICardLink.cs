using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Tablet.Queue;

namespace MinaKyukyu.Tablet.CardSteps;

/// <summary>What came of one question to the server.</summary>
public abstract record CardReply<T>
{
    private CardReply() { }

    public sealed record Given(T Answer) : CardReply<T>;

    public sealed record Refused(Refusal Why) : CardReply<T>;

    /// <summary>Nobody knows whether the server did it. The crew may tap again: the same request goes out.</summary>
    public sealed record NoAnswer : CardReply<T>;
}

/// <summary>
/// What the card step asks of the server. The questions that carry evidence of a card are asked once and are never written down;
/// closing and withdrawing go through the queue.
/// </summary>
public interface ICardLink
{
    Task<CardReply<BeginCardCheckResponse>> BeginAsync(
        BeginCardCheckRequest request,
        CancellationToken cancellation
    );

    Task<CardReply<RequestAccessResponse>> RequestAccessAsync(
        RequestAccessRequest request,
        CancellationToken cancellation
    );

    /// <param name="show">Called with each section as it arrives.</param>
    /// <returns>The last message: the end, or the question whether the card is this person's.</returns>
    Task<CardReply<StreamSummaryResponse>> StreamSummaryAsync(
        StreamSummaryRequest request,
        Action<SummarySection> show,
        CancellationToken cancellation
    );

    Offer<CloseCardStepResponse> Close(CloseCardStepRequest request);

    Offer<WithdrawConsentResponse> Withdraw(WithdrawConsentRequest request);
}
