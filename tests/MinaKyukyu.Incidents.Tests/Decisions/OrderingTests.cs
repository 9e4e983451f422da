using MinaKyukyu.Fleet.Duty;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using static MinaKyukyu.Vocabulary.Incidents.MilestoneKind;

namespace MinaKyukyu.Incidents.Tests.Decisions;

public class OrderingTests
{
    private readonly TestShift _shift = new();
    private readonly IncidentId _incident;

    public OrderingTests()
    {
        _shift.SignOn("Kita-1", "Kita-2");
        _incident = _shift.Call();
    }

    [Fact]
    public void A_unit_obeys_one_order_at_a_time()
    {
        _shift.Assign(_incident, "Kita-1");
        Assert.Equal(UnitState.Dispatched, _shift.StateOf("Kita-1"));
        TestShift.Refused(
            IncidentRefusal.UnitNotAvailable,
            _shift.TryAssign(_shift.Call(), "Kita-1")
        );
    }

    [Fact]
    public void Two_dispatchers_who_saw_the_same_free_unit_do_not_both_get_it()
    {
        IncidentId other = _shift.Call();
        var one = (IncidentDecision<Order>.Accepted)_shift.TryAssign(_incident, "Kita-1");
        var two = (IncidentDecision<Order>.Accepted)_shift.TryAssign(other, "Kita-1");

        Assert.True(_shift.Commit(one.Part));
        Assert.False(_shift.Commit(two.Part));
        Assert.Equal(one.Value.Id, _shift.State.FindActiveOrder(new UnitId("Kita-1"))!.Id);
    }

    [Fact]
    public void Reassigning_never_leaves_the_incident_without_an_order()
    {
        AssignmentId first = _shift.Assign(_incident, "Kita-1");
        var decision = (IncidentDecision<Order>.Accepted)_shift.TryReassign(first, "Kita-2");

        // One fact carries both ends: there is no moment between them that a reader could see.
        Fact only = Assert.Single(decision.Part.Facts);
        Assert.Equal("incident.ordered", only.Kind);
        _shift.Commit(decision.Part);

        Assert.Equal(OrderEnd.Replaced, _shift.Get(first).End);
        Assert.Equal("Kita-2", Assert.Single(_shift.Get(_incident).ActiveOrders).Unit.Value);
        Assert.True(_shift.MayBeDispatched("Kita-1"));
        Assert.Equal(("unit", "Kita-2"), Assert.Single(_shift.Claims).Key);
    }

    [Fact]
    public void An_order_that_is_over_cannot_be_replaced_or_cancelled_again()
    {
        AssignmentId first = _shift.Assign(_incident, "Kita-1");
        _shift.Accept(_shift.TryReassign(first, "Kita-2"));

        TestShift.Refused(IncidentRefusal.OrderTokenOutdated, _shift.TryReassign(first, "Kita-1"));
        TestShift.Refused(
            IncidentRefusal.OrderTokenOutdated,
            Ordering.Cancel(_shift.State, first, TestShift.Mistake, _shift.Now)
        );
    }

    [Fact]
    public void Order_tokens_only_grow_also_under_a_new_owner()
    {
        long first = _shift.Get(_shift.Assign(_incident, "Kita-1")).Token;
        long second = _shift.Get(_shift.Assign(_incident, "Kita-2")).Token;
        Assert.True(second > first);

        _shift.SignOn("Kita-3");
        IncidentDecision<Order> byNewOwner = Ordering.Assign(
            _shift.State,
            _shift.Fleet,
            _incident,
            new UnitId("Kita-3"),
            new AssignmentId("new"),
            new OrderGround(null, null, null),
            TestShift.Epoch + 1,
            _shift.Now
        );
        Assert.True(_shift.Accept(byNewOwner).Token >= (TestShift.Epoch + 1) << 32);
    }

    [Fact]
    public void Cancelling_on_the_way_frees_the_units()
    {
        AssignmentId one = _shift.Assign(_incident, "Kita-1");
        AssignmentId two = _shift.Assign(_incident, "Kita-2");
        _shift.Live(one, "EnRoute 09:02");

        _shift
            .Until("09:04")
            .Accept(Opening.Cancel(_shift.State, _incident, TestShift.Mistake, _shift.Now));

        Assert.Empty(_shift.Claims);
        Assert.Equal(UnitState.Returning, _shift.StateOf("Kita-1"));
        Assert.Equal(UnitState.AtStation, _shift.StateOf("Kita-2"));
        Assert.True(_shift.Get(_incident).IsClosed);
        Assert.Equal(OrderEnd.Cancelled, _shift.Get(two).End);
        Assert.Contains(Opening.PerishableScope(_incident), _shift.Forgotten);
        TestShift.Refused(IncidentRefusal.IncidentClosed, _shift.TryAssign(_incident, "Kita-1"));
        TestShift.Refused(
            IncidentRefusal.IncidentClosed,
            Opening.Cancel(_shift.State, _incident, TestShift.Mistake, _shift.Now)
        );
    }

    [Fact]
    public void An_order_taken_away_before_the_unit_rolled_leaves_it_where_it_was()
    {
        AssignmentId first = _shift.Assign(_incident, "Kita-1");
        _shift.Live(first, "EnRoute 09:02", "Cleared 09:20");
        Assert.Equal(UnitState.Returning, _shift.StateOf("Kita-1"));

        AssignmentId second = _shift.Assign(_shift.Call(), "Kita-1");
        _shift.Accept(Ordering.Cancel(_shift.State, second, TestShift.Mistake, _shift.Now));
        Assert.Equal(UnitState.Returning, _shift.StateOf("Kita-1"));

        _shift.Live(first, "BackAtStation 09:30");
        Assert.Equal(UnitState.AtStation, _shift.StateOf("Kita-1"));
    }

    [Fact]
    public void The_reason_of_a_cancelled_order_is_kept()
    {
        AssignmentId order = _shift.Assign(_incident, "Kita-1");
        _shift.Accept(Ordering.Cancel(_shift.State, order, TestShift.Mistake, _shift.Now));

        Assert.Equal(TestShift.Mistake, _shift.Get(order).CancelReason);
        Assert.True(_shift.Get(_incident).IsWaiting);
    }

    [Fact]
    public void Advice_that_is_not_taken_asks_for_a_reason()
    {
        IncidentDecision<Order> Choose(string unit, Code? reason) =>
            Ordering.Assign(
                _shift.State,
                _shift.Fleet,
                _incident,
                new UnitId(unit),
                new AssignmentId(_shift.NextId()),
                new OrderGround(new RecommendationId("r-1"), new UnitId("Kita-1"), reason),
                TestShift.Epoch,
                _shift.Now
            );
        var why = new Code("override-reason", "local-knowledge");

        TestShift.Refused(IncidentRefusal.OverrideReasonMissing, Choose("Kita-2", null));
        Order overridden = _shift.Accept(Choose("Kita-2", why));
        Order followed = _shift.Accept(Choose("Kita-1", why));

        Assert.Equal(why, _shift.Get(overridden.Id).OverrideReason);
        Assert.Null(_shift.Get(followed.Id).OverrideReason);
        Assert.Equal("r-1", _shift.Get(followed.Id).Recommendation!.Value.Value);
    }

    [Fact]
    public void Refuses_a_unit_off_duty_and_what_nobody_knows()
    {
        TestShift.Refused(IncidentRefusal.UnitNotOnDuty, _shift.TryAssign(_incident, "Minami-1"));
        TestShift.Refused(
            IncidentRefusal.IncidentNotFound,
            _shift.TryAssign(new IncidentId("nowhere"), "Kita-1")
        );
        TestShift.Refused(
            IncidentRefusal.AssignmentNotFound,
            _shift.TryReassign(new AssignmentId("none"), "Kita-1")
        );
        TestShift.Refused(
            IncidentRefusal.AssignmentNotFound,
            Ordering.Cancel(_shift.State, new AssignmentId("none"), TestShift.Mistake, _shift.Now)
        );
    }

    [Fact]
    public void An_acknowledgement_from_a_second_tablet_changes_nothing_and_an_old_token_is_refused()
    {
        AssignmentId id = _shift.Assign(_incident, "Kita-1");
        long token = _shift.Get(id).Token;
        _shift.Accept(Ordering.Acknowledge(_shift.State, id, token, _shift.Now));
        DateTimeOffset first = _shift.Get(id).AcknowledgedAt!.Value;
        _shift.Pass(TimeSpan.FromSeconds(3));
        _shift.Accept(Ordering.Acknowledge(_shift.State, id, token, _shift.Now));

        Assert.Equal(first, _shift.Get(id).AcknowledgedAt);
        TestShift.Refused(
            IncidentRefusal.OrderTokenOutdated,
            Ordering.Acknowledge(_shift.State, id, token - 1, _shift.Now)
        );
        _shift.Accept(_shift.TryReassign(id, "Kita-2"));
        TestShift.Refused(
            IncidentRefusal.OrderTokenOutdated,
            Ordering.Acknowledge(_shift.State, id, token, _shift.Now)
        );
        TestShift.Refused(
            IncidentRefusal.AssignmentNotFound,
            Ordering.Acknowledge(_shift.State, new AssignmentId("none"), token, _shift.Now)
        );
    }

    [Fact]
    public void A_unit_that_signs_off_is_off_duty_and_a_new_crew_starts_at_the_station()
    {
        AssignmentId id = _shift.Assign(_incident, "Kita-1");
        _shift.Live(id, "EnRoute 09:02", "Cleared 09:20");
        var off = (DutyDecision.Accepted)
            DutyDecisions.SignOff(_shift.Fleet, new UnitId("Kita-1"), _shift.Now);
        _shift.Commit(off.Part);
        Assert.Equal(UnitState.OffDuty, _shift.StateOf("Kita-1"));

        _shift.Until("09:30").SignOn("Kita-1");
        Assert.Equal(UnitState.AtStation, _shift.StateOf("Kita-1"));
    }
}
