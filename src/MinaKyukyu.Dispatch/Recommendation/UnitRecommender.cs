using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.State;
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
        Reckoning reckoning = Reckoning.Of(situation, incident.Place, muster.Contenders);
        List<Contender> ranked = reckoning.Reached;
        ranked.Sort(
            reckoning.Level == RecommendationLevel.StaticOrder
                ? Contender.ByStation
                : Contender.NearestFirst
        );
        PutFirstWhoCanBeOrderedNow(ranked);

        int most = Math.Min(maxCandidates > 0 ? maxCandidates : DefaultMaxCandidates, ranked.Count);
        return new UnitRecommendation(
            reckoning.Level,
            reckoning.LevelReason,
            CandidateReasons.Describe(situation, incident, reckoning, most),
            ranked.Count,
            Excluded(situation.Plan, muster, reckoning),
            WhyNobody(muster, ranked)
        )
        {
            RoadMetricVersion = reckoning.RoadMetricVersion,
        };
    }

    /// <summary>
    /// An order can only be given to a unit that is free. So the first is the best of those; one that is soon free keeps its
    /// place by time behind it, and the first says when somebody would be earlier. Without quantiles nobody can show that waiting
    /// wins at P90 too.
    /// </summary>
    private static void PutFirstWhoCanBeOrderedNow(List<Contender> ranked)
    {
        int firstFree = ranked.FindIndex(c => c.FreeIn is null);
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
        if (ranked.Count > 0 && ranked[0].FreeIn is null)
        {
            return null;
        }

        if (muster.Contenders.Exists(c => c.FreeIn is null))
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
