using Google.Protobuf.WellKnownTypes;
using MinaKyukyu.Dispatch.Hospitals;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.City;
using MinaKyukyu.Server.Flows;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;
using V1 = MinaKyukyu.Contracts.Dispatch.V1;

namespace MinaKyukyu.Server.Wire.Mapping;

/// <summary>Advice as the wire shows it.</summary>
internal sealed class AdvicePicture(CityPlan city, AdviceSentences sentences)
{
    public V1.Recommendation Of(GivenAdvice given)
    {
        UnitRecommendation advice = given.Advice;
        var picture = new V1.Recommendation
        {
            RecommendationId = given.Id.Value,
            IncidentId = given.Incident.Value,
            Level = (V1.RecommendationLevel)advice.Level,
            LevelReason = sentences.Of(advice.LevelReason).ToWire(),
            NobodyReason = advice.Nobody is { } nobody ? sentences.Of(nobody).ToWire() : null,
            CreateTime = given.At.ToTimestamp(),
            Policy = advice.Policy,
            RoadMetricVersion = advice.RoadMetricVersion ?? "",
            ModelVersion = advice.Model is { } model ? ArrivalSentences.NameOf(model) : "",
        };
        picture.Candidates.Add(advice.Candidates.Select(c => Of(advice.Level, c)));
        picture.Excluded.Add(
            advice.Excluded.Select(e => new V1.ExcludedUnit
            {
                UnitId = e.Unit.Value,
                UnitName = NameOf(e.Unit),
                Reason = sentences.Of(e.Reason).ToWire(),
            })
        );
        return picture;
    }

    private V1.Candidate Of(RecommendationLevel level, UnitCandidate candidate)
    {
        var picture = new V1.Candidate
        {
            UnitId = candidate.Unit.Value,
            UnitName = NameOf(candidate.Unit),
            Rank = candidate.Rank,
            Spoken = ArrivalSentences.Spoken(level, candidate).ToWire(),
        };
        Set(candidate.EtaP10, v => picture.EtaP10Seconds = v);
        Set(candidate.EtaP50, v => picture.EtaP50Seconds = v);
        Set(candidate.EtaP90, v => picture.EtaP90Seconds = v);
        Set(candidate.Turnout, v => picture.TurnoutSeconds = v);
        Set(candidate.CallProcessing, v => picture.CallProcessingSeconds = v);
        Set(candidate.Travel, v => picture.TravelSeconds = v);
        Set(candidate.Road, v => picture.RoadSeconds = v);
        Set(candidate.PositionAge, v => picture.PositionAgeSeconds = v);
        Set(candidate.FreeIn, v => picture.FreeInSeconds = v);
        Set(candidate.PlaceDoubt, v => picture.PlaceDoubtSeconds = v);
        if (candidate.Road is { } road)
        {
            picture.RoadMilliseconds = (long)road.TotalMilliseconds;
        }

        if (candidate.Drive is { Way: { } way })
        {
            picture.RoadMeters = way.Meters;
        }

        picture.Reasons.Add(candidate.Reasons.Select(r => sentences.Of(r).ToWire()));
        return picture;
    }

    public V1.RecommendHospitalsResponse Of(HospitalAdvice advice)
    {
        var picture = new V1.RecommendHospitalsResponse
        {
            Level = (V1.RecommendationLevel)advice.Ranking.Level,
            LevelReason = sentences.Of(advice.Ranking.LevelReason).ToWire(),
            UsedCard = advice.Needs != CareNeeds.None,
            CardEffect = advice.Effect is { HasChangedTheFirst: true } effect
                ? EffectOf(effect, advice.Needs)
                : null,
        };
        picture.Hospitals.Add(advice.Ranking.Hospitals.Select(Of));
        return picture;
    }

    private V1.HospitalCandidate Of(HospitalCandidate candidate)
    {
        var picture = new V1.HospitalCandidate
        {
            HospitalId = candidate.Hospital.Value,
            Name = city.FindHospital(candidate.Hospital)?.Name ?? candidate.Hospital.Value,
            Rank = candidate.Rank,
            MeetsNeeds = candidate.MeetsNeeds,
        };
        Set(candidate.Road, v => picture.RoadSeconds = v);
        picture.Reasons.Add(candidate.Reasons.Select(r => sentences.Of(r).ToWire()));
        return picture;
    }

    /// <summary>In one breath: what the card changed, why, and what it costs on the road.</summary>
    private Contracts.Type.V1.Reason EffectOf(CardEffect effect, CareNeeds needs)
    {
        string before = effect.Before is { } b ? city.FindHospital(b)?.Name ?? b.Value : "";
        string after = effect.After is { } a ? city.FindHospital(a)?.Name ?? a.Value : "";
        TimeSpan cost = effect.RoadCost ?? TimeSpan.Zero;
        return Reasons
            .Of(
                "CARD_CHANGED_HOSPITAL",
                $"カードの情報({AdviceSentences.NeedsJa(needs)})により、{before}から{after}に変わりました(走行{Durations.Ja(cost)}増)",
                $"The card ({AdviceSentences.NeedsEn(needs)}) changed {before} to {after}, {Durations.En(cost)} more on the road"
            )
            .ToWire();
    }

    private string NameOf(UnitId unit) => city.Plan.FindUnit(unit)?.Name ?? unit.Value;

    private static void Set(TimeSpan? span, Action<double> set)
    {
        if (span is { } known)
        {
            set(known.TotalSeconds);
        }
    }
}
