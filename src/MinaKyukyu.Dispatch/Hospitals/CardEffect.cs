using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Dispatch.Hospitals;

/// <summary>What needs that follow from the card's record did to the choice of hospital. Values; the sentence is made elsewhere.</summary>
/// <param name="Before">First without the needs; null when there is no hospital.</param>
/// <param name="After">First with the needs.</param>
/// <param name="RoadCost">How much longer the drive to <paramref name="After"/> is than that to <paramref name="Before"/>; zero when nothing changed, null where a time is not known.</param>
public sealed record CardEffect(HospitalId? Before, HospitalId? After, TimeSpan? RoadCost)
{
    public bool HasChangedTheFirst => Before != After;

    /// <summary>Compares two recommendations of one situation for one patient: without and with the needs.</summary>
    public static CardEffect Of(
        HospitalRecommendation withoutNeeds,
        HospitalRecommendation withNeeds
    )
    {
        HospitalCandidate? before = withoutNeeds.Hospitals.FirstOrDefault();
        HospitalCandidate? after = withNeeds.Hospitals.FirstOrDefault();
        return new CardEffect(before?.Hospital, after?.Hospital, after?.Road - before?.Road);
    }
}
