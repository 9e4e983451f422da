using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Dispatch.Recommendation;

/// <summary>
/// Who should go: policy <c>nearest</c>. Pure; no property of an incident makes it throw or leaves it without an answer.
/// </summary>
public static class UnitRecommender
{
    /// <summary>As many as a dispatcher reads at a glance.</summary>
    public const int DefaultMaxCandidates = 10;

    /// <param name="maxCandidates">0 or less: <see cref="DefaultMaxCandidates"/>.</param>
    public static UnitRecommendation Recommend(
        Situation situation,
        Incident incident,
        int maxCandidates = DefaultMaxCandidates
    )
    {
        var muster = Muster.Of(situation, incident);
        SceneConditions scene = SceneConditionsNow.Of(
            situation,
            incident,
            muster.Contenders.Count(c => c.IsFree)
        );
        var reckoning = Reckoning.Of(situation, incident.Place, muster.Contenders);
        List<Contender> ranked = reckoning.Reached;
        ranked.Sort(
            reckoning.Level == RecommendationLevel.StaticOrder
                ? Contender.ByStation
                : Contender.NearestFirst
        );
        int most = Math.Min(maxCandidates > 0 ? maxCandidates : DefaultMaxCandidates, ranked.Count);
        reckoning = LookCloser(situation, incident, scene, reckoning, most);
        PutFirstWhoCanBeOrderedNow(ranked);

        return new UnitRecommendation(
            reckoning.Level,
            reckoning.LevelReason,
            CandidateReasons.Describe(situation, incident, reckoning, most),
            ranked.Count,
            Excluded(situation.Plan, muster, reckoning),
            WhyNobody(muster, ranked)
        )
        {
            RoadMetricVersion = reckoning.Roads?.MetricVersion(DrivingProfile.Emergency),
            Scene = scene,
            Model = reckoning.Model,
            ModelFault = reckoning.ModelFault,
        };
    }

    /// <summary>Draws the ways of those that can still win and asks the model about them, where there are roads and a model.</summary>
    private static Reckoning LookCloser(
        Situation situation,
        Incident incident,
        SceneConditions scene,
        Reckoning ranked,
        int listed
    )
    {
        if (!ranked.IsByRoad)
        {
            return ranked;
        }

        int count = Prospects.Count(
            listed,
            ranked.Reached.Count,
            hasModel: situation.TimeToScene is not null
        );
        Prospects.TakeIn(ranked.Reached, count);
        Prospects.Describe(ranked, incident.Place, count);
        if (situation.TimeToScene is not { } model)
        {
            return ranked;
        }

        Reckoning answered = ModelAnswer.Of(model, scene, ranked, count);
        return answered.Level == RecommendationLevel.FullModel && !situation.HoldsInterval
            ? answered with
            {
                LevelReason = new Reason(ReasonCode.IntervalWithdrawn),
            }
            : answered;
    }

    /// <summary>
    /// An order can only be given to a unit that is free. So the first is the best of those; one that is soon free keeps its
    /// place by time behind it, and the first says when somebody would be earlier.
    /// </summary>
    private static void PutFirstWhoCanBeOrderedNow(List<Contender> ranked)
    {
        int firstFree = ranked.FindIndex(c => c.IsFree);
        if (firstFree > 0)
        {
            Contender free = ranked[firstFree];
            ranked.RemoveAt(firstFree);
            ranked.Insert(0, free);
        }
    }

    private static ImmutableArray<ExcludedUnit> Excluded(
        DepartmentPlan plan,
        Muster muster,
        Reckoning reckoning
    )
    {
        if (reckoning.Unreached.Count == 0)
        {
            return muster.Excluded;
        }

        Dictionary<UnitId, ExcludedUnit> all = muster.Excluded.ToDictionary(e => e.Unit);
        foreach (Contender unreached in reckoning.Unreached)
        {
            all[unreached.Unit.Id] = new ExcludedUnit(
                unreached.Unit.Id,
                new Reason(ReasonCode.Unreachable)
            );
        }

        return [.. plan.Units.Where(u => all.ContainsKey(u.Id)).Select(u => all[u.Id])];
    }

    private static Reason? WhyNobody(Muster muster, List<Contender> ranked)
    {
        if (ranked.Count > 0 && ranked[0].IsFree)
        {
            return null;
        }

        if (muster.Contenders.Exists(c => c.IsFree))
        {
            return new Reason(ReasonCode.NoFreeUnitReaches);
        }

        return muster.NextFree is { } next
            ? Reason.Of(ReasonCode.AllBusy, next.In) with
            {
                Unit = next.Unit,
            }
            : new Reason(ReasonCode.NoUnitOnDuty);
    }
}
