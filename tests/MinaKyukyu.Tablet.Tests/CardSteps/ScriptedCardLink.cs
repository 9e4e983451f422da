using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.CardSteps;
using MinaKyukyu.Tablet.Queue;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Tablet.Tests.CardSteps;

/// <summary>A server and a verifier that answer the card step as the test says, and take some time for it.</summary>
internal sealed class ScriptedCardLink(ManualTime time) : ICardLink, ISpecialVerifier
{
    public List<BeginCardCheckRequest> Begun { get; } = [];

    public List<RequestAccessRequest> Asked { get; } = [];

    public List<CloseCardStepRequest> Closed { get; } = [];

    public VerifierWord Verifier { get; set; } = new(CardState.Ready, [7, 7, 7]);

    public Queue<CardReply<RequestAccessResponse>> Access { get; } = new();

    public CardReply<StreamSummaryResponse>? End { get; set; }

    /// <summary>What the server asks about the holder until the crew confirms; null: nothing.</summary>
    public HolderDiffers? Question { get; set; }

    public List<StreamSummaryRequest> Read { get; } = [];

    public TimeSpan GrantLasts { get; set; } = TimeSpan.FromMinutes(10);

    public TimeSpan ChallengeLasts { get; set; } = TimeSpan.FromMinutes(10);

    public Task<CardReply<BeginCardCheckResponse>> BeginAsync(
        BeginCardCheckRequest request,
        CancellationToken cancellation
    )
    {
        Begun.Add(request.Clone());
        CardReply<BeginCardCheckResponse> reply = new CardReply<BeginCardCheckResponse>.Given(
            new()
            {
                ChallengeId = "challenge-1",
                Challenge = ByteString.CopyFromUtf8("sign me"),
                ExpireTime = Timestamp.FromDateTimeOffset(time.GetUtcNow() + ChallengeLasts),
            }
        );
        return Task.FromResult(reply);
    }

    public Task<CardReply<RequestAccessResponse>> RequestAccessAsync(
        RequestAccessRequest request,
        CancellationToken cancellation
    )
    {
        time.Advance(TimeSpan.FromSeconds(1));
        Asked.Add(request.Clone());
        CardReply<RequestAccessResponse> granted = new CardReply<RequestAccessResponse>.Given(
            new()
            {
                GrantId = "grant-1",
                CardLevel =
                    request.EvidenceCase == RequestAccessRequest.EvidenceOneofCase.SpecialVerifier
                        ? "B"
                        : "C",
                ExpireTime = Timestamp.FromDateTimeOffset(time.GetUtcNow() + GrantLasts),
            }
        );
        return Task.FromResult(Access.Count > 0 ? Access.Dequeue() : granted);
    }

    public Task<CardReply<StreamSummaryResponse>> StreamSummaryAsync(
        StreamSummaryRequest request,
        Action<SummarySection> show,
        CancellationToken cancellation
    )
    {
        Read.Add(request.Clone());
        if (Question is { } question && !request.HolderConfirmed)
        {
            return Task.FromResult<CardReply<StreamSummaryResponse>>(
                new CardReply<StreamSummaryResponse>.Given(
                    new StreamSummaryResponse { HolderDiffers = question }
                )
            );
        }

        show(new SummarySection { Kind = "dialysis", State = SectionState.Rows });
        time.Advance(TimeSpan.FromSeconds(2));
        show(new SummarySection { Kind = "medicines", State = SectionState.NothingOnFile });
        var end = new SummaryEnd { Outcome = SummaryOutcome.Complete };
        end.CareNeeds.Add(new CareNeedFinding { Need = "DIALYSIS" });
        return Task.FromResult(
            End
                ?? new CardReply<StreamSummaryResponse>.Given(
                    new StreamSummaryResponse { End = end }
                )
        );
    }

    public Offer<CloseCardStepResponse> Close(CloseCardStepRequest request)
    {
        Closed.Add(request.Clone());
        return new Offer<CloseCardStepResponse>.NotKept();
    }

    public Offer<WithdrawConsentResponse> Withdraw(WithdrawConsentRequest request) =>
        new Offer<WithdrawConsentResponse>.NotKept();

    public Task<VerifierWord> AssertAsync(
        byte[] challenge,
        byte[] certificate,
        byte[] presenceProof,
        string terminal,
        CancellationToken cancellation
    ) => Task.FromResult(Verifier);
}
