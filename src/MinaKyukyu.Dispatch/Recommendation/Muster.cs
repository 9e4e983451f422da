using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Dispatch.Recommendation;

/// <summary>Who may go at all, who may not and why.</summary>
/// <param name="NextFree">Of the busy ones, the first to be expected back; null when none is busy.</param>
internal sealed record Muster(
    List<Contender> Contenders,
    ImmutableArray<ExcludedUnit> Excluded,
    (UnitId Unit, TimeSpan In)? NextFree
)
{
    public static Muster Of(Situation situation, Incident incident)
    {
        var contenders = new List<Contender>(situation.Plan.Units.Length);
        var excluded = ImmutableArray.CreateBuilder<ExcludedUnit>();
        (UnitId Unit, TimeSpan In)? nextFree = null;
        foreach (UnitPlan unit in situation.Plan.Units)
        {
            var activity = UnitActivity.Of(unit.Id, situation.Fleet, situation.Incidents);
            if (activity.State == UnitState.OffDuty)
            {
                excluded.Add(new ExcludedUnit(unit.Id, new Reason(ReasonCode.OffDuty)));
                continue;
            }

            TimeSpan? freeIn = null;
            if (!activity.MayBeDispatched)
            {
                freeIn = ExpectedRelease.In(
                    activity,
                    situation.Incidents,
                    situation.Now,
                    situation.Options
                );
                if (nextFree is not { } next || freeIn < next.In)
                {
                    nextFree = (unit.Id, freeIn.Value);
                }

                if (WhyNotEvenSoon(activity, situation, incident, freeIn.Value) is { } reason)
                {
                    excluded.Add(new ExcludedUnit(unit.Id, reason));
                    continue;
                }
            }

            contenders.Add(
                new Contender(
                    unit,
                    activity,
                    Whereabouts.Of(situation, unit, activity),
                    TurnoutRule.Of(activity.State, situation.Now, situation.Options),
                    freeIn
                )
            );
        }

        return new Muster(contenders, excluded.ToImmutable(), nextFree);
    }

    private static Reason? WhyNotEvenSoon(
        UnitActivity activity,
        Situation situation,
        Incident incident,
        TimeSpan freeIn
    )
    {
        if (activity.Order?.Incident == incident.Id)
        {
            return new Reason(ReasonCode.AlreadyOrdered) { State = activity.State };
        }

        return ExpectedRelease.IsSoon(activity, situation.Incidents)
            ? null
            : Reason.Of(ReasonCode.Busy, freeIn) with
            {
                State = activity.State,
            };
    }
}
