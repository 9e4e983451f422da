using System.Collections.Immutable;
using MinaKyukyu.Incidents.Facts;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;
using static MinaKyukyu.Incidents.Facts.IncidentFacts;

namespace MinaKyukyu.Incidents.State.Replay;

/// <summary>What hospitals answered, where the unit arrived, and how it ended for a patient.</summary>
internal static class HospitalInquiryReplay
{
    public static IncidentsState Inquire(
        IncidentsState state,
        HospitalInquiryV1 body,
        long position
    )
    {
        var destination = new Destination(
            new HospitalId(body.Hospital),
            new PatientSlot(body.Patient),
            (DestinationState)body.State,
            Read(body.RefusalReason),
            body.At
        );
        return state.ChangeOrder(
            body.Incident,
            body.Assignment,
            position,
            o =>
                o with
                {
                    Destinations = o
                        .Destinations.RemoveAll(d =>
                            d.Hospital == destination.Hospital
                            && d.Patient == destination.Patient
                            && (d.State == DestinationState.Asked || d.State == destination.State)
                        )
                        .Add(destination),
                }
        );
    }

    /// <summary>The unit arrives at the hospital that accepted last.</summary>
    public static ImmutableArray<Destination> Arrive(
        ImmutableArray<Destination> destinations,
        DateTimeOffset at
    )
    {
        Destination? accepted = destinations.LastOrDefault(d =>
            d.State == DestinationState.Accepted
        );
        return accepted is null
            ? destinations
            : destinations.Replace(
                accepted,
                accepted with
                {
                    State = DestinationState.Arrived,
                    UpdatedAt = at,
                }
            );
    }

    /// <summary>It had not arrived after all.</summary>
    public static ImmutableArray<Destination> Depart(
        ImmutableArray<Destination> destinations,
        DateTimeOffset at
    )
    {
        Destination? arrived = destinations.LastOrDefault(d => d.State == DestinationState.Arrived);
        return arrived is null
            ? destinations
            : destinations.Replace(
                arrived,
                arrived with
                {
                    State = DestinationState.Accepted,
                    UpdatedAt = at,
                }
            );
    }

    public static IncidentsState RecordOutcome(IncidentsState state, OutcomeV1 body, long position)
    {
        var outcome = new Outcome(
            body.Transported,
            Read(body.NoTransportReason),
            Read(body.Severity)
        );
        return state.Change(
            body.Incident,
            position,
            incident =>
                incident with
                {
                    Patients =
                    [
                        .. incident.Patients.Select(p =>
                            p.Slot.Number == body.Patient ? p with { Outcome = outcome } : p
                        ),
                    ],
                }
        );
    }
}
