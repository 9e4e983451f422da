using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.Facts;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Journal.Commits;

namespace MinaKyukyu.Authorization.CardChecks;

/// <summary>What becomes of a crew's wish to use a card: a closed set.</summary>
public abstract record CardCheckDecision
{
    private CardCheckDecision() { }

    /// <summary>The card may be asked; the part is to be committed before the challenge goes out.</summary>
    public sealed record Begun(CardCheck Check, CommitPart Part) : CardCheckDecision;

    /// <summary>The patient said no: the card step is over, the run goes on, nothing is written about a card.</summary>
    public sealed record Closed : CardCheckDecision;

    public sealed record Refused(RefusalReason Reason) : CardCheckDecision;
}

/// <summary>Identity and consent first, then a challenge for the card.</summary>
public sealed class CardCheckDecisions(ChallengeBook challenges)
{
    /// <param name="crew">Null when there is no such incident, patient or crew.</param>
    public CardCheckDecision Begin(
        AttendingCrew? crew,
        IdentityCheck identity,
        ConsentBasis consent
    )
    {
        if (crew is not { Attends: true })
        {
            return new CardCheckDecision.Refused(RefusalReason.NotFound);
        }

        if (consent is ConsentBasis.Refused)
        {
            challenges.Forget(crew.IncidentId, crew.PatientSlot);
            return new CardCheckDecision.Closed();
        }

        if (identity == IdentityCheck.NotMatched)
        {
            return new CardCheckDecision.Refused(RefusalReason.IdentityNotMatched);
        }

        if (consent is ConsentBasis.NotObtainable judgement)
        {
            if (judgement.HoldsPersonalNumber)
            {
                return new CardCheckDecision.Refused(RefusalReason.PersonalNumber);
            }

            if (!judgement.IsComplete)
            {
                return new CardCheckDecision.Refused(RefusalReason.ConsentJudgementIncomplete);
            }
        }

        CardCheck? check = challenges.Issue(
            crew.Binding,
            challenge => new CardCheck(challenge, identity, consent)
        );
        return check is null
            ? new CardCheckDecision.Refused(RefusalReason.TooManyOpen)
            : new CardCheckDecision.Begun(check, CommitPart.Of(CardCheckBegun.Of(check)));
    }
}
