using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Ports;
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
                Candidate(
                    contender,
                    i + 1,
                    hasTimes,
                    situation.HoldsInterval,
                    doubt,
                    reasons.ToImmutable()
                )
            );
        }

        return candidates.MoveToImmutable();
    }

    private static UnitCandidate Candidate(
        Contender contender,
        int rank,
        bool hasTimes,
        bool holdsInterval,
        TimeSpan? doubt,
        ImmutableArray<Reason> reasons
    )
    {
        TimeToScene? estimate = contender.Prospect?.Estimate;
        return new UnitCandidate(
            contender.Unit.Id,
            rank,
            hasTimes ? Milliseconds(contender.EtaMilliseconds) : null,
            hasTimes ? Milliseconds(estimate?.Turnout) ?? contender.Turnout : null,
            hasTimes ? Milliseconds(contender.RoadMilliseconds) : null,
            contender.FreeIn,
            contender.Whereabouts.Age,
            doubt,
            reasons
        )
        {
            EtaP10 = holdsInterval ? Milliseconds(contender.EtaP10Milliseconds) : null,
            EtaP90 = holdsInterval ? Milliseconds(contender.EtaP90Milliseconds) : null,
            CallProcessing = Milliseconds(estimate?.CallProcessing),
            Travel = Milliseconds(estimate?.Travel),
            Drive = contender.Prospect?.Drive,
            Predicted = estimate,
        };
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
            if (contender.IsFree)
            {
                reasons.Add(
                    new Reason(
                        reckoning.Model is not null ? ReasonCode.EarliestByModel
                        : contender.SnapMeters is null ? ReasonCode.NearestByStraightLine
                        : ReasonCode.NearestByRoad
                    )
                );
                AddWhoIsNearerByRoad(reasons, reckoning);
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

    /// <summary>Where the model turned the road's order around, the advice says so.</summary>
    private static void AddWhoIsNearerByRoad(
        ImmutableArray<Reason>.Builder reasons,
        Reckoning reckoning
    )
    {
        if (reckoning.Model is null)
        {
            return;
        }

        Contender first = reckoning.Reached[0];
        Contender nearest = first;
        foreach (Contender other in reckoning.Reached)
        {
            if (other.IsFree && other.RoadEtaMilliseconds < nearest.RoadEtaMilliseconds)
            {
                nearest = other;
            }
        }

        if (nearest != first)
        {
            reasons.Add(
                Reason.Of(
                    ReasonCode.OtherNearerByRoad,
                    Milliseconds(first.RoadEtaMilliseconds - nearest.RoadEtaMilliseconds)
                ) with
                {
                    Unit = nearest.Unit.Id,
                }
            );
        }
    }

    /// <summary>One that is not free yet is only called earlier if it is so at P90 too, where there is one.</summary>
    private static void AddWhoWouldBeEarlier(
        ImmutableArray<Reason>.Builder reasons,
        List<Contender> ranked
    )
    {
        Contender first = ranked[0];
        // Behind the first they stand by time, so the first that fits gains most.
        for (int i = 1; i < ranked.Count; i++)
        {
            Contender other = ranked[i];
            if (other.EtaMilliseconds >= first.EtaMilliseconds)
            {
                return;
            }

            if (first.EtaP90Milliseconds is not { } latest || other.EtaP90Milliseconds < latest)
            {
                reasons.Add(
                    Reason.Of(
                        ReasonCode.SoonFreeWouldBeEarlier,
                        Milliseconds(first.EtaMilliseconds - other.EtaMilliseconds)
                    ) with
                    {
                        Unit = other.Unit.Id,
                    }
                );
                return;
            }
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
        if (!reckoning.IsByRoad)
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

    private static TimeSpan? Milliseconds(long? milliseconds) =>
        milliseconds is { } known ? Milliseconds(known) : null;
}
