using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.MedicalInfo.Sealing;

/// <summary>The secrets of all patients that are being treated, and the memory of those that were purged.</summary>
internal sealed class IncidentKeys(TimeProvider time, TimeSpan keptFor)
{
    /// <summary>Most patients whose summaries are kept at one time; beyond it, summaries are read without a cache.</summary>
    /// <value>65,536: twelve times the crews of the whole country.</value>
    private const int MostKeys = 65_536;

    private readonly Lock _gate = new();
    private readonly Dictionary<(IncidentId, PatientRef), IncidentKey> _keys = [];
    private readonly Dictionary<(IncidentId Incident, PatientRef? Patient), long> _purged = [];
    private long _lastSweep = time.GetTimestamp();

    /// <summary>The key of this patient in this incident, made on first use.</summary>
    /// <returns>Null when the incident's data were purged, or when there is no room: then nothing is cached.</returns>
    public IncidentKey? FindOrMake(IncidentId incident, PatientRef patient)
    {
        lock (_gate)
        {
            Sweep();
            if (IsPurgedLocked(incident, patient))
            {
                return null;
            }

            if (_keys.TryGetValue((incident, patient), out IncidentKey? known))
            {
                return known;
            }

            if (_keys.Count >= MostKeys)
            {
                return null;
            }

            IncidentKey made = new(incident, patient, time.GetTimestamp());
            _keys.Add((incident, patient), made);
            return made;
        }
    }

    public bool IsPurged(IncidentId incident, PatientRef patient)
    {
        lock (_gate)
        {
            return IsPurgedLocked(incident, patient);
        }
    }

    /// <summary>Removes the keys of an incident, or of one of its patients, and remembers that they were purged.</summary>
    /// <returns>The removed keys, still whole, so that their cache entries can be named before <see cref="IncidentKey.Dispose"/>.</returns>
    public IReadOnlyList<IncidentKey> Remove(IncidentId incident, PatientRef? patient)
    {
        lock (_gate)
        {
            _purged[(incident, patient)] = time.GetTimestamp();
            List<(IncidentId, PatientRef)> gone =
            [
                .. _keys.Keys.Where(k =>
                    k.Item1 == incident && (patient is null || k.Item2 == patient)
                ),
            ];
            List<IncidentKey> removed = [];
            foreach ((IncidentId, PatientRef) name in gone)
            {
                removed.Add(_keys[name]);
                _keys.Remove(name);
            }

            return removed;
        }
    }

    /// <summary>The patient was granted anew after a purge; the incident as a whole must not have been purged.</summary>
    public void Reopen(IncidentId incident, PatientRef patient)
    {
        lock (_gate)
        {
            _purged.Remove((incident, patient));
        }
    }

    private bool IsPurgedLocked(IncidentId incident, PatientRef patient) =>
        _purged.ContainsKey((incident, null)) || _purged.ContainsKey((incident, patient));

    /// <summary>Once a minute: destroys keys past the hard cap, whoever forgot to purge them, and forgets old purges.</summary>
    private void Sweep()
    {
        if (time.GetElapsedTime(_lastSweep) < TimeSpan.FromMinutes(1))
        {
            return;
        }

        _lastSweep = time.GetTimestamp();
        foreach (((IncidentId, PatientRef) name, IncidentKey key) in _keys.ToArray())
        {
            if (time.GetElapsedTime(key.CreatedTimestamp) >= keptFor)
            {
                _keys.Remove(name);
                key.Dispose();
            }
        }

        // A grant does not outlive the hard cap, so a purge needs no longer memory than that.
        foreach (((IncidentId, PatientRef?) name, long at) in _purged.ToArray())
        {
            if (time.GetElapsedTime(at) >= keptFor)
            {
                _purged.Remove(name);
            }
        }
    }
}
