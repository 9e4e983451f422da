using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Forecasting.Runs;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Forecasts;

/// <summary>A unit that was ordered on an advice has arrived.</summary>
/// <param name="Said">What the model said at the decision; null where none did.</param>
internal sealed record Arrival(JournalRun Run, TimeToScene? Said);

/// <summary>
/// Joins advice, order and arrival as the journal tells them, at a restart as while serving. The newest runs are
/// kept.
/// </summary>
internal sealed class Arrivals(IncidentsProjection incidents, TimeProvider time) : IProjection
{
    /// <summary>What ended before says nothing about this evening: a restart need not tell it again.</summary>
    /// <value>35 days: the slowest running average forgets in 28.</value>
    public static readonly TimeSpan Recent = TimeSpan.FromDays(35);

    /// <summary>Older runs are not learned from: a city changes, and a restart must not read them all.</summary>
    /// <value>400 days: every season once.</value>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    /// <summary>Two hundred a day; about 50 MB.</summary>
    private const int MostRuns = 80_000;

    /// <summary>Advice given for every look at the board; orders name the newest of them.</summary>
    private const int MostAdvice = 2_000;

    private readonly Lock _turn = new();
    private readonly Queue<JournalRun> _runs = new();
    private readonly Dictionary<RecommendationId, List<AdvisedDrive>> _advice = [];
    private readonly Queue<RecommendationId> _advised = new();
    private readonly Dictionary<AssignmentId, AdvisedDrive> _underWay = [];

    /// <summary>Who is told of each arrival, in the journal's order, from its writer's thread: it must not wait.</summary>
    public Action<Arrival>? Follower { private get; set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<JournalRun> ListRuns()
    {
        lock (_turn)
        {
            return [.. _runs];
        }
    }

    public bool IsRecent(JournalRun run) => run.OnSceneAt >= time.GetUtcNow() - Recent;

    public void Apply(ReadOnlySpan<JournaledFact> facts)
    {
        DateTimeOffset from = time.GetUtcNow() - Kept;
        foreach (JournaledFact journaled in facts)
        {
            if (journaled.CommittedAt < from)
            {
                continue;
            }

            if (journaled.Fact.Kind == AdviceFacts.Advised)
            {
                Remember(AdviceFacts.Read(journaled.Fact));
            }
            else if (journaled.Fact.Subject.StartsWith("incident/", StringComparison.Ordinal))
            {
                Follow(new IncidentId(journaled.Fact.Subject["incident/".Length..]));
            }
        }
    }

    private void Remember(ReadAdvice advice)
    {
        if (!_advice.TryAdd(advice.Id, [.. advice.Drives]))
        {
            return;
        }

        _advised.Enqueue(advice.Id);
        if (_advised.Count > MostAdvice)
        {
            _advice.Remove(_advised.Dequeue());
        }
    }

    private void Follow(IncidentId id)
    {
        if (incidents.Current.Find(id) is not { } incident)
        {
            return;
        }

        foreach (Order order in incident.Orders)
        {
            if (order.Recommendation is { } advice && TakeDrive(advice, order.Unit) is { } drive)
            {
                _underWay.Add(order.Id, drive);
            }

            if (_underWay.TryGetValue(order.Id, out AdvisedDrive? known))
            {
                Settle(incident, order, known);
            }
        }
    }

    /// <summary>Each order takes the drive that it rests on, so that no run is told twice. Nobody learns a drive from a unit that was busy.</summary>
    private AdvisedDrive? TakeDrive(RecommendationId advice, UnitId unit)
    {
        if (
            !_advice.TryGetValue(advice, out List<AdvisedDrive>? drives)
            || drives.Find(drive => drive.Unit == unit) is not { } drive
        )
        {
            return null;
        }

        drives.Remove(drive);
        return drive.FreeIn is null ? drive : null;
    }

    /// <summary>A run that ended without an arrival teaches nothing about arrivals.</summary>
    private void Settle(Incident incident, Order order, AdvisedDrive drive)
    {
        DateTimeOffset? onScene = incident
            .FindMilestone(order.Id, MilestoneKind.OnScene)
            ?.OccurredAt;
        if (onScene is null && order.IsActive)
        {
            return;
        }

        _underWay.Remove(order.Id);
        if (onScene is { } arrivedAt && arrivedAt > drive.DecidedAt)
        {
            Tell(
                new Arrival(
                    new JournalRun(
                        drive.Scene,
                        drive.Drive,
                        order.DispatchedAt,
                        incident.FindMilestone(order.Id, MilestoneKind.EnRoute)?.OccurredAt
                            ?? order.RollingAt,
                        arrivedAt
                    ),
                    drive.Predicted
                )
            );
        }
    }

    private void Tell(Arrival arrival)
    {
        lock (_turn)
        {
            _runs.Enqueue(arrival.Run);
            if (_runs.Count > MostRuns)
            {
                _runs.Dequeue();
            }
        }

        if (IsRecent(arrival.Run))
        {
            Follower?.Invoke(arrival);
        }
    }
}
