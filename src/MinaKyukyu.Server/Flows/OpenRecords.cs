using System.Collections.Concurrent;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Challenges;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Flows;

/// <summary>
/// Which records are open, and to whom. A record closes with the fact that ends its crew's attendance (handed over, ordered
/// elsewhere, called off, signed off) or its grant (withdrawn, run out); then nothing of it is kept: no key, no entry, no need.
/// It follows facts and not answers, so that an answer which was lost on the way leaves nothing open.
/// </summary>
internal sealed class OpenRecords(
    DepartmentPlan plan,
    FleetProjection fleet,
    IncidentsProjection incidents,
    GrantBook grants,
    ChallengeBook challenges,
    CareNeedBook needs,
    MedicalSummaries summaries,
    CommandDesk desk,
    TimeProvider time
) : IProjection
{
    /// <summary>So that the end of one grant takes nothing from another of the same patient that opens in the same moment.</summary>
    private readonly Lock _openingAndClosing = new();

    /// <summary>Bounded as the book of grants is.</summary>
    private readonly ConcurrentDictionary<GrantId, AccessGrant> _open = new();

    /// <summary>Open records whose crew was asked whether the card is this patient's; a part of those that are open.</summary>
    private readonly ConcurrentDictionary<GrantId, AccessGrant> _asked = new();

    /// <summary>Opens what a grant opens; nothing when it ended while its commit was under way.</summary>
    public void Open(AccessGrant grant)
    {
        if (!grants.Keep(grant))
        {
            return;
        }

        lock (_openingAndClosing)
        {
            summaries.Begin(grant);
            _open[grant.Id] = grant;
        }

        Close(grant);
    }

    /// <summary>The grant, if it is this device key's and crew's and they attend this patient now; null otherwise.</summary>
    public AccessGrant? Find(IncidentId incident, GrantId id, DeviceKey key, CrewId crew) =>
        _open.GetValueOrDefault(id) is { } grant
        && grant.Incident == incident
        && grant.Key == key
        && grant.Crew == crew
        && IsOpen(grant)
            ? grant
            : null;

    /// <summary>The crew is asked whether the card is this patient's; nothing when the record has closed meanwhile.</summary>
    public void NoteAsked(AccessGrant grant)
    {
        _asked[grant.Id] = grant;
        if (!_open.ContainsKey(grant.Id))
        {
            _asked.TryRemove(grant.Id, out _);
        }
    }

    /// <summary>Whether the crew was asked: a word about the holder counts only as an answer.</summary>
    public bool WasAsked(AccessGrant grant) => _asked.ContainsKey(grant.Id);

    public void Apply(ReadOnlySpan<JournaledFact> facts) => Sweep();

    /// <summary>Closes what is over; also what only time has ended.</summary>
    public void Sweep()
    {
        foreach (AccessGrant grant in _open.Values)
        {
            Close(grant);
        }
    }

    /// <summary>The service stops, and what is in memory with it; the audit says so of every record that is still open.</summary>
    public void CloseAll()
    {
        foreach (AccessGrant grant in _open.Values)
        {
            if (_open.TryRemove(grant.Id, out _))
            {
                NotePurge(grant, "service-stopped", keysDestroyed: true);
            }
        }
    }

    /// <summary>With the next batch: this may be the writer's own thread, which waits for nothing.</summary>
    private void NotePurge(AccessGrant grant, string reason, bool keysDestroyed) =>
        desk.Post(
            grant.Department,
            new CommitPart
            {
                Audit = [SummaryAudit.Purged(grant, reason, keysDestroyed, time.GetUtcNow())],
            }
        );

    private bool IsOpen(AccessGrant grant) =>
        Attends(grant) && grants.Find(grant.Id, grant.Key, grant.Crew) is not null;

    private bool Attends(AccessGrant grant) =>
        AttendingCrews.Find(
            incidents.Current,
            fleet.Current,
            plan.Id,
            grant.Incident,
            grant.Patient,
            grant.Crew,
            grant.Device,
            grant.Key
        )
            is { Attends: true };

    /// <summary>Closes the grant's record if it is over, and forgets the patient when no other crew attends with a grant.</summary>
    private void Close(AccessGrant grant)
    {
        if (IsOpen(grant) || !_open.TryRemove(grant.Id, out _))
        {
            return;
        }

        _asked.TryRemove(grant.Id, out _);
        bool attends = Attends(grant);
        if (!attends)
        {
            grants.EndFor(grant.Incident, grant.Unit);
        }

        NotePurge(grant, attends ? "grant-ended" : "attendance-ended", ForgetIfLast(grant));
    }

    /// <summary>Forgets the patient unless another grant of theirs is open.</summary>
    private bool ForgetIfLast(AccessGrant grant)
    {
        lock (_openingAndClosing)
        {
            if (_open.Values.Any(g => g.Incident == grant.Incident && g.Patient == grant.Patient))
            {
                return false;
            }

            challenges.Forget(grant.Incident, grant.Patient);
            needs.Forget(grant.Incident, grant.Patient);
            // Keys are destroyed before the call returns; removing sealed entries from a cache may take its time.
            _ = summaries
                .ForgetAsync(grant.Incident, grant.PatientRef, CancellationToken.None)
                .AsTask();
            return true;
        }
    }
}
