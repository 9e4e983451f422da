using System.Collections.Immutable;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Oversight;

/// <summary>What the audit chain tells of one grant, from the yes to the purge: who, when, on what ground; never what was seen.</summary>
/// <param name="Level"><c>A</c>, <c>B</c> or <c>C</c>; empty where the chain does not say.</param>
/// <param name="Scope">Such as <c>Summary</c>, as the audit writes it.</param>
/// <param name="Consent"><c>spoken</c> or <c>not-obtainable</c>.</param>
/// <param name="IsEmergency">It alerted and waits, or waited, for the officer.</param>
/// <param name="LastSequence">Number of the last audit row that speaks of it.</param>
public sealed record AccessTrail(
    GrantId Id,
    IncidentId Incident,
    PatientRef PatientRef,
    UnitId Unit,
    CrewId Crew,
    DeviceId Device,
    string Challenge,
    string Level,
    string Scope,
    string Consent,
    string LegalBasis,
    bool IsEmergency,
    DateTimeOffset GrantedAt,
    DateTimeOffset? ExpiresAt,
    long LastSequence
)
{
    /// <summary>Each reading of the summary, in the order in which it began.</summary>
    public ImmutableArray<Reading> Readings { get; init; } = [];

    /// <summary>When the patient took the consent back.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>When its card, asked about again, turned out to be revoked or unknown to its authority; null: it did not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When nothing was kept for this grant any more; null: the chain does not say (it ran out at the latest at <see cref="ExpiresAt"/>).</summary>
    public DateTimeOffset? PurgedAt { get; init; }

    /// <summary>Why it was purged; empty when it was not said.</summary>
    public string PurgeReason { get; init; } = "";

    /// <summary>The officer's finding on an emergency read; empty while it is open.</summary>
    public string Finding { get; init; } = "";

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Numbers of the notices that were printed for the patient.</summary>
    public ImmutableArray<long> Notices { get; init; } = [];

    /// <summary>When the record was first opened; when it never was, the moment of the grant.</summary>
    public DateTimeOffset FirstSeenAt => Readings.IsEmpty ? GrantedAt : Readings[0].OpenedAt;

    /// <summary>Whether anything may have been shown: write-ahead counts an opening as a view.</summary>
    public bool WasOpened => !Readings.IsEmpty;
}

/// <summary>One reading of a summary.</summary>
/// <param name="DistanceMeters">Between unit and place when it was opened; null when nobody knew.</param>
/// <param name="PositionAgeSeconds">How old the unit's position was then.</param>
/// <param name="Shown">Names of the kinds of sections that were sent.</param>
/// <param name="Ended">Such as <c>complete</c>; empty when the chain does not say how it ended.</param>
public sealed record Reading(
    DateTimeOffset OpenedAt,
    int? DistanceMeters,
    int? PositionAgeSeconds,
    ImmutableArray<string> Shown,
    ImmutableArray<string> Missing,
    string Ended,
    DateTimeOffset? EndedAt
);
