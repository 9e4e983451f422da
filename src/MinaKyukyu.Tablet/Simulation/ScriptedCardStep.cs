using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Tablet.Cards;
using MinaKyukyu.Tablet.CardSteps;
using MinaKyukyu.Tablet.VirtualCards;
using MinaKyukyu.Vocabulary.Patients;
using CardStep = MinaKyukyu.Tablet.CardSteps.CardStep;

namespace MinaKyukyu.Tablet.Simulation;

/// <summary>The card step as a script plays it: which card the crew finds, what it taps, and what is told of its end.</summary>
internal sealed class ScriptedCardStep(
    CardStep step,
    CrewScript script,
    StandInCards cards,
    Driver driver,
    SimulatedCrewOptions options,
    TimeProvider time,
    CrewTaps taps,
    RunAccount account
)
{
    /// <summary>Consent is hard to get, and life needs the record: the leader judges, a member confirms.</summary>
    private static ConsentJudgement Unconscious { get; } =
        new()
        {
            Jcs = "200",
            ReasonCode = "unconscious",
            JudgedBy = "leader",
            ConfirmedBy = "member-1",
        };

    private CrewPace Pace => options.Pace;

    public async Task PlayAsync(CancellationToken stop)
    {
        CardStepResult result = script.Kind switch
        {
            CrewScriptKind.FirstHospitalRefuses => await ViewAsync(
                "valid",
                byPin: false,
                stop,
                Unconscious
            ),
            CrewScriptKind.ViewB => await ViewAsync("valid", byPin: false, stop),
            CrewScriptKind.ViewC => await ViewAsync("valid", byPin: true, stop),
            CrewScriptKind.NotRegistered => await ViewAsync("not-registered", byPin: false, stop),
            CrewScriptKind.Expired => await ViewAsync("expired", byPin: false, stop),
            CrewScriptKind.Refused => step.Close(NoViewReasons.ConsentRefused),
            CrewScriptKind.NoRadio => step.Close(NoViewReasons.NoRadio),
            CrewScriptKind.NoTransport => step.Close(NoViewReasons.NoTransport),
            CrewScriptKind.Transfer => step.Close(NoViewReasons.NotNeeded),
            CrewScriptKind.NoCard or CrewScriptKind.CancelledOnTheWay => step.Close(
                NoViewReasons.NoCard
            ),
            _ => throw new UnreachableException(),
        };
        TellOf(result);
    }

    private async Task<CardStepResult> ViewAsync(
        string cardKind,
        bool byPin,
        CancellationToken stop,
        ConsentJudgement? judgement = null
    )
    {
        using FoundCard? found = await cards.FindAsync(script.Patient, cardKind, stop);
        if (found is null)
        {
            account.Tell("no_card_from_stand_in", ("patient", script.Patient), ("kind", cardKind));
            return step.Close(NoViewReasons.NoCard);
        }

        using var card = new VirtualCard(found.Spec);
        ICardReader reader = JpkiCardReader.OverVirtualCard(card, time, NullLogger.Instance);
        CardPath path = byPin
            ? new CardPath.PinChallenge(new KnownPin(found.Spec.Pin))
            : new CardPath.SpecialVerifier(found.Presence);
        step.CheckIdentity(byPin ? IdentityCheck.PinEntered : IdentityCheck.PhotoMatchedByCrew);
        await driver.LastAsync(Pace.BetweenCardTaps, stop);
        step.TakeConsent(
            judgement is null ? ConsentBasis.Spoken : ConsentBasis.NotObtainable,
            judgement
        );
        await driver.LastAsync(Pace.BetweenCardTaps, stop);
        CardStepResult read = await step.ReadAsync(reader, path, stop);
        if (read.Word != CardStepWord.HolderDiffers)
        {
            return read;
        }

        // Callers err; this crew looks at the photo again and finds the same face.
        account.Tell("holder_differs", ("sections", read.SectionCount));
        await driver.LastAsync(Pace.BetweenCardTaps, stop);
        return await step.ConfirmHolderAsync(stop);
    }

    private void TellOf(CardStepResult result)
    {
        // What was played in quick motion is told as it would have lasted; what the machines took is told as it was.
        TimeSpan pauses =
            result.Taps > 1 ? Pace.BetweenCardTaps * (result.Taps - 1) : TimeSpan.Zero;
        TimeSpan played = result.HandsOn + pauses - (pauses / options.TimeScale);
        account.Tell(
            "card",
            ("word", result.Word.ToString()),
            ("level", result.Level),
            ("card_state", result.Card?.ToString()),
            ("refused", result.Refusal?.Reason),
            ("summary", result.Word == CardStepWord.Viewed ? result.Summary.ToString() : null),
            ("sections", result.SectionCount),
            ("care_needs", CrewAccount.List(result.CareNeeds)),
            ("taps", result.Taps),
            ("hands_on_seconds", Math.Round(played.TotalSeconds, 3)),
            ("measured_hands_on_seconds", Math.Round(result.HandsOn.TotalSeconds, 3)),
            ("until_word_seconds", Math.Round(result.UntilWord.TotalSeconds, 3)),
            ("closed_with", result.ClosedWith)
        );
        if (result.Closing is { } closing)
        {
            taps.Follow("card_closed", closing, ("reason", result.ClosedWith));
        }
    }
}
