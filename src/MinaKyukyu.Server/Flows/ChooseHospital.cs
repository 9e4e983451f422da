using MinaKyukyu.Dispatch.Hospitals;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Server.Flows;

/// <summary>A hospital was asked, or has answered.</summary>
internal sealed record HospitalInquiry(
    IncidentId Incident,
    AssignmentId Order,
    HospitalId Hospital,
    PatientSlot Patient,
    DestinationState State,
    Code? RefusalReason
);

/// <summary>Which hospitals, with the needs that follow from the card if one was read, and what the card changed.</summary>
/// <param name="Effect">Null when no needs are known.</param>
internal sealed record HospitalAdvice(
    HospitalRecommendation Ranking,
    CareNeeds Needs,
    CardEffect? Effect
);

/// <summary>Where to: advice on hospitals, and what they answered.</summary>
internal sealed class ChooseHospital(
    CommandDesk desk,
    Department department,
    Situations situations,
    CareNeedBook needs
)
{
    /// <summary>Null: no such incident or patient.</summary>
    public HospitalAdvice? Recommend(IncidentId id, PatientSlot patient, int maxCandidates)
    {
        var situation = situations.Now();
        if (
            situation.Incidents.Find(id) is not { } incident
            || incident.FindPatient(patient) is null
        )
        {
            return null;
        }

        CareNeeds known = needs.Find(id, patient);
        HospitalRecommendation ranking = HospitalRecommender.Recommend(
            situation,
            incident,
            patient,
            known,
            maxCandidates
        );
        if (known == CareNeeds.None)
        {
            return new HospitalAdvice(ranking, known, null);
        }

        HospitalRecommendation without = HospitalRecommender.Recommend(
            situation,
            incident,
            patient,
            CareNeeds.None,
            maxCandidates
        );
        return new HospitalAdvice(ranking, known, CardEffect.Of(without, ranking));
    }

    public Task<CommandAnswer<Order>> ReportInquiryAsync(
        Command command,
        HospitalInquiry inquiry,
        Func<Order, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Of(inquiry.Incident)],
            now =>
                department.City.FindHospital(inquiry.Hospital) is null
                    ? new Refusal("HOSPITAL_NOT_FOUND", "hospital_id")
                : !IsOwn(command.By, inquiry.Order) ? Refusal.Of(IncidentRefusal.AssignmentNotFound)
                : HospitalInquiries
                    .Report(
                        department.Incidents,
                        inquiry.Incident,
                        inquiry.Order,
                        new Destination(
                            inquiry.Hospital,
                            inquiry.Patient,
                            inquiry.State,
                            inquiry.RefusalReason,
                            now
                        )
                    )
                    .ToFlow(),
            encode,
            stop
        );

    /// <summary>A crew speaks of its own order; "not yours" and "not there" are the same answer. The centre speaks of all.</summary>
    private bool IsOwn(Caller by, AssignmentId order) =>
        by.Unit is not { } unit
        || department.Incidents.FindOrder(order) is not { } known
        || known.Unit == unit;
}
