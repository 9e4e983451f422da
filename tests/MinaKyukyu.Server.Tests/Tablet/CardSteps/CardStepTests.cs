using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Server.Tests.Tablet.Cards;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.CardSteps;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Server.Tests.Tablet.CardSteps;

public sealed class CardStepTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ScriptedCardLink _link;
    private readonly CardStep _step;
    private readonly TestCard _card = TestCard.OfToday();

    public CardStepTests()
    {
        _link = new ScriptedCardLink(_time);
        _step = new CardStep(
            new("incident-1"),
            PatientSlot.First,
            _link,
            _link,
            new SequentialIds("r"),
            _time,
            "reader-1",
            NullLogger.Instance
        );
    }

    [Fact]
    public async Task Views_a_record_without_a_PIN_in_four_taps_with_the_card_given_back()
    {
        CardStepResult result = await ReadAsync(CardPath.SpecialVerifier);
        _step.GiveBack(isReturned: true);

        Assert.Equal(CardStepWord.Viewed, result.Word);
        Assert.Equal("B", result.Level);
        Assert.Equal(SummaryOutcome.Complete, result.Summary);
        Assert.Equal(2, result.SectionCount);
        Assert.Equal(["DIALYSIS"], result.CareNeeds);
        Assert.Equal(4, _step.Taps);
        Assert.Empty(_link.Closed);
    }

    [Fact]
    public async Task Tells_how_long_hands_were_bound_and_how_long_until_the_word()
    {
        CardStepResult result = await ReadAsync(CardPath.SpecialVerifier);

        // 3 s to look, 2 s to ask, 1 s for the grant; then 2 s more for the summary.
        Assert.Equal(TimeSpan.FromSeconds(6), result.HandsOn);
        Assert.Equal(TimeSpan.FromSeconds(8), result.UntilWord);
    }

    [Fact]
    public async Task Sends_the_signature_of_the_card_at_level_C()
    {
        CardStepResult result = await ReadAsync(CardPath.PinChallenge, TestCard.Pin);

        Assert.Equal("C", result.Level);
        Assert.Equal(256, Assert.Single(_link.Asked).PinChallenge.Signature.Length);
    }

    [Fact]
    public void Closes_without_a_card_in_exactly_one_tap()
    {
        CardStepResult result = _step.Close(NoViewReasons.NoCard);

        Assert.Equal(CardStepWord.ClosedByCrew, result.Word);
        Assert.Equal(1, _step.Taps);
        Assert.False(_step.IsCardInHand);
        Assert.Equal("no-card", Assert.Single(_link.Closed).ReasonCode);
        Assert.Empty(_link.Begun);
    }

    [Fact]
    public async Task Keeps_the_step_open_with_the_tries_that_are_left_when_the_PIN_is_wrong()
    {
        CardStepResult wrong = await ReadAsync(CardPath.PinChallenge, "0000");

        Assert.Equal(CardState.PinWrong, wrong.Card);
        Assert.Equal(2, _card.Card.TriesLeft);
        Assert.Empty(_link.Asked);
        Assert.Empty(_link.Closed);

        CardStepResult right = await _step.ReadAsync(
            _card.Card,
            CardPath.PinChallenge,
            TestCard.Pin,
            CancellationToken.None
        );
        Assert.Equal(CardStepWord.Viewed, right.Word);
        // The same check goes on: the same request, not a second challenge.
        Assert.Equal(_link.Begun[0], _link.Begun[1]);
    }

    [Theory]
    [InlineData(CardState.Expired, "expired")]
    [InlineData(CardState.Untrusted, "other")]
    [InlineData(CardState.VerifierUnavailable, "source-unavailable")]
    public async Task Closes_with_the_reason_when_the_verifier_asserts_nothing(
        CardState state,
        string reason
    )
    {
        _link.Verifier = new VerifierWord(state, null);

        CardStepResult result = await ReadAsync(CardPath.SpecialVerifier);

        Assert.Equal(CardStepWord.CardNotUsable, result.Word);
        Assert.Equal(state, result.Card);
        Assert.Equal(reason, Assert.Single(_link.Closed).ReasonCode);
        Assert.Empty(_link.Asked);
    }

    [Fact]
    public async Task Lets_the_server_judge_a_signed_word_that_the_card_is_not_registered()
    {
        _link.Verifier = new VerifierWord(CardState.NotRegistered, [1, 2, 3]);
        _link.Access.Enqueue(Refused("CARD_NOT_REGISTERED"));

        CardStepResult result = await ReadAsync(CardPath.SpecialVerifier);

        Assert.Equal(CardStepWord.Refused, result.Word);
        Assert.Equal("not-registered", Assert.Single(_link.Closed).ReasonCode);
    }

    [Theory]
    [InlineData("CARD_EXPIRED", "expired")]
    [InlineData("CARD_CHALLENGE_EXPIRED", "other")]
    [InlineData("CARD_REVOKED", "revoked")]
    public async Task Closes_with_the_row_that_fits_the_refusal(string refusal, string reason)
    {
        _link.Access.Enqueue(Refused(refusal));

        CardStepResult result = await ReadAsync(CardPath.SpecialVerifier);

        Assert.Equal(CardStepWord.Refused, result.Word);
        Assert.Equal(reason, Assert.Single(_link.Closed).ReasonCode);
        Assert.True(_step.Screen.IsEmpty);
    }

    [Fact]
    public async Task Sends_the_same_request_when_the_crew_taps_again_after_no_answer()
    {
        _link.Access.Enqueue(new CardReply<RequestAccessResponse>.NoAnswer());
        CardStepResult silent = await ReadAsync(CardPath.SpecialVerifier);
        CardStepResult again = await _step.ReadAsync(
            _card.Card,
            CardPath.SpecialVerifier,
            null,
            CancellationToken.None
        );

        Assert.Equal(CardStepWord.NoAnswer, silent.Word);
        Assert.Equal(CardStepWord.Viewed, again.Word);
        Assert.Equal(_link.Asked[0], _link.Asked[1]);
    }

    [Fact]
    public async Task Never_words_a_broken_stream_as_no_record()
    {
        _link.End = new CardReply<SummaryEnd>.NoAnswer();

        CardStepResult result = await ReadAsync(CardPath.SpecialVerifier);

        Assert.Equal(SummaryOutcome.Unavailable, result.Summary);
    }

    [Fact]
    public async Task Empties_the_screen_at_handover_and_when_consent_is_taken_back()
    {
        await ReadAsync(CardPath.SpecialVerifier);
        Assert.Equal(2, _step.Screen.Sections.Count);
        _step.GiveBack(isReturned: true);
        Assert.True(_step.Screen.IsEmpty);

        _step.Screen.Open(_time.GetUtcNow().AddMinutes(1));
        _step.Screen.Show(new SummarySection { Kind = "visits" });
        _step.Withdraw();
        Assert.True(_step.Screen.IsEmpty);
    }

    [Fact]
    public async Task Empties_the_screen_when_the_grant_ends()
    {
        await ReadAsync(CardPath.SpecialVerifier);
        _time.Advance(_link.GrantLasts - TimeSpan.FromSeconds(3));
        Assert.False(_step.Screen.IsEmpty);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(_step.Screen.IsEmpty);
        _step.Screen.Show(new SummarySection { Kind = "late" });
        Assert.True(_step.Screen.IsEmpty);
    }

    [Fact]
    public async Task Reads_no_card_before_identity_and_consent()
    {
        _step.CheckIdentity(IdentityCheck.PhotoMatchedByCrew);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _step.ReadAsync(_card.Card, CardPath.SpecialVerifier, null, CancellationToken.None)
        );
        Assert.Empty(_link.Begun);
    }

    public void Dispose()
    {
        _card.Dispose();
        _step.Screen.Dispose();
    }

    private async Task<CardStepResult> ReadAsync(CardPath path, string? pin = null)
    {
        _step.CheckIdentity(IdentityCheck.PhotoMatchedByCrew);
        _time.Advance(TimeSpan.FromSeconds(3));
        _step.TakeConsent(ConsentBasis.Spoken);
        _time.Advance(TimeSpan.FromSeconds(2));
        return await _step.ReadAsync(_card.Card, path, pin, CancellationToken.None);
    }

    private static CardReply<RequestAccessResponse>.Refused Refused(string reason) =>
        new(new Refusal(StatusCode.FailedPrecondition, reason, "", null));
}
