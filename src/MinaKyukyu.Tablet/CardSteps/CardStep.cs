using Microsoft.Extensions.Logging;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Tablet.Queue;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Tablet.CardSteps;

/// <summary>
/// The card step of one patient, as the crew taps it: identity, consent, read; and at handover whether the card was given back.
/// At most four taps with a card, exactly one without. Nothing of the card or the record is written or logged. One at a time;
/// not thread-safe.
/// </summary>
public sealed class CardStep
{
    private readonly IncidentId _incident;
    private readonly PatientSlot _patient;
    private readonly ICardLink _link;
    private readonly CardShowing _showing;
    private readonly IIdSource _ids;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private IdentityCheck _identity;
    private ConsentBasis _consent;
    private ConsentJudgement? _judgement;
    private BeginCardCheckRequest? _begin;
    private RequestAccessRequest? _access;

    /// <summary>The grant of a record that waits for the crew's word about the card's holder.</summary>
    private RequestAccessResponse? _asked;
    private DateTimeOffset _beginEnds = DateTimeOffset.MaxValue;
    private bool _wasTriedAgain;
    private long? _firstTap;

    /// <param name="pinWithin">How long the holder may take to type the PIN.</param>
    /// <param name="terminal">The reader's name, as the verifier shall hear it.</param>
    internal CardStep(
        IncidentId incident,
        PatientSlot patient,
        ICardLink link,
        ISpecialVerifier verifier,
        IIdSource ids,
        TimeProvider time,
        string terminal,
        TimeSpan pinWithin,
        ILogger logger
    )
    {
        _incident = incident;
        _patient = patient;
        _link = link;
        _showing = new CardShowing(verifier, time, terminal, pinWithin);
        _ids = ids;
        _time = time;
        _logger = logger;
        Screen = new SummaryScreen(time);
    }

    public SummaryScreen Screen { get; }

    /// <summary>Taps of the crew in this step so far.</summary>
    public int Taps { get; private set; }

    /// <summary>Whether a card lies in the crew's hands; asked about at handover.</summary>
    public bool IsCardInHand { get; private set; }

    /// <summary>Tap: 本人確認.</summary>
    public void CheckIdentity(IdentityCheck identity)
    {
        Tap();
        _identity = identity;
        IsCardInHand = true;
    }

    /// <summary>Tap: 同意. Refusing is not told here but by <see cref="Close"/>: nothing of the card is read then.</summary>
    public void TakeConsent(ConsentBasis basis, ConsentJudgement? judgement = null)
    {
        if (basis is not (ConsentBasis.Spoken or ConsentBasis.NotObtainable))
        {
            throw new ArgumentOutOfRangeException(nameof(basis));
        }

        Tap();
        _consent = basis;
        _judgement = judgement;
    }

    /// <summary>Tap: read. Asks the server, the card, and the server again; ends in a definite word.</summary>
    /// <param name="path">A PIN is asked for after its tries are known, and shown to the card once.</param>
    /// <exception cref="InvalidOperationException">Identity or consent was not tapped before.</exception>
    public async Task<CardStepResult> ReadAsync(
        ICardReader card,
        CardPath path,
        CancellationToken cancellation
    )
    {
        if (_identity == IdentityCheck.Unspecified || _consent == ConsentBasis.Unspecified)
        {
            throw new InvalidOperationException(
                "Identity and consent come before the card is read."
            );
        }

        Tap();
        if (_access is null)
        {
            if (_time.GetUtcNow() >= _beginEnds)
            {
                // The holder took longer than the server's challenge lasts: another one, not a refusal.
                _begin = null;
            }

            _begin ??= Begin();
            CardReply<BeginCardCheckResponse> begun = await _link.BeginAsync(_begin, cancellation);
            if (begun is not CardReply<BeginCardCheckResponse>.Given { Answer: { } check })
            {
                return Stop(begun);
            }

            _beginEnds = check.ExpireTime?.ToDateTimeOffset() ?? DateTimeOffset.MaxValue;
            CardShown shown = await _showing.ShowAsync(
                card,
                path,
                check.Challenge.ToByteArray(),
                cancellation
            );
            if (shown is not CardShown.Evidence evidence)
            {
                var trouble = (CardShown.Trouble)shown;
                return StopAtCard(trouble.State, trouble.TriesLeft);
            }

            _access = Access(check.ChallengeId, evidence);
        }

        CardReply<RequestAccessResponse> reply = await _link.RequestAccessAsync(
            _access,
            cancellation
        );
        if (reply is not CardReply<RequestAccessResponse>.Given { Answer: { } grant })
        {
            return Stop(reply);
        }

        return await ViewAsync(grant, isHolderConfirmed: false, cancellation);
    }

    /// <summary>Tap: the crew looked again, and the card is this person's. Reads what the question kept back.</summary>
    /// <exception cref="InvalidOperationException">Nothing was asked.</exception>
    public Task<CardStepResult> ConfirmHolderAsync(CancellationToken cancellation)
    {
        RequestAccessResponse grant =
            _asked
            ?? throw new InvalidOperationException("The server asked nothing about the holder.");
        Tap();
        return ViewAsync(grant, isHolderConfirmed: true, cancellation);
    }

    /// <summary>Tap: no card, refused, not feasible …; the run goes on.</summary>
    /// <param name="reason">Of the table <c>no-view-reason</c>.</param>
    public CardStepResult Close(string reason)
    {
        Tap();
        Forget();
        return End(CardStepWord.ClosedByCrew, null, null, reason);
    }

    /// <summary>Tap, with the handover: whether the card was given back. Clears the screen.</summary>
    public void GiveBack(bool isReturned)
    {
        Tap();
        Forget();
        IsCardInHand = !isReturned;
    }

    /// <summary>Tap: the patient takes consent back. The screen is empty before the server is told.</summary>
    public Offer<WithdrawConsentResponse> Withdraw()
    {
        Tap();
        Forget();
        return _link.Withdraw(
            new WithdrawConsentRequest
            {
                IncidentId = _incident.Value,
                PatientNumber = _patient.Number,
            }
        );
    }

    /// <summary>Nothing of the record stays, neither what was shown nor the way back to it.</summary>
    private void Forget()
    {
        Screen.Clear();
        _asked = null;
        _access = null;
        _begin = null;
    }

    private BeginCardCheckRequest Begin() =>
        new()
        {
            RequestId = _ids.Next(),
            IncidentId = _incident.Value,
            PatientNumber = _patient.Number,
            IdentityCheck = _identity,
            ConsentBasis = _consent,
            ConsentJudgement = _judgement,
        };

    private RequestAccessRequest Access(string challenge, CardShown.Evidence evidence)
    {
        var request = new RequestAccessRequest
        {
            RequestId = _ids.Next(),
            IncidentId = _incident.Value,
            PatientNumber = _patient.Number,
            ChallengeId = challenge,
        };
        evidence.AddTo(request);
        return request;
    }

    private async Task<CardStepResult> ViewAsync(
        RequestAccessResponse grant,
        bool isHolderConfirmed,
        CancellationToken cancellation
    )
    {
        TimeSpan handsOn = SinceFirstTap();
        Screen.Open(grant.ExpireTime.ToDateTimeOffset());
        int sections = 0;
        CardReply<StreamSummaryResponse> reply = await _link.StreamSummaryAsync(
            new StreamSummaryRequest
            {
                IncidentId = _incident.Value,
                GrantId = grant.GrantId,
                HolderConfirmed = isHolderConfirmed,
            },
            section =>
            {
                sections++;
                Screen.Show(section);
            },
            cancellation
        );
        StreamSummaryResponse? last = (reply as CardReply<StreamSummaryResponse>.Given)?.Answer;
        if (last?.HolderDiffers is { } question)
        {
            _asked = grant;
            Screen.Ask(question.Words);
            return End(CardStepWord.HolderDiffers, null, null, "");
        }

        SummaryEnd? end = last?.End;
        // Without an answer the crew may say it again; the question is theirs to remember.
        _asked = end is null ? _asked : null;
        // "No answer" is never shown as "no record".
        SummaryOutcome outcome = end?.Outcome ?? SummaryOutcome.Unavailable;
        TabletLog.CardStepEnded(_logger, outcome.ToString());
        return new CardStepResult(
            CardStepWord.Viewed,
            grant.CardLevel,
            CardState.Ready,
            (reply as CardReply<StreamSummaryResponse>.Refused)?.Why,
            outcome,
            sections,
            [.. end?.CareNeeds.Select(n => n.Need).Distinct(StringComparer.Ordinal) ?? []],
            Taps,
            handsOn,
            SinceFirstTap(),
            "",
            null
        );
    }

    private CardStepResult StopAtCard(CardState state, int? triesLeft)
    {
        // Placing it again is asked for once; a PIN may be typed again, or left for the photo check, as long as the crew taps.
        bool staysOpen = state.IsAboutPin() || (state.IsWorthOneMoreTry() && !_wasTriedAgain);
        _wasTriedAgain |= state.IsWorthOneMoreTry();
        return End(
            CardStepWord.CardNotUsable,
            state,
            null,
            staysOpen ? "" : NoViewReasons.Of(state),
            triesLeft
        );
    }

    private CardStepResult Stop<T>(CardReply<T> reply)
    {
        if (reply is not CardReply<T>.Refused refused)
        {
            return End(CardStepWord.NoAnswer, null, null, "");
        }

        _begin = null;
        _access = null;
        return End(CardStepWord.Refused, null, refused.Why, NoViewReasons.Of(refused.Why));
    }

    private CardStepResult End(
        CardStepWord word,
        CardState? card,
        Refusal? refusal,
        string reason,
        int? triesLeft = null
    )
    {
        TabletLog.CardStepEnded(_logger, word.ToString());
        TimeSpan elapsed = SinceFirstTap();
        Offer<CloseCardStepResponse>? closing =
            reason.Length == 0
                ? null
                : _link.Close(
                    new CloseCardStepRequest
                    {
                        IncidentId = _incident.Value,
                        PatientNumber = _patient.Number,
                        ReasonCode = reason,
                    }
                );
        return new CardStepResult(
            word,
            "",
            card,
            refusal,
            SummaryOutcome.Unspecified,
            0,
            [],
            Taps,
            elapsed,
            elapsed,
            reason,
            closing,
            triesLeft
        );
    }

    private void Tap()
    {
        Taps++;
        _firstTap ??= _time.GetTimestamp();
    }

    private TimeSpan SinceFirstTap() =>
        _firstTap is { } first ? _time.GetElapsedTime(first) : TimeSpan.Zero;
}
