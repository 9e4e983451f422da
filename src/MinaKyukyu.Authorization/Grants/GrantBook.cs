using MinaKyukyu.Fleet.Devices;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.Grants;

/// <summary>
/// The grants that are open on this node: in memory, bounded, gone with the process (a crew then begins a new check). Whoever
/// streams asks for the grant again before each message. Safe to use from many threads.
/// </summary>
public sealed class GrantBook(TimeProvider time, AuthorizationOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<GrantId, Entry> _entries = [];

    /// <summary>What ended lately: a grant whose commit was still under way then must not open afterwards.</summary>
    private readonly LinkedList<Ending> _endings = new();

    /// <summary>How many grants are open.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                Sweep();
                return _entries.Count;
            }
        }
    }

    /// <summary>Whether one more may be decided; those whose commit is under way come on top, bounded by the journal's queue.</summary>
    internal bool HasRoom
    {
        get
        {
            lock (_gate)
            {
                if (_entries.Count >= options.MostOpenGrants)
                {
                    Sweep();
                }

                return _entries.Count < options.MostOpenGrants;
            }
        }
    }

    /// <summary>Opens a grant; keeping it twice changes nothing.</summary>
    /// <returns>False when what it rests on ended while its commit was under way; it is then not kept.</returns>
    public bool Keep(AccessGrant grant)
    {
        lock (_gate)
        {
            Sweep();
            // From the latest back: what ended before the decision was known to it.
            for (
                LinkedListNode<Ending>? node = _endings.Last;
                node?.Value is { } ending && ending.Timestamp >= grant.DecidedTimestamp;
                node = node.Previous
            )
            {
                if (ending.Ends(grant))
                {
                    return false;
                }
            }

            _entries.TryAdd(grant.Id, new Entry(grant, time.GetTimestamp()));
            return true;
        }
    }

    /// <summary>The grant, if it is open now and belongs to this device key and this crew. Not theirs and not there are both null.</summary>
    public AccessGrant? Find(GrantId id, DeviceKey key, CrewId crew)
    {
        lock (_gate)
        {
            return
                _entries.TryGetValue(id, out Entry? entry)
                && entry.Grant.Key == key
                && entry.Grant.Crew == crew
                && !IsOver(entry)
                ? entry.Grant
                : null;
        }
    }

    /// <summary>Ends all grants of a patient at once: consent withdrawn.</summary>
    public IReadOnlyList<GrantId> EndFor(IncidentId incident, PatientSlot patient) =>
        End(g => g.Incident == incident && g.Patient == patient);

    /// <summary>Ends all grants of a unit within an incident at once: handed over, released, or replaced by another.</summary>
    public IReadOnlyList<GrantId> EndFor(IncidentId incident, UnitId unit) =>
        End(g => g.Incident == incident && g.Unit == unit);

    /// <summary>Ends one grant at once: its card turned out to be revoked.</summary>
    public IReadOnlyList<GrantId> End(GrantId id) => End(g => g.Id == id);

    private List<GrantId> End(Func<AccessGrant, bool> which)
    {
        lock (_gate)
        {
            List<GrantId> ended =
            [
                .. _entries.Values.Where(e => which(e.Grant)).Select(e => e.Grant.Id),
            ];
            foreach (GrantId id in ended)
            {
                _entries.Remove(id);
            }

            Remember(which);
            return ended;
        }
    }

    private void Remember(Func<AccessGrant, bool> which)
    {
        if (_endings.Count >= options.MostOpenGrants)
        {
            _endings.RemoveFirst();
        }

        _endings.AddLast(new Ending(time.GetTimestamp(), which));
    }

    /// <summary>By either clock, so that setting the wall clock back prolongs nothing.</summary>
    private bool IsOver(Entry entry) =>
        time.GetUtcNow() >= entry.Grant.ExpiresAt
        || time.GetElapsedTime(entry.KeptTimestamp) >= options.GrantLifetime;

    private void Sweep()
    {
        foreach (GrantId id in _entries.Values.Where(IsOver).Select(e => e.Grant.Id).ToList())
        {
            _entries.Remove(id);
        }

        // No commit is under way for longer than a minute: every wait in this house has a deadline far below it.
        while (
            _endings.First?.Value is { } oldest
            && time.GetElapsedTime(oldest.Timestamp) > TimeSpan.FromMinutes(1)
        )
        {
            _endings.RemoveFirst();
        }
    }

    private sealed record Entry(AccessGrant Grant, long KeptTimestamp);

    private sealed record Ending(long Timestamp, Func<AccessGrant, bool> Ends);
}
