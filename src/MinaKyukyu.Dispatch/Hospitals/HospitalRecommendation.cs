using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Dispatch.Hospitals;

/// <summary>病院選定: where one patient may be carried, ranked. Advice: the crew decides. Never empty while the plan has a hospital.</summary>
/// <param name="Needs">What was asked for.</param>
/// <param name="Hospitals">Ranked; at most as many as were asked for.</param>
public sealed record HospitalRecommendation(
    RecommendationLevel Level,
    Reason LevelReason,
    CareNeeds Needs,
    ImmutableArray<HospitalCandidate> Hospitals
);

/// <summary>One hospital that may be asked.</summary>
/// <param name="Rank">From 1.</param>
/// <param name="Road">The drive with lights and siren, in whole milliseconds; null where the level cannot say.</param>
/// <param name="MeetsNeeds">It has everything that was asked for.</param>
public sealed record HospitalCandidate(
    HospitalId Hospital,
    int Rank,
    TimeSpan? Road,
    bool MeetsNeeds,
    bool RefusedBefore,
    bool Accepting,
    ImmutableArray<Reason> Reasons
);
