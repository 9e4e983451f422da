using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using static MinaKyukyu.Vocabulary.Incidents.MilestoneKind;

namespace MinaKyukyu.Incidents.Tests.Decisions;

public class TestimonyTests
{
    private readonly TestShift _shift = new();
    private readonly IncidentId _incident;
    private readonly AssignmentId _order;

    public TestimonyTests()
    {
        _shift.SignOn("Kita-2");
        _incident = _shift.Call();
        _order = _shift.Until("09:01").Assign(_incident, "Kita-2");
    }

    [Fact]
    public void Two_taps_at_the_hospital_do_not_make_the_unit_available()
    {
        _shift.Live(
            _order,
            "EnRoute 09:02",
            "OnScene 09:09",
            "SceneDeparture 09:25",
            "HospitalArrival 09:38"
        );
        int facts = _shift.Facts.Count;

        Testified second = _shift.Tell(_order, HospitalArrival, tablet: "second-tablet");

        Assert.True(second.AlreadyTold);
        Assert.Equal(facts, _shift.Facts.Count);
        Assert.Equal(UnitState.AtHospital, _shift.StateOf("Kita-2"));
        Assert.False(_shift.MayBeDispatched("Kita-2"));
        TestShift.Refused(
            IncidentRefusal.UnitNotAvailable,
            _shift.TryAssign(_shift.Call(), "Kita-2")
        );
    }

    [Fact]
    public void The_same_milestone_from_a_second_tablet_is_the_same_fact()
    {
        Testified first = _shift.Until("09:03").Tell(_order, EnRoute, tablet: "tablet-1");
        Testified second = _shift.Until("09:04").Tell(_order, EnRoute, tablet: "tablet-2");

        Assert.True(second.AlreadyTold);
        Assert.Equal(first.Milestone.Id, second.Milestone.Id);
        Assert.Equal(TestShift.At("09:03"), second.Milestone.OccurredAt);
        Assert.Single(_shift.Get(_incident).Milestones, m => m.Kind == EnRoute);
    }

    [Fact]
    public void A_skipped_button_is_accepted_and_the_gap_is_kept()
    {
        _shift.Live(_order, "EnRoute 09:02", "PatientContact 09:11");

        Incident incident = _shift.Get(_incident);
        Assert.False(incident.FindMilestone(_order, EnRoute)!.HasGapBefore);
        Assert.True(incident.FindMilestone(_order, PatientContact)!.HasGapBefore);
        Assert.Null(incident.FindMilestone(_order, OnScene));
        Assert.Equal(UnitState.OnScene, _shift.StateOf("Kita-2"));
    }

    [Fact]
    public void A_late_milestone_carries_the_stated_time_and_is_marked()
    {
        Milestone late = _shift.Until("09:30").Tell(_order, OnScene, at: "09:09").Milestone;

        Assert.Equal(TestShift.At("09:09"), late.OccurredAt);
        Assert.Equal(TestShift.At("09:30"), late.ReceivedAt);
        Assert.True(late.IsLate);
    }

    [Theory]
    [InlineData("09:08:00", false)]
    [InlineData("09:07:59", true)]
    public void A_tap_is_late_only_when_it_comes_more_than_two_minutes_after(
        string at,
        bool late
    ) => Assert.Equal(late, _shift.Until("09:10").Tell(_order, OnScene, at).Milestone.IsLate);

    [Fact]
    public void A_skipped_milestone_may_be_told_after_the_next_one()
    {
        _shift.Live(_order, "EnRoute 09:02", "PatientContact 09:11");
        _shift.Until("09:20").Tell(_order, OnScene, at: "09:10");

        Assert.Equal(
            TestShift.At("09:10"),
            _shift.Get(_incident).FindMilestone(_order, OnScene)!.OccurredAt
        );
        Assert.Equal(UnitState.OnScene, _shift.StateOf("Kita-2"));
    }

    [Fact]
    public void A_run_that_carries_nobody_has_no_gap_where_carrying_would_have_been()
    {
        _shift.Live(_order, "EnRoute 09:02", "OnScene 09:09", "PatientContact 09:10");
        Milestone cleared = _shift.Until("09:40").Tell(_order, Cleared).Milestone;

        Assert.False(cleared.HasGapBefore);
        Assert.True(_shift.MayBeDispatched("Kita-2"));
    }

    [Fact]
    public void Refuses_a_milestone_before_the_call() =>
        TestShift.Refused(
            IncidentRefusal.MilestoneBeforeCall,
            _shift.Until("09:10").TryTell(_order, OnScene, at: "08:59:59")
        );

    [Theory]
    [InlineData("09:12:00", true)]
    [InlineData("09:12:01", false)]
    public void Refuses_a_milestone_more_than_two_minutes_ahead_of_our_clock(
        string at,
        bool accepted
    )
    {
        IncidentDecision<Testified> decision = _shift.Until("09:10").TryTell(_order, OnScene, at);
        if (accepted)
        {
            _shift.Accept(decision);
        }
        else
        {
            TestShift.Refused(IncidentRefusal.MilestoneInFuture, decision);
        }
    }

    [Theory]
    [InlineData("09:08:00", true)]
    [InlineData("09:07:59", false)]
    public void Refuses_a_milestone_clearly_before_its_own_order(string at, bool accepted)
    {
        _shift.SignOn("Kita-1");
        AssignmentId later = _shift.Until("09:10").Assign(_incident, "Kita-1");

        IncidentDecision<Testified> decision = _shift.TryTell(later, EnRoute, at);
        if (accepted)
        {
            _shift.Accept(decision);
        }
        else
        {
            TestShift.Refused(IncidentRefusal.MilestoneBeforeOrder, decision);
        }
    }

    [Fact]
    public void Refuses_an_old_token_and_a_made_up_one()
    {
        long token = _shift.Get(_order).Token;
        foreach (long wrong in (long[])[token - 1, token + 1, 0])
        {
            TestShift.Refused(
                IncidentRefusal.OrderTokenOutdated,
                _shift.TryTell(_order, EnRoute, token: wrong)
            );
        }
    }

    [Theory]
    [InlineData(CallReceived)]
    [InlineData(Dispatched)]
    public void Refuses_what_the_centre_notes_itself(MilestoneKind kind) =>
        TestShift.Refused(IncidentRefusal.MilestoneNotOfCrew, _shift.TryTell(_order, kind));

    [Fact]
    public void Refuses_an_incident_and_an_order_that_nobody_knows()
    {
        Order order = _shift.Get(_order);
        var report = new MilestoneReport(
            "m",
            new IncidentId("nowhere"),
            _order,
            order.Token,
            EnRoute,
            _shift.Now,
            new DeviceId("t"),
            null,
            null
        );

        TestShift.Refused(
            IncidentRefusal.IncidentNotFound,
            Testimony.Report(_shift.State, report, _shift.Now)
        );
        TestShift.Refused(
            IncidentRefusal.AssignmentNotFound,
            Testimony.Report(
                _shift.State,
                report with
                {
                    Incident = _incident,
                    Order = new AssignmentId("none"),
                },
                _shift.Now
            )
        );
    }

    [Fact]
    public void What_happened_before_the_order_was_cancelled_is_still_told()
    {
        _shift
            .Until("09:05")
            .Accept(Ordering.Cancel(_shift.State, _order, TestShift.Mistake, _shift.Now));
        _shift.Until("09:20").Tell(_order, EnRoute, at: "09:03");

        TestShift.Refused(
            IncidentRefusal.OrderTokenOutdated,
            _shift.TryTell(_order, OnScene, at: "09:06")
        );
    }

    [Fact]
    public void A_unit_that_was_called_off_says_when_it_is_home_again()
    {
        _shift.Live(_order, "EnRoute 09:02");
        _shift
            .Until("09:05")
            .Accept(Ordering.Cancel(_shift.State, _order, TestShift.Mistake, _shift.Now));
        Assert.Equal(UnitState.Returning, _shift.StateOf("Kita-2"));

        Milestone home = _shift.Until("09:15").Tell(_order, BackAtStation).Milestone;

        Assert.False(home.HasGapBefore);
        Assert.Equal(UnitState.AtStation, _shift.StateOf("Kita-2"));
    }

    [Fact]
    public void Home_again_without_a_clearing_ends_the_run_and_the_clearing_stays_a_gap()
    {
        _shift.Live(_order, "EnRoute 09:02", "OnScene 09:09");
        Milestone home = _shift.Until("09:50").Tell(_order, BackAtStation).Milestone;

        Assert.True(home.HasGapBefore);
        Assert.Null(_shift.Get(_incident).FindMilestone(_order, Cleared));
        Assert.Equal(UnitState.AtStation, _shift.StateOf("Kita-2"));
        Assert.Empty(_shift.Claims);

        _shift.Until("09:52").Tell(_order, Cleared, at: "09:40");
        Assert.Equal(TestShift.At("09:40"), _shift.Get(_order).EndedAt);
        Assert.Equal(UnitState.AtStation, _shift.StateOf("Kita-2"));
    }

    [Fact]
    public void A_card_that_was_not_given_back_alarms()
    {
        _shift.Commit(CardSteps.Viewed(_incident, PatientSlot.First, "B", _shift.Now));
        _shift.Until("09:40").Tell(_order, Handover, cardReturned: false);

        Incident incident = _shift.Get(_incident);
        Assert.Equal(IncidentAlarmKind.CardNotReturned, Assert.Single(incident.Alarms).Kind);
        Assert.False(incident.FindCardStep(PatientSlot.First)!.Returned);
    }

    [Fact]
    public void The_callers_number_is_erased_when_the_last_unit_clears()
    {
        _shift.SignOn("Kita-1");
        AssignmentId second = _shift.Assign(_incident, "Kita-1");

        _shift.Until("09:30").Tell(_order, Cleared);
        Assert.Empty(_shift.Forgotten);

        _shift.Until("09:40").Tell(second, Cleared);
        Assert.Equal([Opening.PerishableScope(_incident)], _shift.Forgotten);
    }
}
