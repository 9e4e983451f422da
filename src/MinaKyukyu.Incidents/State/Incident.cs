using System.Collections.Immutable;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Incidents.State;

/// <summary>What the caller said about the My Number Card.</summary>
public enum CardReadiness
{
    NotAsked = 0,
    Ready = 1,
    NotAtHand = 2,
}

/// <summary>救急事案: one plea for help and all that followed, as the facts so far tell it.</summary>
public sealed record Incident
{
    public required IncidentId Id { get; init; }

    public required DateTimeOffset CallReceivedAt { get; init; }

    /// <summary>覚知, where it was stated; older statistics count from it.</summary>
    public DateTimeOffset? RecognizedAt { get; init; }

    public required Place Place { get; init; }

    public Urgency Urgency { get; init; }

    public Code? Type { get; init; }

    public Code? Channel { get; init; }

    public CardReadiness CardReadiness { get; init; }

    public string Remarks { get; init; } = "";

    public ImmutableArray<Patient> Patients { get; init; } = [];

    /// <summary>In the order in which they were given.</summary>
    public ImmutableArray<Order> Orders { get; init; } = [];

    /// <summary>Every milestone that was ever told, also those taken back, in the order in which they were told.</summary>
    public ImmutableArray<Milestone> Milestones { get; init; } = [];

    public ImmutableArray<CardStep> CardSteps { get; init; } = [];

    public ImmutableArray<IncidentAlarm> Alarms { get; init; } = [];

    public Code? CancelReason { get; init; }

    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>Position of the last fact about it.</summary>
    public long Revision { get; init; }

    public IEnumerable<Order> ActiveOrders => Orders.Where(o => o.IsActive);

    /// <summary>Over: cancelled, or served and nobody is busy with it any more.</summary>
    public bool IsClosed =>
        !ActiveOrders.Any()
        && (CancelledAt is not null || Orders.Any(o => o.End is OrderEnd.Cleared));

    /// <summary>Nobody is on the way.</summary>
    public bool IsWaiting => !IsClosed && !ActiveOrders.Any();

    public DateTimeOffset? ClosedAt =>
        IsClosed ? CancelledAt ?? Orders.Max(o => o.EndedAt ?? DateTimeOffset.MinValue) : null;

    public Order? FindOrder(AssignmentId id) => Orders.FirstOrDefault(o => o.Id == id);

    public Patient? FindPatient(PatientSlot slot) => Patients.FirstOrDefault(p => p.Slot == slot);

    public CardStep? FindCardStep(PatientSlot slot) =>
        CardSteps.FirstOrDefault(c => c.Patient == slot);

    /// <summary>The standing milestone of a kind for an order; null when it was never told or was taken back.</summary>
    public Milestone? FindMilestone(AssignmentId order, MilestoneKind kind) =>
        Milestones.FirstOrDefault(m => m.Order == order && m.Kind == kind && !m.IsWithdrawn);

    /// <summary>What ended a run: the clearing, or else the return to the station, which cannot be without it; null while neither stands.</summary>
    public Milestone? FindEnding(AssignmentId order) =>
        FindMilestone(order, MilestoneKind.Cleared)
        ?? FindMilestone(order, MilestoneKind.BackAtStation);

    public IEnumerable<Milestone> StandingMilestonesOf(AssignmentId order) =>
        Milestones.Where(m => m.Order == order && !m.IsWithdrawn);

    internal Incident ChangeOrder(AssignmentId id, Func<Order, Order> change)
    {
        Order order =
            FindOrder(id)
            ?? throw new InvalidOperationException(
                "A fact names an order that its incident never had."
            );
        return this with { Orders = Orders.Replace(order, change(order)) };
    }

    internal Incident WithAlarm(IncidentAlarmKind kind, AssignmentId? order, DateTimeOffset at) =>
        this with
        {
            Alarms = Alarms.Add(new IncidentAlarm(kind, order, at)),
        };
}

/// <summary>傷病者.</summary>
public sealed record Patient(
    PatientSlot Slot,
    Code? AgeBand,
    bool ReportedHeadInjury,
    Outcome? Outcome
)
{
    /// <summary>性別, as heard in the call.</summary>
    public Code? Sex { get; init; }
}

/// <summary>搬送・不搬送. One run in eight carries nobody.</summary>
/// <param name="Severity">傷病程度, by the receiving physician.</param>
public sealed record Outcome(bool Transported, Code? NoTransportReason, Code? Severity);

/// <summary>How an order ended.</summary>
public enum OrderEnd
{
    /// <summary>引揚.</summary>
    Cleared = 1,
    Cancelled = 2,

    /// <summary>Another unit was ordered instead.</summary>
    Replaced = 3,
}

/// <summary>出動指令: this unit for this incident.</summary>
public sealed record Order
{
    public required AssignmentId Id { get; init; }

    public required IncidentId Incident { get; init; }

    public required UnitId Unit { get; init; }

    /// <summary>Grows with every order of the department; a tablet obeys only a higher one.</summary>
    public required long Token { get; init; }

    public required DateTimeOffset DispatchedAt { get; init; }

    /// <summary>The unit's latest order when this one was given; it counts again if this one ends before it rolled.</summary>
    public OrderKey? Before { get; init; }

    /// <summary>The advice that it rests on; null when none was asked for.</summary>
    public RecommendationId? Recommendation { get; init; }

    /// <summary>Why another unit than the advised one; null when the advice was followed or none was asked for.</summary>
    public Code? OverrideReason { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>First seen to move, whatever was pressed; null when it was not.</summary>
    public DateTimeOffset? MovedAt { get; init; }

    /// <summary>First sign that it rolls: a standing milestone, or movement.</summary>
    public DateTimeOffset? RollingAt { get; init; }

    /// <summary>Metres between the place and where the unit said it was when it reported on scene; null when unknown.</summary>
    public double? ArrivalDistanceMeters { get; init; }

    public ImmutableArray<Destination> Destinations { get; init; } = [];

    public OrderEnd? End { get; init; }

    /// <summary>Why this order alone was cancelled; null for any other end, also when the whole incident was cancelled.</summary>
    public Code? CancelReason { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public bool IsActive => End is null;
}

/// <summary>How far an inquiry at a hospital has come.</summary>
public enum DestinationState
{
    Asked = 1,
    Refused = 2,
    Accepted = 3,
    Arrived = 4,
}

/// <summary>搬送先, with what it answered.</summary>
public sealed record Destination(
    HospitalId Hospital,
    PatientSlot Patient,
    DestinationState State,
    Code? RefusalReason,
    DateTimeOffset UpdatedAt
);

/// <summary>A testimony: what somebody said happened, and when. Kept as said; taking it back is another fact.</summary>
/// <param name="Device">Null for what the centre itself noted, such as the call.</param>
/// <param name="IsLate">Reported clearly after it happened.</param>
/// <param name="HasGapBefore">Earlier milestones were missing when it came; they stay missing.</param>
public sealed record Milestone(
    string Id,
    MilestoneKind Kind,
    AssignmentId? Order,
    UnitId? Unit,
    DateTimeOffset OccurredAt,
    DateTimeOffset ReceivedAt,
    DeviceId? Device,
    bool IsLate,
    bool HasGapBefore,
    bool IsWithdrawn
)
{
    /// <summary>What the centre itself noted when it happened.</summary>
    internal static Milestone NotedByCentre(
        string id,
        MilestoneKind kind,
        AssignmentId? order,
        UnitId? unit,
        DateTimeOffset at
    ) => new(id, kind, order, unit, at, at, null, false, false, false);
}

/// <summary>How the card step of one patient stands. Never what was seen.</summary>
public enum CardStepState
{
    Checking = 1,
    Viewed = 2,
    Closed = 3,
    Withdrawn = 4,
}

/// <param name="Reason">Why nothing was viewed; null while checking or after a view.</param>
/// <param name="Level">"A", "B" or "C" once viewed.</param>
/// <param name="Returned">Whether the card was given back; null until it was asked.</param>
public sealed record CardStep(
    PatientSlot Patient,
    CardStepState State,
    Code? Reason,
    string Level,
    DateTimeOffset BeganAt,
    DateTimeOffset UpdatedAt,
    bool? Returned
);

/// <summary>Something that needs a person's eye and stays until the incident is closed.</summary>
public enum IncidentAlarmKind
{
    /// <summary>A milestone was taken back after advice or an order had used it.</summary>
    WithdrawnMilestoneWasUsed = 1,

    /// <summary>The card was not given back at handover.</summary>
    CardNotReturned = 2,

    /// <summary>A clearing was taken back, but the unit obeys another order by now.</summary>
    ClearedUnitIsElsewhere = 3,
}

public sealed record IncidentAlarm(IncidentAlarmKind Kind, AssignmentId? Order, DateTimeOffset At);
