using System.Runtime.CompilerServices;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Incidents.Watch;
using MinaKyukyu.Server.Departments;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Watching;

/// <summary>Incidents as they change, for whoever watches: the newest picture of each, not every step in between.</summary>
internal sealed class IncidentFeed(
    Department department,
    ChangeBell bell,
    WatchOptions options,
    TimeProvider time
)
{
    public async IAsyncEnumerable<Incident> WatchAsync(
        long afterRevision,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        using ChangeBell.Listener listener = bell.Listen();
        var seen = new Dictionary<IncidentId, (long Revision, int Alarms)>();
        bool isFirst = true;
        while (true)
        {
            foreach (
                Incident incident in Changed(department.Incidents, afterRevision, isFirst, seen)
            )
            {
                yield return incident;
            }

            isFirst = false;
            await listener.WaitAsync(stop);
        }
    }

    /// <summary>What is open, what closed since the watcher last looked, and what only time has changed: its alarms.</summary>
    private List<Incident> Changed(
        IncidentsState state,
        long afterRevision,
        bool isFirst,
        Dictionary<IncidentId, (long Revision, int Alarms)> seen
    )
    {
        DateTimeOffset now = time.GetUtcNow();
        var changed = new List<Incident>();
        IEnumerable<IncidentId> watched = seen.Keys.Concat(state.Open.Select(k => k.Id));
        if (isFirst && afterRevision > 0)
        {
            // A watcher that comes back also hears what closed while it was away.
            watched = watched.Concat(
                state
                    .Incidents.Values.Where(i => i.IsClosed && i.Revision > afterRevision)
                    .Select(i => i.Id)
            );
        }

        foreach (IncidentId id in watched.Distinct().ToList())
        {
            Incident incident = state.Incidents[id];
            var picture = (incident.Revision, AlarmsOf(incident, now));
            bool isKnown = seen.TryGetValue(id, out (long, int) before);
            bool isNews = isKnown
                ? before != picture
                : !isFirst || incident.Revision > afterRevision;
            if (isNews)
            {
                changed.Add(incident);
            }

            seen[id] = picture;
            if (incident.IsClosed)
            {
                seen.Remove(id);
            }
        }

        return changed;
    }

    private int AlarmsOf(Incident incident, DateTimeOffset now) =>
        incident.ActiveOrders.Sum(o =>
            OrderWatch.AlarmsOf(o, incident, now, options).Sum(a => 1 << (int)a)
        );
}
