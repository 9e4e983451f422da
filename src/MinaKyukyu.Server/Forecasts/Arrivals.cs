using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Recommendation;
using MinaKyukyu.Forecasting.Runs;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Commits;
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

    private const string Subject = "incident/";

    /// <summary>Two hundred a day; about 50 MB.</summary>
    private const int MostRuns = 80_000;

    /// <summary>More than a day of any department: whoever is still under way then is not learned from.</summary>
    private const int MostIncidents = 2_000;

    private readonly Lock _turn = new();
    private readonly Queue<JournalRun> _runs = new();
    private readonly Dictionary<IncidentId, Followed> _followed = [];
    private readonly Queue<IncidentId> _oldestFirst = new();

    /// <summary>Who is told of each arrival, in the journal's order, from its writer's thread: it must not wait.</summary>
    public Action<Arrival>? Follower { private get; set; }

    /// <summary>Oldest first.</summary>
    /// <param name="after">Only those that were told after this one; null: all.</param>
    public IReadOnlyList<JournalRun> ListRuns(JournalRun? after = null)
    {
        lock (_turn)
        {
            return after is null
                ? [.. _runs]
                : [.. _runs.Reverse().TakeWhile(run => !ReferenceEquals(run, after)).Reverse()];
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

            if (journaled.Fact.Subject.StartsWith(Subject, StringComparison.Ordinal))
            {
                Follow(new IncidentId(journaled.Fact.Subject[Subject.Length..]), journaled.Fact);
            }
        }
    }

    private void Follow(IncidentId id, Fact fact)
    {
        Followed followed = FollowedOf(id);
        if (fact.Kind == AdviceFacts.Advised)
        {
            followed.Advice = fact;
        }

        foreach (Order order in incidents.Current.Find(id)?.Orders ?? [])
        {
            if (Join(followed, order) is { } drive)
            {
                followed.UnderWay.Add(order.Id, drive);
            }

            if (followed.UnderWay.TryGetValue(order.Id, out AdvisedDrive? known))
            {
                Settle(incidents.Current.Find(id)!, order, known, followed);
            }
        }
    }

    private Followed FollowedOf(IncidentId id)
    {
        if (!_followed.TryGetValue(id, out Followed? followed))
        {
            _followed.Add(id, followed = new Followed());
            _oldestFirst.Enqueue(id);
            if (_oldestFirst.Count > MostIncidents)
            {
                _followed.Remove(_oldestFirst.Dequeue());
            }
        }

        return followed;
    }

    /// <summary>
    /// The drive that an order rests on, once. Its commit holds the advice; all the advice that nobody followed is never read.
    /// Nobody learns a drive from a unit that was busy.
    /// </summary>
    private static AdvisedDrive? Join(Followed followed, Order order)
    {
        if (
            order.Recommendation is not { } named
            || followed.Joined.Contains(order.Id)
            || followed.Advice is not { } fact
            || AdviceFacts.Read(fact) is not { } advice
            || advice.Id != named
        )
        {
            return null;
        }

        followed.Joined.Add(order.Id);
        return advice.Drives.FirstOrDefault(d => d.Unit == order.Unit && d.FreeIn is null);
    }

    /// <summary>A run that ended without an arrival teaches nothing about arrivals.</summary>
    private void Settle(Incident incident, Order order, AdvisedDrive drive, Followed followed)
    {
        DateTimeOffset? onScene = incident
            .FindMilestone(order.Id, MilestoneKind.OnScene)
            ?.OccurredAt;
        if (onScene is null && order.IsActive)
        {
            return;
        }

        followed.UnderWay.Remove(order.Id);
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

    /// <summary>What is known of one incident.</summary>
    private sealed class Followed
    {
        /// <summary>The last that was given, unread.</summary>
        public Fact? Advice { get; set; }

        public HashSet<AssignmentId> Joined { get; } = [];

        public Dictionary<AssignmentId, AdvisedDrive> UnderWay { get; } = [];
    }
}
