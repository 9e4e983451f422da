using MinaKyukyu.Journal.Commits;

namespace MinaKyukyu.Incidents.Decisions;

/// <summary>Why something about an incident was refused. A refusal changes nothing.</summary>
public enum IncidentRefusal
{
    /// <summary>Not there, or not yours: the same word.</summary>
    IncidentNotFound = 1,
    IncidentClosed = 2,
    UnitNotFound = 3,
    UnitNotOnDuty = 4,

    /// <summary>It obeys another order.</summary>
    UnitNotAvailable = 5,
    AssignmentNotFound = 6,

    /// <summary>The order was replaced or cancelled, or the token is not this order's.</summary>
    OrderTokenOutdated = 7,
    MilestoneBeforeCall = 8,
    MilestoneInFuture = 9,

    /// <summary>Stated clearly before its own order was given.</summary>
    MilestoneBeforeOrder = 10,
    MilestoneNotFound = 11,
    PatientNotFound = 12,

    /// <summary>The first of the advice was not taken and nobody said why.</summary>
    OverrideReasonMissing = 13,
    RefusalReasonMissing = 14,
    NoTransportReasonMissing = 15,
    CallInFuture = 16,

    /// <summary>The centre notes it; a crew does not report it.</summary>
    MilestoneNotOfCrew = 17,
}

/// <summary>What was decided: a value and what becomes true with it, or why not.</summary>
public abstract record IncidentDecision<T>
{
    private IncidentDecision() { }

    public sealed record Accepted(T Value, CommitPart Part) : IncidentDecision<T>;

    public sealed record Refused(IncidentRefusal Reason) : IncidentDecision<T>;

    public static implicit operator IncidentDecision<T>(IncidentRefusal reason) =>
        new Refused(reason);
}
