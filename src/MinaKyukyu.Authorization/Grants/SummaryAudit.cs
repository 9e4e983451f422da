using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.Authorization.Facts;
using MinaKyukyu.Journal.Commits;

namespace MinaKyukyu.Authorization.Grants;

/// <summary>Where the unit was when a record was opened, as far as it said so: never a coordinate.</summary>
/// <param name="DistanceMeters">Between the unit's last position and the incident's place.</param>
/// <param name="PositionAgeSeconds">How old that position was.</param>
public sealed record SeenFrom(int DistanceMeters, int PositionAgeSeconds);

/// <summary>What the audit says of one reading: opened, shown, purged. Kinds of sections, never what stands in them.</summary>
public static class SummaryAudit
{
    /// <summary>Written before the first byte of each reading, also of a repeated one.</summary>
    public const string OpenedEvent = "summary.opened";

    /// <summary>Written when the reading ended, however it ended.</summary>
    public const string ShownEvent = "summary.shown";

    /// <summary>Written when the record closed and nothing of it is kept for this grant any more.</summary>
    public const string PurgedEvent = "summary.purged";

    /// <summary>How a reading ended that nobody read to its end.</summary>
    public const string BrokenOff = "broken-off";

    /// <summary>How a reading ended that asked whether the card is this person's, before anything was shown.</summary>
    public const string HolderDiffers = "holder-differs";

    /// <param name="from">Null when the unit had not said where it is, or the place of the incident is not known.</param>
    /// <param name="isHolderConfirmed">The crew says that the card is this person's, although the call told of somebody else.</param>
    public static AuditEntry Opened(
        AccessGrant grant,
        SeenFrom? from,
        bool isHolderConfirmed,
        DateTimeOffset at
    ) =>
        Row(
            OpenedEvent,
            grant,
            new SummaryOpened(
                grant.Id.Value,
                grant.Incident.Value,
                grant.PatientRef.Value,
                grant.Unit.Value,
                grant.Crew.Value,
                grant.Device.Value,
                LetterOf(grant.Level),
                from?.DistanceMeters,
                from?.PositionAgeSeconds,
                isHolderConfirmed,
                at
            ),
            SummaryAuditJson.Default.SummaryOpened
        );

    /// <param name="shown">Names of the sections that were sent, in the order in which they were.</param>
    /// <param name="missing">Names of the sections for which the source gave no answer.</param>
    /// <param name="ended">Such as <c>complete</c>, <c>grant-over</c> or <see cref="BrokenOff"/>.</param>
    public static AuditEntry Shown(
        AccessGrant grant,
        ImmutableArray<string> shown,
        ImmutableArray<string> missing,
        string ended,
        DateTimeOffset openedAt,
        DateTimeOffset at
    ) =>
        Row(
            ShownEvent,
            grant,
            new SummaryShown(
                grant.Id.Value,
                grant.Incident.Value,
                grant.PatientRef.Value,
                grant.Device.Value,
                shown,
                missing,
                ended,
                openedAt,
                at
            ),
            SummaryAuditJson.Default.SummaryShown
        );

    /// <param name="reason"><c>attendance-ended</c>, <c>grant-ended</c> or <c>service-stopped</c>.</param>
    /// <param name="keysDestroyed">False while another grant of the same patient keeps the sealed record readable.</param>
    public static AuditEntry Purged(
        AccessGrant grant,
        string reason,
        bool keysDestroyed,
        DateTimeOffset at
    ) =>
        Row(
            PurgedEvent,
            grant,
            new SummaryPurged(
                grant.Id.Value,
                grant.Incident.Value,
                grant.PatientRef.Value,
                reason,
                keysDestroyed,
                at
            ),
            SummaryAuditJson.Default.SummaryPurged
        );

    /// <summary>The level's letter, as crews and audit rows name it.</summary>
    public static string LetterOf(CardLevel level) =>
        level switch
        {
            CardLevel.CertificateRead => "A",
            CardLevel.SpecialVerifier => "B",
            CardLevel.PinChallenge => "C",
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static AuditEntry Row<T>(
        string name,
        AccessGrant grant,
        T detail,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type
    ) => new(name, Subjects.Of(grant.Incident), JsonSerializer.SerializeToUtf8Bytes(detail, type));
}

internal sealed record SummaryOpened(
    string GrantId,
    string IncidentId,
    string PatientRef,
    string UnitId,
    string CrewId,
    string DeviceId,
    string Level,
    int? DistanceMeters,
    int? PositionAgeSeconds,
    bool HolderConfirmed,
    DateTimeOffset At
);

internal sealed record SummaryShown(
    string GrantId,
    string IncidentId,
    string PatientRef,
    string DeviceId,
    ImmutableArray<string> Shown,
    ImmutableArray<string> Missing,
    string Ended,
    DateTimeOffset OpenedAt,
    DateTimeOffset At
);

internal sealed record SummaryPurged(
    string GrantId,
    string IncidentId,
    string PatientRef,
    string Reason,
    bool KeysDestroyed,
    DateTimeOffset At
);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(SummaryOpened))]
[JsonSerializable(typeof(SummaryShown))]
[JsonSerializable(typeof(SummaryPurged))]
internal sealed partial class SummaryAuditJson : JsonSerializerContext;
