using System.Collections.Immutable;
using MinaKyukyu.Incidents.Facts;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Incidents.Decisions;

/// <summary>What was said on the telephone.</summary>
/// <param name="CallbackNumber">Kept beside the facts and erased at clearing; empty when not known.</param>
public sealed record Call(
    DateTimeOffset? ReceivedAt,
    DateTimeOffset? RecognizedAt,
    Code? Channel,
    string CallbackNumber,
    Place Place,
    Urgency Urgency,
    Code? Type,
    CardReadiness CardReadiness,
    ImmutableArray<Patient> Patients,
    string Remarks
);

/// <summary>Opening and cancelling an incident: pure.</summary>
public static class Opening
{
    /// <summary>Name of the perishable value that holds the caller's number.</summary>
    public const string CallbackNumber = "callback-number";

    /// <summary>How far a stated moment may lie ahead of our clock: two clocks that nobody set together.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(2);

    /// <summary>Where the values of an incident are kept that are erased when it is over.</summary>
    public static string PerishableScope(IncidentId incident) => $"incident/{incident}";

    public static IncidentDecision<IncidentId> Open(IncidentId id, Call call, DateTimeOffset now)
    {
        DateTimeOffset receivedAt = call.ReceivedAt ?? now;
        if (receivedAt > now + ClockTolerance)
        {
            return IncidentRefusal.CallInFuture;
        }

        ImmutableArray<Patient> patients = call.Patients.IsEmpty
            ? [new Patient(PatientSlot.First, null, false, null)]
            : call.Patients;
        var body = new OpenedV1(
            id.Value,
            receivedAt,
            call.RecognizedAt,
            IncidentFacts.Write(call.Place),
            (int)call.Urgency.Level,
            call.Urgency.Protocol,
            IncidentFacts.Write(call.Type),
            IncidentFacts.Write(call.Channel),
            (int)call.CardReadiness,
            call.Remarks,
            [
                .. patients.Select(p => new PatientV1(
                    p.Slot.Number,
                    IncidentFacts.Write(p.AgeBand),
                    p.ReportedHeadInjury,
                    IncidentFacts.Write(p.Sex)
                )),
            ]
        );
        var part = CommitPart.Of(
            IncidentFacts.Write(IncidentFacts.Opened, id.Value, body, IncidentJson.Default.OpenedV1)
        );
        return new IncidentDecision<IncidentId>.Accepted(
            id,
            part with
            {
                Keeps = Keep(id, call.CallbackNumber),
            }
        );
    }

    private static ImmutableArray<Perishable> Keep(IncidentId id, string callbackNumber) =>
        callbackNumber.Length == 0
            ? []
            :
            [
                new Perishable(
                    PerishableScope(id),
                    CallbackNumber,
                    System.Text.Encoding.UTF8.GetBytes(callbackNumber)
                ),
            ];

    /// <summary>Nobody is needed any more: every active order ends, the units are free where they are.</summary>
    public static IncidentDecision<IncidentId> Cancel(
        IncidentsState state,
        IncidentId id,
        Code reason,
        DateTimeOffset now
    )
    {
        if (state.Find(id) is not { } incident)
        {
            return IncidentRefusal.IncidentNotFound;
        }

        if (incident.IsClosed)
        {
            return IncidentRefusal.IncidentClosed;
        }

        var body = new CancelledV1(id.Value, IncidentFacts.Write(reason)!, now);
        var part = CommitPart.Of(
            IncidentFacts.Write(
                IncidentFacts.Cancelled,
                id.Value,
                body,
                IncidentJson.Default.CancelledV1
            )
        );
        return new IncidentDecision<IncidentId>.Accepted(
            id,
            part with
            {
                Releases = [.. incident.ActiveOrders.Select(Ordering.ClaimOf)],
                Forgets = [PerishableScope(id)],
            }
        );
    }
}
