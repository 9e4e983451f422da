using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Authorization.EmergencyReads;
using MinaKyukyu.Authorization.Oversight;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal;
using MinaKyukyu.Journal.Audit;
using MinaKyukyu.Vocabulary.Ids;

namespace MinaKyukyu.Server.Watching;

/// <summary>What oversight knows of this moment.</summary>
/// <param name="Trails">One for each grant, in the order in which they were given.</param>
/// <param name="Suspicions">Latest first.</param>
internal sealed record OversightNow(
    ImmutableList<AccessTrail> Trails,
    ImmutableArray<Suspicion> Suspicions
);

/// <summary>
/// Reads the audit chain as it grows and asks what looks unlike a view for a patient; says aloud when an emergency read waits
/// for the officer. It changes nothing.
/// </summary>
internal sealed class OversightDesk(
    IJournal journal,
    DepartmentPlan plan,
    IncidentsProjection incidents,
    CardChecksProjection checks,
    EmergencyReadsProjection emergencies,
    SuspicionOptions options,
    TimeProvider time,
    ILogger<OversightDesk> logger
) : BackgroundService
{
    /// <summary>Six looks within the minute in which an alert is promised.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly AccessTrails _trails = new();
    private readonly HashSet<GrantId> _said = [];
    private volatile OversightNow _current = new([], []);

    /// <summary>As of the last look, at most ten seconds ago.</summary>
    public OversightNow Current => _current;

    /// <summary>The trails as the chain tells them now.</summary>
    public async Task<ImmutableList<AccessTrail>> CatchUpAsync(CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            await foreach (
                AuditRow row in journal.ReadAuditAsync(plan.Id, _trails.LastSequence, stop)
            )
            {
                _trails.Apply(row);
            }

            return _trails.ToImmutable();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Catches up with the chain, then asks.</summary>
    public async Task<OversightNow> LookAsync(CancellationToken stop)
    {
        ImmutableList<AccessTrail> trails = await CatchUpAsync(stop);
        var next = new OversightNow(trails, Suspicions.Find(PictureOf(trails), options));
        _current = next;
        return next;
    }

    /// <summary>Of the time that the options look back on.</summary>
    private OversightPicture PictureOf(ImmutableList<AccessTrail> trails)
    {
        DateTimeOffset since = time.GetUtcNow() - options.LookBack;
        // Grants stand in the order of time, so the tail of the list is the window.
        List<AccessTrail> views = [];
        for (int i = trails.Count - 1; i >= 0 && trails[i].GrantedAt >= since; i--)
        {
            views.Add(trails[i]);
        }

        IncidentsState state = incidents.Current;
        return new OversightPicture(
            views,
            [.. checks.Latest().Where(c => c.BegunAt >= since)],
            views
                .Select(v => v.Incident)
                .Distinct()
                .Select(state.Find)
                .OfType<Incident>()
                .ToDictionary(i => i.Id, IncidentTrace.Of)
        );
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                SayWhatWaits();
                await TryLookAsync(stoppingToken);
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The house is closing.
        }
    }

    /// <summary>Once for each; after a start again for those that still wait.</summary>
    private void SayWhatWaits()
    {
        EmergencyReadsState state = emergencies.Current;
        _said.RemoveWhere(id => state.Find(id) is not { IsOpen: true });
        foreach (EmergencyRead read in state.Open.Where(r => _said.Add(r.Id)))
        {
            ServerLog.EmergencyReadWaits(
                logger,
                read.Id.Value,
                read.Incident.Value,
                read.Unit.Value
            );
        }
    }

    /// <summary>The outermost loop of this desk: a look that failed is said and tried again, and nobody's work stops for it.</summary>
    private async Task TryLookAsync(CancellationToken stop)
    {
        try
        {
            await LookAsync(stop);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            ServerLog.OversightStumbled(logger, e.GetType().Name);
        }
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }
}
