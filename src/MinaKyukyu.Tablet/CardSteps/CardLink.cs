using Grpc.Core;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Tablet.Queue;

namespace MinaKyukyu.Tablet.CardSteps;

/// <summary>The card step's questions over the crew's link.</summary>
internal sealed class CardLink(CrewLink link, OutgoingQueue queue) : ICardLink
{
    public Task<CardReply<BeginCardCheckResponse>> BeginAsync(
        BeginCardCheckRequest request,
        CancellationToken cancellation
    ) =>
        AskAsync(async () =>
            await link.Authorization.BeginCardCheckAsync(request, cancellationToken: cancellation)
        );

    public Task<CardReply<RequestAccessResponse>> RequestAccessAsync(
        RequestAccessRequest request,
        CancellationToken cancellation
    ) =>
        AskAsync(async () =>
            await link.Authorization.RequestAccessAsync(request, cancellationToken: cancellation)
        );

    public Task<CardReply<StreamSummaryResponse>> StreamSummaryAsync(
        StreamSummaryRequest request,
        Action<SummarySection> show,
        CancellationToken cancellation
    ) => AskAsync(() => ReadSummaryAsync(request, show, cancellation));

    public Offer<CloseCardStepResponse> Close(CloseCardStepRequest request) => queue.Offer(request);

    public Offer<WithdrawConsentResponse> Withdraw(WithdrawConsentRequest request) =>
        queue.Offer(request);

    private async Task<StreamSummaryResponse> ReadSummaryAsync(
        StreamSummaryRequest request,
        Action<SummarySection> show,
        CancellationToken cancellation
    )
    {
        using AsyncServerStreamingCall<StreamSummaryResponse> call = link.MedicalInfo.StreamSummary(
            request,
            cancellationToken: cancellation
        );
        while (await call.ResponseStream.MoveNext(cancellation))
        {
            StreamSummaryResponse told = call.ResponseStream.Current;
            switch (told.EventCase)
            {
                case StreamSummaryResponse.EventOneofCase.Section:
                    show(told.Section);
                    break;
                case StreamSummaryResponse.EventOneofCase.End:
                case StreamSummaryResponse.EventOneofCase.HolderDiffers:
                    return told;
            }
        }

        // The stream promises a definite word; one that stops without it broke off.
        throw new RpcException(new Status(StatusCode.Unavailable, "The summary broke off."));
    }

    private static async Task<CardReply<T>> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return new CardReply<T>.Given(await ask());
        }
        catch (RpcException failure) when (IsUnknown(failure.StatusCode))
        {
            return new CardReply<T>.NoAnswer();
        }
        catch (RpcException failure)
        {
            return new CardReply<T>.Refused(Refusal.Of(failure));
        }
    }

    private static bool IsUnknown(StatusCode code) =>
        code
            is StatusCode.Unavailable
                or StatusCode.DeadlineExceeded
                or StatusCode.Cancelled
                or StatusCode.Unknown
                or StatusCode.Internal;
}
