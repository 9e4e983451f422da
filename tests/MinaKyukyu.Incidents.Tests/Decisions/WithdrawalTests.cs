using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Incidents.Watch;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Patients;
using static MinaKyukyu.Vocabulary.Incidents.MilestoneKind;

namespace MinaKyukyu.Incidents.Tests.Decisions;

public class WithdrawalTests
{
    private readonly TestShift _shift = new();
    private readonly IncidentId _incident;
    private readonly AssignmentId _order;

    public WithdrawalTests()
    {
        _shift.SignOn("Kita-2", "Kita-1");
        _incident = _shift.Call();
        _order = _shift.Until("09:01").Assign(_incident, "Kita-2");
    }

    [Fact]
    public void A_milestone_that_is_taken_back_leaves_the_board_at_once_and_stays_in_the_record()
    {
        _shift.Live(_order, "EnRoute 09:02", "OnScene 09:09");
        Assert.False(_shift.TakeBack(_order, OnScene).WasUsed);

        Assert.Equal(UnitState.EnRoute, _shift.StateOf("Kita-2"));
        Assert.Null(_shift.Get(_incident).FindMilestone(_order, OnScene));
        Assert.Single(
            _shift.Get(_incident).Milestones,
            m => m is { Kind: OnScene, IsWithdrawn: true }
        );
        Assert.Empty(_shift.Get(_incident).Alarms);
    }

    [Fact]
    public void Taking_back_what_advice_had_used_alarms()
    {
        _shift.Live(_order, "EnRoute 09:02", "OnScene 09:09");
        Assert.True(_shift.TakeBack(_order, OnScene, wasUsed: true).WasUsed);

        IncidentAlarm alarm = Assert.Single(_shift.Get(_incident).Alarms);
        Assert.Equal(IncidentAlarmKind.WithdrawnMilestoneWasUsed, alarm.Kind);
        Assert.Equal(_order, alarm.Order);
    }

    [Fact]
    public void A_milestone_can_be_told_again_after_it_was_taken_back()
    {
        _shift.Live(_order, "OnScene 09:05");
        _shift.TakeBack(_order, OnScene);

        Assert.False(_shift.Until("09:09").Tell(_order, OnScene).AlreadyTold);
        Assert.Equal(
            TestShift.At("09:09"),
            _shift.Get(_incident).FindMilestone(_order, OnScene)!.OccurredAt
        );
    }

    [Fact]
    public void Taking_back_twice_is_taking_back_once()
    {
        _shift.Live(_order, "OnScene 09:05");
        string id = _shift.TakeBack(_order, OnScene).Milestone.Id;
        int facts = _shift.Facts.Count;

        _shift.Accept(_shift.TryTakeBack(_incident, id));

        Assert.Equal(facts, _shift.Facts.Count);
    }

    [Fact]
    public void A_clearing_that_is_taken_back_takes_the_unit_again()
    {
        _shift.Live(_order, "OnScene 09:09", "Cleared 09:10");
        Assert.True(_shift.Get(_incident).IsClosed);
        Assert.True(_shift.MayBeDispatched("Kita-2"));

        _shift.TakeBack(_order, Cleared);

        Assert.Equal(UnitState.OnScene, _shift.StateOf("Kita-2"));
        Assert.False(_shift.Get(_incident).IsClosed);
        Assert.Contains(_shift.State.OpenIncidents, i => i.Id == _incident);
        Assert.Equal(_order.Value, Assert.Single(_shift.Claims).Value);
        TestShift.Refused(
            IncidentRefusal.UnitNotAvailable,
            _shift.TryAssign(_shift.Call(), "Kita-2")
        );
    }

    [Fact]
    public void A_clearing_that_is_taken_back_alarms_when_the_unit_obeys_another_order_by_now()
    {
        _shift.Live(_order, "OnScene 09:09", "Cleared 09:10");
        AssignmentId next = _shift.Assign(_shift.Call(), "Kita-2");

        _shift.TakeBack(_order, Cleared);

        Assert.Equal(next, _shift.State.FindActiveOrder(new UnitId("Kita-2"))!.Id);
        Assert.False(_shift.Get(_order).IsActive);
        Assert.Equal(
            IncidentAlarmKind.ClearedUnitIsElsewhere,
            Assert.Single(_shift.Get(_incident).Alarms).Kind
        );
        Assert.Equal(next.Value, Assert.Single(_shift.Claims).Value);
    }

    [Fact]
    public void A_clearing_that_an_order_had_used_alarms_also_when_that_order_is_over()
    {
        _shift.Live(_order, "OnScene 09:09", "Cleared 09:10");
        AssignmentId next = _shift.Assign(_shift.Call(), "Kita-2");
        _shift
            .Until("09:11")
            .Accept(Ordering.Cancel(_shift.State, next, TestShift.Mistake, _shift.Now));

        Assert.True(_shift.TakeBack(_order, Cleared).WasUsed);

        Assert.Equal(
            IncidentAlarmKind.WithdrawnMilestoneWasUsed,
            Assert.Single(_shift.Get(_incident).Alarms).Kind
        );
        Assert.Equal(_order, _shift.State.FindActiveOrder(new UnitId("Kita-2"))!.Id);
        TestShift.Refused(
            IncidentRefusal.UnitNotAvailable,
            _shift.TryAssign(_shift.Call(), "Kita-2")
        );
    }

    [Fact]
    public void A_clearing_that_is_taken_back_frees_nobody_while_the_unit_is_at_its_station()
    {
        _shift.Live(_order, "OnScene 09:09", "Cleared 09:10", "BackAtStation 09:20");
        _shift.TakeBack(_order, Cleared);

        Assert.Equal(UnitState.AtStation, _shift.StateOf("Kita-2"));
        Assert.Empty(_shift.Claims);

        _shift.TakeBack(_order, BackAtStation);
        Assert.Equal(UnitState.OnScene, _shift.StateOf("Kita-2"));
        Assert.Single(_shift.Claims);
    }

    [Fact]
    public void A_cancelled_order_does_not_come_back_to_life_with_a_withdrawn_clearing()
    {
        _shift.Live(_order, "EnRoute 09:02");
        _shift
            .Until("09:05")
            .Accept(Ordering.Cancel(_shift.State, _order, TestShift.Mistake, _shift.Now));
        _shift.Until("09:06").Tell(_order, Cleared);

        _shift.TakeBack(_order, Cleared);

        Assert.Equal(OrderEnd.Cancelled, _shift.Get(_order).End);
        Assert.Empty(_shift.Claims);
        Assert.True(_shift.MayBeDispatched("Kita-2"));
    }

    [Fact]
    public void A_start_that_is_taken_back_is_watched_again()
    {
        _shift.Accept(
            Ordering.Acknowledge(_shift.State, _order, _shift.Get(_order).Token, _shift.Now)
        );
        _shift.Live(_order, "EnRoute 09:02");
        _shift.TakeBack(_order, EnRoute);
        _shift.Until("09:03");

        Assert.Equal([OrderAlarm.NotRolling], _shift.AlarmsOf(_order));

        _shift.Commit(Ordering.Rolling(_shift.Get(_order), _shift.Now));
        Assert.Empty(_shift.AlarmsOf(_order));
    }

    [Fact]
    public void An_arrival_at_the_wrong_place_that_is_taken_back_no_longer_alarms()
    {
        _shift.Until("09:09").Tell(_order, OnScene, metersFromPlace: 400);
        Assert.Equal([OrderAlarm.FarFromPlace], _shift.AlarmsOf(_order));

        _shift.TakeBack(_order, OnScene);

        Assert.DoesNotContain(OrderAlarm.FarFromPlace, _shift.AlarmsOf(_order));
    }

    [Fact]
    public void An_arrival_at_the_hospital_that_is_taken_back_leaves_it_accepted()
    {
        var accepted = new Destination(
            new HospitalId("H1"),
            PatientSlot.First,
            DestinationState.Accepted,
            null,
            _shift.Now
        );
        _shift.Accept(HospitalInquiries.Report(_shift.State, _incident, _order, accepted));
        _shift.Live(_order, "HospitalArrival 09:30");
        Assert.Equal(
            DestinationState.Arrived,
            Assert.Single(_shift.Get(_order).Destinations).State
        );

        _shift.TakeBack(_order, HospitalArrival);

        Assert.Equal(
            DestinationState.Accepted,
            Assert.Single(_shift.Get(_order).Destinations).State
        );
    }

    [Fact]
    public void The_call_and_the_order_cannot_be_taken_back()
    {
        foreach (Milestone noted in _shift.Get(_incident).Milestones)
        {
            TestShift.Refused(
                IncidentRefusal.MilestoneNotFound,
                _shift.TryTakeBack(_incident, noted.Id)
            );
        }

        TestShift.Refused(
            IncidentRefusal.MilestoneNotFound,
            _shift.TryTakeBack(_incident, "never-told")
        );
        TestShift.Refused(
            IncidentRefusal.IncidentNotFound,
            _shift.TryTakeBack(new IncidentId("nowhere"), "never-told")
        );
    }
}
