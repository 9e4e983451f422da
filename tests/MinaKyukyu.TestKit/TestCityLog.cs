using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.TestKit;

/// <summary>
/// What happened in a city, told through the rooms' own decisions and replayed by their own projections, so that a test cannot
/// stand on a state that could never come to be. Nothing is written anywhere.
/// </summary>
public sealed class TestCityLog(DepartmentId department)
{
    private readonly FleetProjection _fleet = new();
    private readonly IncidentsProjection _incidents = new();
    private readonly RoadRestrictionsProjection _roads = new();
    private long _position;
    private int _lastId;

    public FleetState Fleet => _fleet.Current;

    public IncidentsState Incidents => _incidents.Current;

    public RoadRestrictions Roads => _roads.Current;

    public void SignOn(DepartmentPlan plan, UnitPlan unit, DateTimeOffset at)
    {
        DutyDecision decision = DutyDecisions.SignOn(
            plan,
            Fleet,
            unit.Id,
            null,
            unit.Crew,
            unit.Device,
            [],
            at
        );
        Keep(((DutyDecision.Accepted)decision).Part, at);
    }

    public Incident Open(Place place, UrgencyLevel urgency, DateTimeOffset at)
    {
        var call = new Call(
            at,
            null,
            null,
            "",
            place,
            new Urgency(urgency, ""),
            null,
            CardReadiness.NotAsked,
            [],
            ""
        );
        IncidentId id = Keep(Opening.Open(new IncidentId(NextId("incident")), call, at), at);
        return Incidents.Find(id)!;
    }

    public Order Order(IncidentId incident, UnitId unit, DateTimeOffset at)
    {
        Order order = Keep(
            Ordering.Assign(
                Incidents,
                Fleet,
                incident,
                unit,
                new AssignmentId(NextId("order")),
                new OrderGround(null, null, null),
                1,
                at
            ),
            at
        );
        return order;
    }

    public void Tell(Order order, MilestoneKind kind, DateTimeOffset at) =>
        Keep(
            Testimony.Report(
                Incidents,
                new MilestoneReport(
                    NextId("milestone"),
                    order.Incident,
                    order.Id,
                    order.Token,
                    kind,
                    at,
                    new DeviceId("tablet"),
                    null,
                    null
                ),
                at
            ),
            at
        );

    public void Answer(
        Order order,
        HospitalId hospital,
        DestinationState answer,
        DateTimeOffset at,
        int patient = 1
    )
    {
        var destination = new Destination(
            hospital,
            new PatientSlot(patient),
            answer,
            answer == DestinationState.Refused ? new Code("hospital-refusal-reason", "01") : null,
            at
        );
        Keep(HospitalInquiries.Report(Incidents, order.Incident, order.Id, destination), at);
    }

    public RoadRestriction Restrict(RoadReport report, DateTimeOffset at)
    {
        var id = new RoadRestrictionId(NextId("restriction"));
        return Keep(RoadDecisions.Restrict(Roads, id, report, "Dispatcher/test", at), at);
    }

    public RoadRestriction Lift(RoadRestrictionId id, DateTimeOffset at) =>
        Keep(RoadDecisions.Lift(Roads, id, "Dispatcher/test", at), at);

    private RoadRestriction Keep(RoadDecision decision, DateTimeOffset at)
    {
        if (decision is not RoadDecision.Accepted accepted)
        {
            throw new InvalidOperationException($"The story of the test is refused: {decision}");
        }

        Keep(accepted.Part, at);
        return accepted.Restriction;
    }

    private string NextId(string kind) => $"{kind}-{++_lastId}";

    private T Keep<T>(IncidentDecision<T> decision, DateTimeOffset at)
    {
        if (decision is not IncidentDecision<T>.Accepted accepted)
        {
            throw new InvalidOperationException($"The story of the test is refused: {decision}");
        }

        Keep(accepted.Part, at);
        return accepted.Value;
    }

    private void Keep(CommitPart part, DateTimeOffset at)
    {
        JournaledFact[] facts =
        [
            .. part.Facts.Select(fact => new JournaledFact(++_position, department, at, fact)),
        ];
        _fleet.Apply(facts);
        _incidents.Apply(facts);
        _roads.Apply(facts);
    }
}
