using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Incidents.Watch;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Incidents.Tests;

/// <summary>
/// A shift at a dispatch centre without a disk: it decides, applies what was decided, keeps claims as the journal does, and remembers
/// every fact so that the shift can be replayed.
/// </summary>
internal sealed class TestShift
{
    public const long Epoch = 1;
    public static readonly DepartmentId Department = new("midori-tama");
    public static readonly DateTimeOffset Morning = new(2026, 4, 1, 9, 0, 0, TimeSpan.FromHours(9));
    public static readonly Code Mistake = new("cancel-reason", "wrong-order");

    private readonly IncidentsProjection _incidents = new();
    private readonly List<JournaledFact> _facts = [];
    private readonly Dictionary<(string Kind, string Key), string> _claims = [];
    private int _ids;

    public DateTimeOffset Now { get; private set; } = Morning;

    public FleetState Fleet { get; private set; } = FleetState.Empty;

    public IncidentsState State => _incidents.Current;

    public IReadOnlyList<JournaledFact> Facts => _facts;

    public IReadOnlyDictionary<(string Kind, string Key), string> Claims => _claims;

    /// <summary>Scopes of perishable values that were erased.</summary>
    public HashSet<string> Forgotten { get; } = [];

    public string NextId() => $"id-{++_ids:D5}";

    /// <summary>A moment of the day, such as "09:05:30" or "09:05".</summary>
    public static DateTimeOffset At(string clock) =>
        new(
            DateOnly.FromDateTime(Morning.DateTime),
            TimeOnly.Parse(clock, System.Globalization.CultureInfo.InvariantCulture),
            Morning.Offset
        );

    public TestShift Until(string clock)
    {
        Now = At(clock);
        return this;
    }

    public void Pass(TimeSpan time) => Now += time;

    public void SignOn(params ReadOnlySpan<string> units)
    {
        foreach (string unit in units)
        {
            DutyDecision decision = DutyDecisions.SignOn(
                Plan(unit),
                Fleet,
                new UnitId(unit),
                null,
                new CrewId($"crew-{unit}"),
                new DeviceId($"tablet-{unit}"),
                [],
                Now
            );
            Commit(Assert.IsType<DutyDecision.Accepted>(decision).Part);
        }
    }

    private static DepartmentPlan Plan(string unit)
    {
        var station = new Station(new StationId("S1"), "北署", new GeoPoint(35.7, 139.4));
        return new DepartmentPlan(
            Department,
            "みどり多摩消防本部(架空)",
            [station],
            [
                new UnitPlan(
                    new UnitId(unit),
                    unit,
                    station.Id,
                    new VehicleId($"v-{unit}"),
                    new CrewId($"crew-{unit}"),
                    new DeviceId($"tablet-{unit}")
                ),
            ],
            []
        );
    }

    public static Call ACall(DateTimeOffset? receivedAt = null, Place? place = null) =>
        new(
            receivedAt,
            null,
            null,
            "",
            place
                ?? new Place(new GeoPoint(35.7, 139.41), PlacePrecision.Building, null, "", 0, ""),
            new Urgency(UrgencyLevel.High, "test"),
            null,
            CardReadiness.NotAsked,
            [],
            ""
        );

    public IncidentId Call(Call? call = null) =>
        Accept(Opening.Open(new IncidentId(NextId()), call ?? ACall(), Now));

    public IncidentDecision<Order> TryAssign(IncidentId incident, string unit) =>
        Ordering.Assign(
            State,
            Fleet,
            incident,
            new UnitId(unit),
            new AssignmentId(NextId()),
            new OrderGround(null, null, null),
            Epoch,
            Now
        );

    public AssignmentId Assign(IncidentId incident, string unit) =>
        Accept(TryAssign(incident, unit)).Id;

    public IncidentDecision<Order> TryReassign(AssignmentId replaced, string unit) =>
        Ordering.Reassign(
            State,
            Fleet,
            replaced,
            new UnitId(unit),
            new AssignmentId(NextId()),
            new OrderGround(null, null, null),
            Epoch,
            Now
        );

    public IncidentDecision<Testified> TryTell(
        AssignmentId order,
        MilestoneKind kind,
        string? at = null,
        string? tablet = null,
        long? token = null,
        double? metersFromPlace = null,
        bool? cardReturned = null
    )
    {
        Order known = Get(order);
        return Testimony.Report(
            State,
            new MilestoneReport(
                NextId(),
                known.Incident,
                order,
                token ?? known.Token,
                kind,
                at is null ? Now : At(at),
                new DeviceId(tablet ?? $"tablet-{known.Unit}"),
                metersFromPlace,
                cardReturned
            ),
            Now
        );
    }

    public Testified Tell(
        AssignmentId order,
        MilestoneKind kind,
        string? at = null,
        string? tablet = null,
        double? metersFromPlace = null,
        bool? cardReturned = null
    ) => Accept(TryTell(order, kind, at, tablet, null, metersFromPlace, cardReturned));

    /// <summary>Tells milestones at their own moments: "EnRoute 09:02".</summary>
    public void Live(AssignmentId order, params ReadOnlySpan<string> run)
    {
        foreach (string step in run)
        {
            string[] words = step.Split(' ');
            Until(words[1]);
            Tell(order, Enum.Parse<MilestoneKind>(words[0]));
        }
    }

    public IncidentDecision<Retracted> TryTakeBack(
        IncidentId incident,
        string milestone,
        bool wasUsed = false
    ) =>
        Testimony.Withdraw(
            State,
            Fleet,
            incident,
            milestone,
            new DeviceId("tablet-any"),
            wasUsed,
            Now
        );

    public Retracted TakeBack(AssignmentId order, MilestoneKind kind, bool wasUsed = false)
    {
        Incident incident = IncidentOf(order);
        return Accept(TryTakeBack(incident.Id, incident.FindMilestone(order, kind)!.Id, wasUsed));
    }

    /// <summary>Commits what was decided and gives its value.</summary>
    public T Accept<T>(IncidentDecision<T> decision)
    {
        var accepted = Assert.IsType<IncidentDecision<T>.Accepted>(decision);
        Assert.True(
            Commit(accepted.Part),
            "The journal refused a claim that the decision held to be free."
        );
        return accepted.Value;
    }

    /// <summary>As the journal does: releases first, then takes, all or nothing.</summary>
    /// <returns>False when somebody else holds a claim.</returns>
    public bool Commit(CommitPart part, bool ignoresClaims = false)
    {
        var after = new Dictionary<(string Kind, string Key), string>(_claims);
        foreach (Claim claim in part.Releases)
        {
            if (after.GetValueOrDefault((claim.Kind, claim.Key)) == claim.Holder)
            {
                after.Remove((claim.Kind, claim.Key));
            }
        }

        foreach (Claim claim in part.Takes)
        {
            if (!after.TryAdd((claim.Kind, claim.Key), claim.Holder) && !ignoresClaims)
            {
                return false;
            }
        }

        _claims.Clear();
        foreach (((string Kind, string Key) key, string holder) in after)
        {
            _claims.Add(key, holder);
        }

        Forgotten.UnionWith(part.Forgets);
        foreach (Fact fact in part.Facts)
        {
            var journaled = new JournaledFact(_facts.Count + 1, Department, Now, fact);
            _facts.Add(journaled);
            Fleet = Fleet.Apply(journaled);
            _incidents.Apply([journaled]);
        }

        return true;
    }

    public static IncidentsState Replayed(ReadOnlySpan<JournaledFact> facts)
    {
        var projection = new IncidentsProjection();
        projection.Apply(facts);
        return projection.Current;
    }

    public Order Get(AssignmentId order) => State.FindOrder(order)!;

    public Incident Get(IncidentId incident) => State.Find(incident)!;

    public Incident IncidentOf(AssignmentId order) => Get(Get(order).Incident);

    public UnitState StateOf(string unit) => UnitActivity.Of(new UnitId(unit), Fleet, State).State;

    public bool MayBeDispatched(string unit) =>
        UnitActivity.Of(new UnitId(unit), Fleet, State).MayBeDispatched;

    public OrderAlarm[] AlarmsOf(AssignmentId order) =>
        [.. OrderWatch.AlarmsOf(Get(order), IncidentOf(order), Now, new WatchOptions())];

    public static void Refused<T>(IncidentRefusal reason, IncidentDecision<T> decision) =>
        Assert.Equal(reason, Assert.IsType<IncidentDecision<T>.Refused>(decision).Reason);
}
