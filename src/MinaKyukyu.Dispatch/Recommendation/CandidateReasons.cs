using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Recommendation;

/// <summary>Turns what was reckoned into candidates that can say why they stand where they stand.</summary>
internal static class CandidateReasons
{
    public static ImmutableArray<UnitCandidate> Describe(
        Situation situation,
        Incident incident,
        Reckoning reckoning,
        int most
    )
    {
        List<Contender> ranked = reckoning.Reached;
        bool hasTimes = reckoning.Level != RecommendationLevel.StaticOrder;
        TimeSpan? doubt = hasTimes ? RoadReckoning.DoubtOf(incident.Place) : null;
        var reasons = ImmutableArray.CreateBuilder<Reason>();
        var candidates = ImmutableArray.CreateBuilder<UnitCandidate>(most);
        for (int i = 0; i < most; i++)
        {
            Contender contender = ranked[i];
            reasons.Clear();
            AddWhy(reasons, reckoning, i);
            AddWhere(reasons, situation, reckoning, contender);
            if (hasTimes)
            {
                AddPlace(reasons, situation, incident.Place, reckoning);
            }

            candidates.Add(
                new UnitCandidate(
                    contender.Unit.Id,
                    i + 1,
                    hasTimes ? Milliseconds(contender.EtaMilliseconds) : null,
                    hasTimes ? contender.Turnout : null,
                    hasTimes ? Milliseconds(contender.RoadMilliseconds) : null,
                    contender.FreeIn,
                    contender.Whereabouts.Age,
                    doubt,
                    reasons.ToImmutable()
                )
            );
        }

        return candidates.MoveToImmutable();
    }

    /// <summary>The reason first in breath: nearest, or how much later than the nearest.</summary>
    private static void AddWhy(
        ImmutableArray<Reason>.Builder reasons,
        Reckoning reckoning,
        int index
    )
    {
        List<Contender> ranked = reckoning.Reached;
        Contender contender = ranked[index];
        if (reckoning.Level == RecommendationLevel.StaticOrder)
        {
            reasons.Add(
                new Reason(
                    reckoning.TownIsKnown
                        ? ReasonCode.StationOrderOfTown
                        : ReasonCode.StationOrderDefault,
                    contender.StationRank + 1
                )
            );
        }
        else if (index == 0)
        {
            if (contender.FreeIn is null)
            {
                reasons.Add(
                    new Reason(
                        contender.SnapMeters is null
                            ? ReasonCode.NearestByStraightLine
                            : ReasonCode.NearestByRoad
                    )
                );
            }

            AddWhoWouldBeEarlier(reasons, ranked);
        }
        else if (contender.EtaMilliseconds >= ranked[0].EtaMilliseconds)
        {
            reasons.Add(
                Reason.Of(
                    ReasonCode.LaterThanNearest,
                    Milliseconds(contender.EtaMilliseconds - ranked[0].EtaMilliseconds)
                )
            );
        }

        if (contender.FreeIn is { } freeIn)
        {
            reasons.Add(Reason.Of(ReasonCode.SoonFree, freeIn));
        }
    }

    private static void AddWhoWouldBeEarlier(
        ImmutableArray<Reason>.Builder reasons,
        List<Contender> ranked
    )
    {
        if (ranked.Count > 1 && ranked[1].EtaMilliseconds < ranked[0].EtaMilliseconds)
        {
            reasons.Add(
                Reason.Of(
                    ReasonCode.SoonFreeWouldBeEarlier,
                    Milliseconds(ranked[0].EtaMilliseconds - ranked[1].EtaMilliseconds)
                ) with
                {
                    Unit = ranked[1].Unit.Id,
                }
            );
        }
    }

    private static void AddWhere(
        ImmutableArray<Reason>.Builder reasons,
        Situation situation,
        Reckoning reckoning,
        Contender contender
    )
    {
        if (contender.Activity.State == UnitState.Returning)
        {
            reasons.Add(new Reason(ReasonCode.Returning));
        }

        if (reckoning.Level == RecommendationLevel.StaticOrder)
        {
            return;
        }

        Whereabouts where = contender.Whereabouts;
        reasons.Add(new Reason(where.Known, where.Age?.TotalSeconds));
        if (reckoning.Level != RecommendationLevel.RouterOnly)
        {
            return;
        }

        if (contender.SnapMeters is not { } meters)
        {
            reasons.Add(new Reason(ReasonCode.UnitOffMap));
        }
        else if (meters >= situation.Options.SnapShownFromMeters)
        {
            reasons.Add(new Reason(ReasonCode.UnitSnapDistance, meters));
        }
    }

    private static void AddPlace(
        ImmutableArray<Reason>.Builder reasons,
        Situation situation,
        Place place,
        Reckoning reckoning
    )
    {
        if (reckoning.PassesClosure)
        {
            reasons.Add(new Reason(ReasonCode.ThroughClosure));
        }

        if (reckoning.EndsOnFoot)
        {
            reasons.Add(new Reason(ReasonCode.LastMetersOnFoot));
        }

        if (reckoning.PlaceSnapMeters >= situation.Options.SnapShownFromMeters)
        {
            reasons.Add(new Reason(ReasonCode.SnapDistance, reckoning.PlaceSnapMeters));
        }

        reasons.Add(
            new Reason(
                place.Precision == PlacePrecision.TownCentre
                    ? ReasonCode.TownCentreOnly
                    : ReasonCode.PlacePrecision,
                RoadReckoning.UncertaintyMetersOf(place)
            )
            {
                Precision = place.Precision,
            }
        );
    }

    private static TimeSpan Milliseconds(long milliseconds) =>
        new(milliseconds * TimeSpan.TicksPerMillisecond);
}
