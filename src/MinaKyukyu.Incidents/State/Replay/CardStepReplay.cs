using MinaKyukyu.Incidents.Facts;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;
using static MinaKyukyu.Incidents.Facts.IncidentFacts;

namespace MinaKyukyu.Incidents.State.Replay;

/// <summary>How far the card step of a patient has come, and whether the card was given back.</summary>
internal static class CardStepReplay
{
    public static IncidentsState Step(IncidentsState state, CardStepV1 body, long position) =>
        state.Change(body.Incident, position, incident => Step(incident, body));

    /// <summary>Handover asks whether the card was given back; a "no" alarms until the incident is closed.</summary>
    public static Incident Return(Incident incident, MilestoneV1 body)
    {
        if (body.CardReturned is not { } returned)
        {
            return incident;
        }

        incident = incident with
        {
            CardSteps = [.. incident.CardSteps.Select(c => c with { Returned = returned })],
        };
        return returned
            ? incident
            : incident.WithAlarm(
                IncidentAlarmKind.CardNotReturned,
                new AssignmentId(body.Assignment),
                body.ReceivedAt
            );
    }

    private static Incident Step(Incident incident, CardStepV1 body)
    {
        var slot = new PatientSlot(body.Patient);
        CardStep? before = incident.FindCardStep(slot);
        var step = new CardStep(
            slot,
            (CardStepState)body.State,
            Read(body.Reason),
            body.Level.Length > 0 ? body.Level : before?.Level ?? "",
            before?.BeganAt ?? body.At,
            body.At,
            before?.Returned
        );
        return incident with
        {
            CardSteps = [.. incident.CardSteps.Where(c => c.Patient != slot), step],
        };
    }
}
