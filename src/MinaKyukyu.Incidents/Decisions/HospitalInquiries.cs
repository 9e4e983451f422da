using MinaKyukyu.Incidents.Facts;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Incidents.Decisions;

/// <summary>病院照会 and 搬送・不搬送: what hospitals answered and how it ended for a patient. Pure.</summary>
public static class HospitalInquiries
{
    public static IncidentDecision<Order> Report(
        IncidentsState state,
        IncidentId incidentId,
        AssignmentId orderId,
        Destination destination
    )
    {
        if (state.Find(incidentId) is not { } incident)
        {
            return IncidentRefusal.IncidentNotFound;
        }

        if (incident.FindOrder(orderId) is not { IsActive: true } order)
        {
            return IncidentRefusal.AssignmentNotFound;
        }

        if (incident.FindPatient(destination.Patient) is null)
        {
            return IncidentRefusal.PatientNotFound;
        }

        if (destination.State == DestinationState.Refused && destination.RefusalReason is null)
        {
            return IncidentRefusal.RefusalReasonMissing;
        }

        var body = new HospitalInquiryV1(
            incidentId.Value,
            orderId.Value,
            destination.Hospital.Value,
            destination.Patient.Number,
            (int)destination.State,
            IncidentFacts.Write(destination.RefusalReason),
            destination.UpdatedAt
        );
        return new IncidentDecision<Order>.Accepted(
            order,
            CommitPart.Of(
                IncidentFacts.Write(
                    IncidentFacts.HospitalInquiry,
                    incidentId.Value,
                    body,
                    IncidentJson.Default.HospitalInquiryV1
                )
            )
        );
    }

    public static IncidentDecision<Patient> RecordOutcome(
        IncidentsState state,
        IncidentId incidentId,
        PatientSlot slot,
        Outcome outcome,
        DateTimeOffset now
    )
    {
        if (state.Find(incidentId) is not { } incident)
        {
            return IncidentRefusal.IncidentNotFound;
        }

        if (incident.FindPatient(slot) is not { } patient)
        {
            return IncidentRefusal.PatientNotFound;
        }

        if (outcome is { Transported: false, NoTransportReason: null })
        {
            return IncidentRefusal.NoTransportReasonMissing;
        }

        var body = new OutcomeV1(
            incidentId.Value,
            slot.Number,
            outcome.Transported,
            IncidentFacts.Write(outcome.NoTransportReason),
            IncidentFacts.Write(outcome.Severity),
            now
        );
        return new IncidentDecision<Patient>.Accepted(
            patient with
            {
                Outcome = outcome,
            },
            CommitPart.Of(
                IncidentFacts.Write(
                    IncidentFacts.OutcomeRecorded,
                    incidentId.Value,
                    body,
                    IncidentJson.Default.OutcomeV1
                )
            )
        );
    }
}
