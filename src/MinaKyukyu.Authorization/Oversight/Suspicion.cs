using System.Collections.Immutable;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Oversight;

/// <summary>What looks unlike a view for a patient in the crew's care. A pattern is a question to the officer, never a finding.</summary>
public enum SuspicionPattern
{
    /// <summary>The incident is not known, or the unit had no order to it then.</summary>
    WithoutOrder = 1,

    /// <summary>Before the unit arrived.</summary>
    BeforeArrival = 2,

    /// <summary>After the patient was handed over.</summary>
    AfterHandover = 3,

    /// <summary>After the run was over.</summary>
    AfterRun = 4,

    /// <summary>At the scene by its own account, but far from it by its position.</summary>
    AwayFromScene = 5,

    /// <summary>Many views by one crew in a short time.</summary>
    BurstOfCrew = 6,

    /// <summary>Many views on one device in a short time, whoever was signed on.</summary>
    BurstOfDevice = 7,

    /// <summary>One crew, many patients within a day.</summary>
    ManyPatients = 8,

    /// <summary>Emergency reads again and again by one crew.</summary>
    RepeatedEmergency = 9,

    /// <summary>Card checks begun and not finished, again and again by one crew.</summary>
    UnfinishedChecks = 10,

    /// <summary>One patient, several crews, in different incidents.</summary>
    OnePatientManyCrews = 11,

    /// <summary>One grant's record opened again and again.</summary>
    RepeatedOpenings = 12,

    /// <summary>The card was let in on nothing fresh, and its authority said afterwards that it is revoked or not its own.</summary>
    RevokedAfterwards = 13,
}

/// <summary>One question to the officer.</summary>
/// <param name="At">When it began.</param>
/// <param name="Crew">Null when it is about no single crew.</param>
/// <param name="Device">Null when it is about no single device.</param>
/// <param name="Incident">Null when it is about no single incident.</param>
/// <param name="PatientRef">Null when it is about no single patient.</param>
/// <param name="Grants">The views that it rests on.</param>
/// <param name="Checks">Challenge ids of the card checks that it rests on.</param>
/// <param name="Amount">What was measured: seconds, metres or a count, by the pattern.</param>
public sealed record Suspicion(
    SuspicionPattern Pattern,
    DateTimeOffset At,
    CrewId? Crew,
    DeviceId? Device,
    IncidentId? Incident,
    PatientRef? PatientRef,
    ImmutableArray<GrantId> Grants,
    ImmutableArray<string> Checks,
    long Amount
);
