using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.CardSteps;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Tablet.Tests.Cards;
using MinaKyukyu.TestKit;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Tablet.Tests.CardSteps;

public sealed class CardStepTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ScriptedCardLink _link;
    private readonly CardStep _step;
    private readonly TestCard _card = new();

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
            TimeSpan.FromSeconds(40),
            NullLogger.Instance
        );
    }

    [Fact]
    public async Task Views_a_record_without_a_PIN_in_four_taps_with_the_card_given_back()
    {
        CardStepResult result = await ReadAsync();
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
        CardStepResult result = await ReadAsync();

        // 3 s to look, 2 s to ask, 1 s for the grant; then 2 s more for the summary.
        Assert.Equal(TimeSpan.FromSeconds(6), result.HandsOn);
        Assert.Equal(TimeSpan.FromSeconds(8), result.UntilWord);
    }

    [Fact]
    public async Task Sends_the_signature_of_the_card_at_level_C()
    {
        CardStepResult result = await ReadAsync(new TestPad(TestCard.Pin));

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
        CardStepResult wrong = await ReadAsync(new TestPad("0000"));

        Assert.Equal(CardState.PinWrong, wrong.Card);
        Assert.Equal(2, wrong.PinTriesLeft);
        Assert.Equal(2, _card.PinTriesLeft);
        Assert.Empty(_link.Asked);
        Assert.Empty(_link.Closed);

        CardStepResult right = await _step.ReadAsync(
            _card.Reader,
            new CardPath.PinChallenge(new TestPad(TestCard.Pin)),
            CancellationToken.None
        );
        Assert.Equal(CardStepWord.Viewed, right.Word);
        // The same check goes on: the same request, not a second challenge.
        Assert.Equal(_link.Begun[0], _link.Begun[1]);
    }

    [Fact]
    public async Task Shows_the_tries_left_before_it_asks_for_the_PIN()
    {
        await ReadAsync(new TestPad("0000"));
        var pad = new TestPad("0000");

        await _step.ReadAsync(_card.Reader, new CardPath.PinChallenge(pad), CancellationToken.None);

        Assert.Equal([2], pad.TriesShown);
    }

    [Fact]
    public async Task Asks_for_no_PIN_when_it_is_locked_and_leaves_the_photo_check_open()
    {
        foreach (int _ in Enumerable.Range(0, 3))
        {
            await ReadAsync(new TestPad("0000"));
        }

        var pad = new TestPad(TestCard.Pin);
        CardStepResult locked = await ReadAsync(pad);

        Assert.Equal(CardState.PinLocked, locked.Card);
        Assert.Empty(pad.TriesShown);
        Assert.Empty(_link.Closed);
        Assert.Equal(CardStepWord.Viewed, (await ReadAsync()).Word);
    }

    [Fact]
    public async Task Uses_no_try_when_the_holder_types_nothing_in_time()
    {
        var pad = new SlowPad();
        _step.CheckIdentity(IdentityCheck.PinEntered);
        _step.TakeConsent(ConsentBasis.Spoken);
        Task<CardStepResult> reading = _step.ReadAsync(
            _card.Reader,
            new CardPath.PinChallenge(pad),
            CancellationToken.None
        );
        await pad.Asked.Task;
        _time.Advance(TimeSpan.FromSeconds(39));
        Assert.False(reading.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        CardStepResult result = await reading;

        Assert.Equal(CardState.PinNotTyped, result.Card);
        Assert.Equal(3, _card.PinTriesLeft);
        Assert.Empty(_link.Closed);
    }

    [Fact]
    public async Task Asks_for_another_challenge_when_the_first_has_ended_meanwhile()
    {
        _link.ChallengeLasts = TimeSpan.FromSeconds(60);
        await ReadAsync(new TestPad(null));
        _time.Advance(TimeSpan.FromSeconds(61));

        await ReadAsync(new TestPad(TestCard.Pin));

        Assert.NotEqual(_link.Begun[0].RequestId, _link.Begun[1].RequestId);
    }

    [Fact]
    public async Task Asks_once_to_place_an_unreadable_card_again_and_closes_the_second_time()
    {
        // No application at all would be another card; this one answers and then breaks.
        _card.Watched.Answer = (command, answer) =>
            command[1] == 0xB0 && command[4] == 4 ? [0x6F, 0x00] : answer;

        CardStepResult first = await ReadAsync();
        Assert.Equal(CardState.Unreadable, first.Card);
        Assert.Empty(_link.Closed);

        CardStepResult second = await ReadAsync();
        Assert.Equal("card-unreadable", second.ClosedWith);
        Assert.Equal("card-unreadable", Assert.Single(_link.Closed).ReasonCode);
    }

    [Fact]
    public void Proves_presence_without_a_PIN_for_this_challenge_only()
    {
        byte[] challenge = "a challenge of the server"u8.ToArray();
        byte[] proof = _card.Presence.Prove(challenge);
        byte[] statement = [.. "MINA-KYUKYU/SIMULATED-PRESENCE/1\0"u8, .. challenge];

        Assert.True(_card.Proved(statement, proof));
        statement[^1] ^= 1;
        Assert.False(_card.Proved(statement, proof));
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

        CardStepResult result = await ReadAsync();

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

        CardStepResult result = await ReadAsync();

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

        CardStepResult result = await ReadAsync();

        Assert.Equal(CardStepWord.Refused, result.Word);
        Assert.Equal(reason, Assert.Single(_link.Closed).ReasonCode);
        Assert.True(_step.Screen.IsEmpty);
    }

    [Fact]
    public async Task Sends_the_same_request_when_the_crew_taps_again_after_no_answer()
    {
        _link.Access.Enqueue(new CardReply<RequestAccessResponse>.NoAnswer());
        CardStepResult silent = await ReadAsync();
        CardStepResult again = await _step.ReadAsync(
            _card.Reader,
            ByVerifier,
            CancellationToken.None
        );

        Assert.Equal(CardStepWord.NoAnswer, silent.Word);
        Assert.Equal(CardStepWord.Viewed, again.Word);
        Assert.Equal(_link.Asked[0], _link.Asked[1]);
    }

    [Fact]
    public async Task Shows_nothing_of_a_card_whose_holder_differs_until_the_crew_says_it_is_this_patient()
    {
        _link.Question = new HolderDiffers
        {
            Words = new Words { Ja = "違います", En = "differs" },
        };
        CardStepResult asked = await ReadAsync();

        Assert.Equal((CardStepWord.HolderDiffers, 0), (asked.Word, asked.SectionCount));
        Assert.Empty(_step.Screen.Sections);
        Assert.Equal("違います", _step.Screen.HolderQuestion?.Ja);
        Assert.Empty(_link.Closed);

        CardStepResult shown = await _step.ConfirmHolderAsync(CancellationToken.None);

        Assert.Equal((CardStepWord.Viewed, 2, 4), (shown.Word, shown.SectionCount, shown.Taps));
        Assert.Null(_step.Screen.HolderQuestion);
        Assert.Equal([false, true], _link.Read.Select(r => r.HolderConfirmed));
        Assert.Single(_link.Asked);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _step.ConfirmHolderAsync(CancellationToken.None)
        );
    }

    [Theory]
    [InlineData("handover")]
    [InlineData("withdrawal")]
    [InlineData("grant over")]
    public async Task A_question_about_the_holder_goes_with_the_screen(string what)
    {
        _link.Question = new HolderDiffers
        {
            Words = new Words { Ja = "違います", En = "differs" },
        };
        await ReadAsync();
        switch (what)
        {
            case "handover":
                _step.GiveBack(isReturned: true);
                break;
            case "withdrawal":
                _step.Withdraw();
                break;
            default:
                _time.Advance(TimeSpan.FromHours(3));
                break;
        }

        Assert.True(_step.Screen.IsEmpty);
        if (what != "grant over")
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() =>
                _step.ConfirmHolderAsync(CancellationToken.None)
            );
            Assert.Single(_link.Read);
        }
    }

    [Fact]
    public async Task The_crews_word_that_met_no_radio_may_be_said_again()
    {
        _link.Question = new HolderDiffers
        {
            Words = new Words { Ja = "違います", En = "differs" },
        };
        await ReadAsync();
        _link.End = new CardReply<StreamSummaryResponse>.NoAnswer();
        Assert.Equal(
            SummaryOutcome.Unavailable,
            (await _step.ConfirmHolderAsync(CancellationToken.None)).Summary
        );
        _link.End = null;
        Assert.Equal(
            SummaryOutcome.Complete,
            (await _step.ConfirmHolderAsync(CancellationToken.None)).Summary
        );
    }

    [Fact]
    public async Task A_card_that_is_not_this_patients_is_closed_with_one_tap()
    {
        _link.Question = new HolderDiffers
        {
            Words = new Words { Ja = "違います", En = "differs" },
        };
        await ReadAsync();

        CardStepResult closed = _step.Close(NoViewReasons.FaceNotMatched);

        Assert.Equal(CardStepWord.ClosedByCrew, closed.Word);
        Assert.Null(_step.Screen.HolderQuestion);
        Assert.Equal([false], _link.Read.Select(r => r.HolderConfirmed));
        Assert.Equal(NoViewReasons.FaceNotMatched, Assert.Single(_link.Closed).ReasonCode);
    }

    [Fact]
    public async Task Never_words_a_broken_stream_as_no_record()
    {
        _link.End = new CardReply<StreamSummaryResponse>.NoAnswer();

        CardStepResult result = await ReadAsync();

        Assert.Equal(SummaryOutcome.Unavailable, result.Summary);
    }

    [Fact]
    public async Task Empties_the_screen_at_handover_and_when_consent_is_taken_back()
    {
        await ReadAsync();
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
        await ReadAsync();
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
            _step.ReadAsync(_card.Reader, ByVerifier, CancellationToken.None)
        );
        Assert.Empty(_link.Begun);
    }

    public void Dispose()
    {
        _card.Dispose();
        _step.Screen.Dispose();
    }

    private CardPath ByVerifier => new CardPath.SpecialVerifier(_card.Presence);

    /// <param name="pad">Null: without a PIN.</param>
    private async Task<CardStepResult> ReadAsync(TestPad? pad = null)
    {
        _step.CheckIdentity(IdentityCheck.PhotoMatchedByCrew);
        _time.Advance(TimeSpan.FromSeconds(3));
        _step.TakeConsent(ConsentBasis.Spoken);
        _time.Advance(TimeSpan.FromSeconds(2));
        return await _step.ReadAsync(
            _card.Reader,
            pad is null ? ByVerifier : new CardPath.PinChallenge(pad),
            CancellationToken.None
        );
    }

    private static CardReply<RequestAccessResponse>.Refused Refused(string reason) =>
        new(new Refusal(StatusCode.FailedPrecondition, reason, "", null));
}

/// <summary>A holder who never types.</summary>
internal sealed class SlowPad : IPinPad
{
    public TaskCompletionSource Asked { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<Pin?> AskAsync(int triesLeft, CancellationToken cancellation)
    {
        Asked.SetResult();
        await Task.Delay(Timeout.Infinite, cancellation);
        return null;
    }
}
