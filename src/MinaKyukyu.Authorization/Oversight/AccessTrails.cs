using System.Collections.Immutable;
using System.Text.Json;
using MinaKyukyu.Authorization.EmergencyReads;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Authorization.Oversight;

/// <summary>
/// Gathers the rows of a department's audit chain into one trail for each grant: one pass, in the order of the chain. For one
/// thread; what <see cref="ToImmutable"/> gives may be shared.
/// </summary>
/// <remarks>
/// A row that is not this room's is passed over. A row that should be but cannot be read (its bytes were altered) is counted:
/// whether the chain is sound is the verifier's to say, and a report names both.
/// </remarks>
public sealed class AccessTrails
{
    private readonly ImmutableList<AccessTrail>.Builder _trails =
        ImmutableList.CreateBuilder<AccessTrail>();
    private readonly Dictionary<string, int> _at = new(StringComparer.Ordinal);

    /// <summary>Number of the last row that was taken.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Rows of this room that could not be read.</summary>
    public int Unreadable { get; private set; }

    /// <summary>The trails so far, in the order of their grants.</summary>
    public ImmutableList<AccessTrail> ToImmutable() => _trails.ToImmutable();

    public void Apply(AuditRow row)
    {
        LastSequence = row.Sequence;
        if (!IsOurs(row.Event))
        {
            return;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(row.Detail);
            Take(row, document.RootElement);
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or FormatException
                        or ArgumentException
                        or InvalidOperationException
                        or KeyNotFoundException
            )
        {
            Unreadable++;
        }
    }

    private static bool IsOurs(string name) =>
        name
            is AccessDecisions.GrantedEvent
                or AccessDecisions.EmergencyEvent
                or ConsentWithdrawals.WithdrawnEvent
                or SummaryAudit.OpenedEvent
                or SummaryAudit.ShownEvent
                or SummaryAudit.PurgedEvent
                or StatusRechecks.RecheckedEvent
                or EmergencyDecisions.ClosedEvent
                or EmergencyDecisions.NoticeEvent;

    private void Take(AuditRow row, JsonElement detail)
    {
        switch (row.Event)
        {
            case AccessDecisions.GrantedEvent:
            case AccessDecisions.EmergencyEvent:
                Grant(row, detail);
                break;
            case ConsentWithdrawals.WithdrawnEvent:
                Withdraw(row, detail);
                break;
            case SummaryAudit.OpenedEvent:
                Open(row, detail);
                break;
            case SummaryAudit.ShownEvent:
                Change(row, detail, t => Show(t, detail));
                break;
            case SummaryAudit.PurgedEvent:
                Change(
                    row,
                    detail,
                    t =>
                        t with
                        {
                            PurgedAt = Moment(detail, "at"),
                            PurgeReason = Text(detail, "reason"),
                        }
                );
                break;
            case StatusRechecks.RecheckedEvent when detail.GetProperty("ended").GetBoolean():
                Change(row, detail, t => t with { RevokedAt = Moment(detail, "at") });
                break;
            case StatusRechecks.RecheckedEvent:
                // It was good after all.
                Change(row, detail, t => t);
                break;
            case EmergencyDecisions.ClosedEvent:
                Change(
                    row,
                    detail,
                    t =>
                        t with
                        {
                            Finding = Text(detail, "findingCode"),
                            ClosedAt = Moment(detail, "closedAt"),
                        }
                );
                break;
            default:
                long number = detail.GetProperty("number").GetInt64();
                Change(row, detail, t => t with { Notices = t.Notices.Add(number) });
                break;
        }
    }

    /// <summary>The emergency row repeats the grant's own; whichever comes first begins the trail.</summary>
    private void Grant(AuditRow row, JsonElement detail)
    {
        bool isEmergency = row.Event == AccessDecisions.EmergencyEvent;
        if (_at.TryGetValue(Text(detail, "grantId"), out int at))
        {
            _trails[at] = _trails[at] with
            {
                IsEmergency = _trails[at].IsEmergency || isEmergency,
                LastSequence = row.Sequence,
            };
            return;
        }

        string consent = detail.TryGetProperty("consent", out JsonElement c)
            ? Text(c, "basis")
            : "";
        Add(
            new AccessTrail(
                new GrantId(Text(detail, "grantId")),
                new IncidentId(Text(detail, "incidentId")),
                new PatientRef(Text(detail, "patientRef")),
                new UnitId(Text(detail, "unitId")),
                new CrewId(Text(detail, "crewId")),
                new DeviceId(Text(detail, "deviceId")),
                Text(detail, "challengeId"),
                SummaryAudit.LetterOf(Enum.Parse<CardLevel>(Text(detail, "level"))),
                Text(detail, "scope"),
                consent,
                Text(detail, "legalBasis"),
                isEmergency,
                Moment(detail, "grantedAt"),
                Moment(detail, "expiresAt"),
                row.Sequence
            )
        );
    }

    /// <summary>An opening whose grant's row is gone is a view all the same, and is shown as far as it tells.</summary>
    private void Open(AuditRow row, JsonElement detail)
    {
        string id = Text(detail, "grantId");
        if (!_at.ContainsKey(id))
        {
            Add(
                new AccessTrail(
                    new GrantId(id),
                    new IncidentId(Text(detail, "incidentId")),
                    new PatientRef(Text(detail, "patientRef")),
                    new UnitId(Text(detail, "unitId")),
                    new CrewId(Text(detail, "crewId")),
                    new DeviceId(Text(detail, "deviceId")),
                    "",
                    Text(detail, "level"),
                    "",
                    "",
                    "",
                    IsEmergency: false,
                    Moment(detail, "at"),
                    ExpiresAt: null,
                    row.Sequence
                )
            );
        }

        Reading reading = new(
            Moment(detail, "at"),
            Number(detail, "distanceMeters"),
            Number(detail, "positionAgeSeconds"),
            [],
            [],
            "",
            EndedAt: null
        );
        Change(row, detail, t => t with { Readings = t.Readings.Add(reading) });
    }

    /// <summary>Two screens may read at once: the end belongs to the reading that began when it says.</summary>
    private static AccessTrail Show(AccessTrail trail, JsonElement detail)
    {
        DateTimeOffset openedAt = Moment(detail, "openedAt");
        Reading? reading = trail.Readings.FirstOrDefault(r =>
            r.EndedAt is null && r.OpenedAt == openedAt
        );
        return reading is null
            ? trail
            : trail with
            {
                Readings = trail.Readings.Replace(
                    reading,
                    reading with
                    {
                        Shown = Names(detail, "shown"),
                        Missing = Names(detail, "missing"),
                        Ended = Text(detail, "ended"),
                        EndedAt = Moment(detail, "at"),
                    }
                ),
            };
    }

    private void Withdraw(AuditRow row, JsonElement detail)
    {
        foreach (string id in Names(detail, "endedGrants"))
        {
            if (_at.TryGetValue(id, out int at))
            {
                _trails[at] = _trails[at] with
                {
                    WithdrawnAt = Moment(detail, "withdrawnAt"),
                    LastSequence = row.Sequence,
                };
            }
        }
    }

    private void Change(AuditRow row, JsonElement detail, Func<AccessTrail, AccessTrail> change)
    {
        if (_at.TryGetValue(Text(detail, "grantId"), out int at))
        {
            _trails[at] = change(_trails[at]) with { LastSequence = row.Sequence };
        }
    }

    private void Add(AccessTrail trail)
    {
        _at.Add(trail.Id.Value, _trails.Count);
        _trails.Add(trail);
    }

    private static string Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? "" : "";

    private static DateTimeOffset Moment(JsonElement json, string name) =>
        json.GetProperty(name).GetDateTimeOffset();

    private static int? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value.GetInt32() : null;

    private static ImmutableArray<string> Names(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value)
            ? [.. value.EnumerateArray().Select(v => v.GetString() ?? "")]
            : [];
}
