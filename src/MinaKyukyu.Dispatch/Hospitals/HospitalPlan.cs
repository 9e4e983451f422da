using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Dispatch.Hospitals;

/// <summary>医療機関: where patients may be carried.</summary>
/// <param name="Services">What it can do beyond general care.</param>
/// <param name="Accepting">Whether it takes anybody at present; as the plan says, until hospitals tell it themselves.</param>
public sealed record HospitalPlan(
    HospitalId Id,
    string Name,
    GeoPoint Point,
    CareNeeds Services,
    bool Accepting
);
