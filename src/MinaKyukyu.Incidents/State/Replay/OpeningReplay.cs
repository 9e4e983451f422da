using MinaKyukyu.Incidents.Facts;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using static MinaKyukyu.Incidents.Facts.IncidentFacts;

namespace MinaKyukyu.Incidents.State.Replay;

/// <summary>What the opening and the cancelling of an incident do.</summary>
internal static class OpeningReplay
{
    public static IncidentsState Open(IncidentsState state, OpenedV1 body, long position)
    {
        var incident = new Incident
        {
            Id = new IncidentId(body.Incident),
            CallReceivedAt = body.CallReceivedAt,
            RecognizedAt = body.RecognizedAt,
            Place = Read(body.Place),
            Urgency = new Urgency((UrgencyLevel)body.Urgency, body.Protocol),
            Type = Read(body.Type),
            Channel = Read(body.Channel),
            CardReadiness = (CardReadiness)body.CardReadiness,
            Remarks = body.Remarks,
            Patients =
            [
                .. body.Patients.Select(p => new Patient(
                    new PatientSlot(p.Number),
                    Read(p.AgeBand),
                    p.ReportedHeadInjury,
                    null
                )
                {
                    Sex = Read(p.Sex),
                }),
            ],
            Milestones =
            [
                Milestone.NotedByCentre(
                    $"{body.Incident}:call",
                    MilestoneKind.CallReceived,
                    null,
                    null,
                    body.CallReceivedAt
                ),
            ],
        };
        return state.With(incident, position);
    }

    public static IncidentsState Cancel(IncidentsState state, CancelledV1 body, long position) =>
        state.Change(
            body.Incident,
            position,
            incident =>
                incident with
                {
                    CancelReason = Read(body.Reason),
                    CancelledAt = body.At,
                    Orders =
                    [
                        .. incident.Orders.Select(o =>
                            o.IsActive ? o with { End = OrderEnd.Cancelled, EndedAt = body.At } : o
                        ),
                    ],
                }
        );
}
