using System.Collections.Immutable;
using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Fleet.Members;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Fleet.Positions;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Incidents.Tests.Duty;

public class DutyDecisionsTests
{
    private static readonly GeoPoint s_point = new(35.7, 139.4);
    private FleetState _fleet = FleetState.Empty;

    private static DepartmentPlan Plan { get; } =
        new(
            TestShift.Department,
            "みどり多摩消防本部(架空)",
            [new Station(new StationId("S1"), "北署", s_point)],
            [Unit("Kita-1"), Unit("Kita-2")],
            [new VehicleId("spare")]
        );

    private static UnitPlan Unit(string id) =>
        new(
            new UnitId(id),
            id,
            new StationId("S1"),
            new VehicleId($"v-{id}"),
            new CrewId($"c-{id}"),
            new DeviceId($"d-{id}")
        );

    private DutyDecision SignOn(string unit, string? vehicle = null)
    {
        DutyDecision decision = DutyDecisions.SignOn(
            Plan,
            _fleet,
            new UnitId(unit),
            vehicle is null ? null : new VehicleId(vehicle),
            new CrewId("crew"),
            new DeviceId("device"),
            [],
            TestShift.Morning
        );
        Apply(decision);
        return decision;
    }

    private void Apply(DutyDecision decision)
    {
        if (decision is DutyDecision.Accepted { Part.Facts: var facts })
        {
            foreach (Fact fact in facts)
            {
                _fleet = _fleet.Apply(
                    new JournaledFact(1, TestShift.Department, TestShift.Morning, fact)
                );
            }
        }
    }

    private static void Refused(DutyRefusal reason, DutyDecision decision) =>
        Assert.Equal(reason, Assert.IsType<DutyDecision.Refused>(decision).Reason);

    [Fact]
    public void A_proof_renews_the_shift_and_a_tablet_switched_on_again_does_not()
    {
        ImmutableArray<SignedOnMember> leader =
        [
            new SignedOnMember(new MemberNumber("17"), MemberRole.Leader),
        ];
        DutyDecision Prove(DateTimeOffset at)
        {
            DutyDecision decision = DutyDecisions.SignOn(
                Plan,
                _fleet,
                new UnitId("Kita-1"),
                null,
                new CrewId("crew"),
                new DeviceId("device"),
                leader,
                at
            );
            Apply(decision);
            return decision;
        }

        SignOn("Kita-1");
        Assert.Empty(Assert.IsType<DutyDecision.Accepted>(SignOn("Kita-1")).Part.Facts);
        Prove(TestShift.Morning);
        DateTimeOffset later = TestShift.Morning.AddHours(27);
        Assert.Single(Assert.IsType<DutyDecision.Accepted>(Prove(later)).Part.Audit);
        Assert.Equal(later, _fleet.Find(new UnitId("Kita-1"))!.Since);
    }

    [Fact]
    public void A_crew_signs_on_in_its_usual_vehicle_unless_it_says_otherwise()
    {
        SignOn("Kita-1");
        SignOn("Kita-2", "spare");
        Assert.Equal("v-Kita-1", _fleet.Find(new UnitId("Kita-1"))!.Vehicle.Value);
        Assert.Equal("spare", _fleet.Find(new UnitId("Kita-2"))!.Vehicle.Value);
    }

    [Fact]
    public void A_vehicle_carries_one_unit_and_a_swap_is_one_act()
    {
        SignOn("Kita-1", "spare");
        Refused(DutyRefusal.VehicleInUse, SignOn("Kita-2", "spare"));
        Refused(DutyRefusal.VehicleNotOfThisUnit, SignOn("Kita-2", "v-Kita-1"));

        SignOn("Kita-1");
        Assert.IsType<DutyDecision.Accepted>(SignOn("Kita-2", "spare"));
        Assert.Equal("v-Kita-1", _fleet.Find(new UnitId("Kita-1"))!.Vehicle.Value);
    }

    [Fact]
    public void Nobody_signs_on_for_a_unit_that_the_plan_does_not_have_or_off_without_being_on()
    {
        Refused(DutyRefusal.UnitNotFound, SignOn("Minami-9"));
        Refused(
            DutyRefusal.NotOnDuty,
            DutyDecisions.SignOff(_fleet, new UnitId("Kita-1"), TestShift.Morning)
        );
        SignOn("Kita-1");
        Apply(DutyDecisions.SignOff(_fleet, new UnitId("Kita-1"), TestShift.Morning));
        Assert.Null(_fleet.Find(new UnitId("Kita-1")));
    }

    [Fact]
    public void A_position_that_comes_late_does_not_move_the_unit_back()
    {
        var board = new PositionBoard();
        var unit = new UnitId("Kita-1");
        UnitPosition Seen(int second) =>
            new(
                unit,
                s_point,
                TestShift.Morning.AddSeconds(second),
                TestShift.Morning.AddSeconds(60),
                null
            );

        Assert.Null(board.Find(unit));
        Assert.True(board.Report(Seen(10)));
        Assert.False(board.Report(Seen(5)));
        Assert.False(board.Report(Seen(10)));
        Assert.True(board.Report(Seen(11)));
        Assert.Equal(Seen(11), board.Find(unit));
    }
}
