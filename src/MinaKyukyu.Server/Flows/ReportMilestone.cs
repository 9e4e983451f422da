using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Server.Identity;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Server.Flows;

/// <summary>One tap of the crew: what happened, when, where the unit was.</summary>
internal sealed record MilestoneTap(
    IncidentId Incident,
    AssignmentId Order,
    long Token,
    MilestoneKind Kind,
    DateTimeOffset OccurredAt,
    GeoPoint? Point,
    bool? CardReturned
);

/// <summary>Milestones, taking them back, and how it ended for a patient.</summary>
internal sealed class ReportMilestone(
    CommandDesk desk,
    Department department,
    RecommendationBook advice,
    IIdSource ids
)
{
    public Task<CommandAnswer<Testified>> TapAsync(
        Command command,
        MilestoneTap tap,
        Func<Testified, byte[]> encode,
        CancellationToken stop
    )
    {
        string id = ids.Next();
        return desk.RunAsync(
            command,
            [Turns.Of(tap.Incident)],
            now => Decide(id, command, tap, now),
            encode,
            stop
        );
    }

    private Decided<Testified> Decide(
        string id,
        Command command,
        MilestoneTap tap,
        DateTimeOffset now
    )
    {
        IncidentsState incidents = department.Incidents;
        if (
            command.By.Unit is { } unit
            && incidents.FindOrder(tap.Order) is { } order
            && order.Unit != unit
        )
        {
            return Refusal.Of(IncidentRefusal.AssignmentNotFound);
        }

        var report = new MilestoneReport(
            id,
            tap.Incident,
            tap.Order,
            tap.Token,
            tap.Kind,
            tap.OccurredAt,
            command.By.Device,
            tap.Point is { } at
                ? incidents.Find(tap.Incident)?.Place.Point?.DistanceMetersTo(at)
                : null,
            tap.CardReturned
        );
        return Testimony.Report(incidents, report, now).ToFlow();
    }

    public Task<CommandAnswer<Retracted>> WithdrawAsync(
        Command command,
        IncidentId incident,
        string milestone,
        Func<Retracted, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Of(incident), Turns.Orders],
            now => Withdraw(command, incident, milestone, now),
            encode,
            stop
        );

    private Decided<Retracted> Withdraw(
        Command command,
        IncidentId incidentId,
        string milestone,
        DateTimeOffset now
    )
    {
        IncidentsState state = department.Incidents;
        if (state.Find(incidentId) is not { } incident)
        {
            return Refusal.Of(IncidentRefusal.IncidentNotFound);
        }

        Milestone? told = incident.Milestones.FirstOrDefault(m => m.Id == milestone);
        bool mayTakeBack =
            told?.Unit is not null && (command.By.Unit is null || command.By.Unit == told.Unit);
        if (!mayTakeBack)
        {
            return Refusal.Of(IncidentRefusal.MilestoneNotFound);
        }

        return Testimony
            .Withdraw(
                state,
                department.Fleet,
                incidentId,
                milestone,
                command.By.Device,
                advice.RestsOn(told!.Unit!.Value, told.ReceivedAt),
                now
            )
            .ToFlow();
    }

    public Task<CommandAnswer<Patient>> RecordOutcomeAsync(
        Command command,
        IncidentId incident,
        PatientSlot patient,
        Outcome outcome,
        Func<Patient, byte[]> encode,
        CancellationToken stop
    ) =>
        desk.RunAsync(
            command,
            [Turns.Of(incident)],
            now =>
                IsTheirs(command.By, incident)
                    ? HospitalInquiries
                        .RecordOutcome(department.Incidents, incident, patient, outcome, now)
                        .ToFlow()
                    : Refusal.Of(IncidentRefusal.IncidentNotFound),
            encode,
            stop
        );

    /// <summary>A crew speaks of incidents that it was ordered to; "not yours" and "not there" are the same answer.</summary>
    private bool IsTheirs(Caller by, IncidentId incident) =>
        by.Unit is not { } unit
        || department.Incidents.Find(incident)?.Orders.Any(o => o.Unit == unit) == true;
}
