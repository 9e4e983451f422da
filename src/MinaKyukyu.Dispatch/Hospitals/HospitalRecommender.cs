using System.Collections.Immutable;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Dispatch.Situations;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Dispatch.Hospitals;

/// <summary>
/// Where to carry a patient: those that have what is needed, then the others, by road time; those that take nobody and those
/// that refused this patient stand last, but they stand. Pure; learns needs, never a record.
/// </summary>
public static class HospitalRecommender
{
    /// <summary>More than a crew asks in turn before the search counts as difficult (4 inquiries).</summary>
    public const int DefaultMaxHospitals = 5;

    /// <param name="max">0 or less: <see cref="DefaultMaxHospitals"/>.</param>
    public static HospitalRecommendation Recommend(
        Situation situation,
        Incident incident,
        PatientSlot patient,
        CareNeeds needs,
        int max = DefaultMaxHospitals
    )
    {
        CarryOrigin? origin = CarryOrigin.Find(situation, incident, patient);
        HospitalDrives drives = HospitalDrives.Of(situation, origin);
        HashSet<HospitalId> refusals = RefusalsOf(incident, patient);
        List<Ranked> ranked =
        [
            .. situation.Hospitals.Select(
                (hospital, i) =>
                    new Ranked(
                        hospital,
                        drives.Milliseconds[i],
                        drives.IsGuess[i],
                        needs & ~hospital.Services,
                        refusals.Contains(hospital.Id)
                    )
            ),
        ];
        // The sort is stable: without times, the plan's own order stands.
        ranked =
        [
            .. ranked
                .OrderBy(h => h.Class)
                .ThenBy(h => h.Milliseconds ?? 0)
                .ThenBy(h => drives.HasTimes ? h.Hospital.Id.Value : "", StringComparer.Ordinal)
                .Take(max > 0 ? max : DefaultMaxHospitals),
        ];
        return new HospitalRecommendation(
            drives.Level,
            drives.LevelReason,
            needs,
            [.. ranked.Select((h, i) => Describe(h, i, ranked, needs, origin))]
        );
    }

    /// <summary>The last word of a hospital counts; being asked again is not yet another word.</summary>
    private static HashSet<HospitalId> RefusalsOf(Incident incident, PatientSlot patient) =>
        [
            .. incident
                .Orders.SelectMany(o => o.Destinations)
                .Where(d => d.Patient == patient && d.State != DestinationState.Asked)
                .GroupBy(d => d.Hospital)
                .Where(words => words.MaxBy(d => d.UpdatedAt)!.State == DestinationState.Refused)
                .Select(words => words.Key),
        ];

    private static HospitalCandidate Describe(
        Ranked hospital,
        int index,
        List<Ranked> ranked,
        CareNeeds needs,
        CarryOrigin? origin
    )
    {
        var reasons = ImmutableArray.CreateBuilder<Reason>();
        reasons.Add(WhyHere(hospital, index, ranked));
        if (needs != CareNeeds.None && hospital.Missing == CareNeeds.None)
        {
            reasons.Add(new Reason(ReasonCode.MeetsNeeds) { Needs = needs });
        }

        if (hospital.Missing != CareNeeds.None)
        {
            reasons.Add(new Reason(ReasonCode.LacksServices) { Needs = hospital.Missing });
        }

        if (!hospital.Hospital.Accepting)
        {
            reasons.Add(new Reason(ReasonCode.NotAccepting));
        }

        if (hospital.HasRefused)
        {
            reasons.Add(new Reason(ReasonCode.RefusedBefore));
        }

        if (origin is { } from)
        {
            reasons.Add(from.Reason);
        }

        if (hospital.IsGuess)
        {
            reasons.Add(new Reason(ReasonCode.HospitalOffMap));
        }

        return new HospitalCandidate(
            hospital.Hospital.Id,
            index + 1,
            TimeOf(hospital),
            hospital.Missing == CareNeeds.None,
            hospital.HasRefused,
            hospital.Hospital.Accepting,
            reasons.ToImmutable()
        );
    }

    private static Reason WhyHere(Ranked hospital, int index, List<Ranked> ranked)
    {
        if (TimeOf(hospital) is not { } time)
        {
            return new Reason(ReasonCode.HospitalPlanOrder, index + 1);
        }

        // "Nearest" is said only among those that rank as well, so that it is never wrong in the crew's eyes.
        Ranked firstAsGood = ranked.Find(h => h.Class == hospital.Class)!;
        return ReferenceEquals(firstAsGood, hospital)
            ? new Reason(ReasonCode.NearestHospital)
            : Reason.Of(ReasonCode.LaterThanNearest, time - TimeOf(firstAsGood)!.Value);
    }

    private static TimeSpan? TimeOf(Ranked hospital) =>
        hospital.Milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    /// <param name="Missing">Of what is needed, what it does not have.</param>
    /// <param name="IsGuess">The time is by straight line though the others' are by road.</param>
    private sealed record Ranked(
        HospitalPlan Hospital,
        int? Milliseconds,
        bool IsGuess,
        CareNeeds Missing,
        bool HasRefused
    )
    {
        /// <summary>0 has everything; 1 lacks something; 2 takes nobody; 3 refused this patient.</summary>
        public int Class =>
            HasRefused ? 3
            : !Hospital.Accepting ? 2
            : Missing != CareNeeds.None ? 1
            : 0;
    }
}
