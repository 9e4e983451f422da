using MinaKyukyu.Incidents.Facts;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Incidents.Decisions;

/// <summary>How the card step of a patient goes on, as the incident's record tells it: that, when and why, never what. Pure.</summary>
public static class CardSteps
{
    /// <summary>Table of the reasons why no record was viewed.</summary>
    public const string NoViewReason = "no-view-reason";

    /// <summary>The crew is at this patient: it holds an order of this open incident, active, and has not handed over.</summary>
    public static IncidentDecision<Order> FindAttendingOrder(
        IncidentsState state,
        IncidentId incidentId,
        PatientSlot patient,
        UnitId unit
    )
    {
        if (
            state.Find(incidentId) is not { } incident
            || incident.ActiveOrders.FirstOrDefault(o => o.Unit == unit) is not { } order
        )
        {
            return IncidentRefusal.IncidentNotFound;
        }

        if (incident.FindPatient(patient) is null)
        {
            return IncidentRefusal.PatientNotFound;
        }

        return incident.FindMilestone(order.Id, MilestoneKind.Handover) is null
            ? new IncidentDecision<Order>.Accepted(order, CommitPart.Nothing)
            : IncidentRefusal.IncidentClosed;
    }

    public static CommitPart Began(IncidentId incident, PatientSlot patient, DateTimeOffset now) =>
        Step(incident, patient, CardStepState.Checking, null, "", now);

    /// <param name="level">"A", "B" or "C".</param>
    public static CommitPart Viewed(
        IncidentId incident,
        PatientSlot patient,
        string level,
        DateTimeOffset now
    ) => Step(incident, patient, CardStepState.Viewed, null, level, now);

    /// <summary>No card, not registered, refused …: the run goes on. Closing twice is closing once, with the later reason.</summary>
    public static CommitPart Closed(
        IncidentId incident,
        PatientSlot patient,
        Code reason,
        DateTimeOffset now
    ) => Step(incident, patient, CardStepState.Closed, reason, "", now);

    public static CommitPart Withdrawn(
        IncidentId incident,
        PatientSlot patient,
        DateTimeOffset now
    ) => Step(incident, patient, CardStepState.Withdrawn, null, "", now);

    private static CommitPart Step(
        IncidentId incident,
        PatientSlot patient,
        CardStepState state,
        Code? reason,
        string level,
        DateTimeOffset now
    ) =>
        CommitPart.Of(
            IncidentFacts.Write(
                IncidentFacts.CardStep,
                incident.Value,
                new CardStepV1(
                    incident.Value,
                    patient.Number,
                    (int)state,
                    IncidentFacts.Write(reason),
                    level,
                    now
                ),
                IncidentJson.Default.CardStepV1
            )
        );
}
