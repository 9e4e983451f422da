using MinaKyukyu.Analytics.Intervals;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Incidents.Tests.Analytics;

public class IntervalReportTests
{
    private readonly TestShift _shift = new();

    public IntervalReportTests() => _shift.SignOn("Kita-1", "Kita-2", "Minami-1");

    private IntervalReport Report() =>
        IntervalReport.Of(
            _shift.State.Incidents.Values,
            TestShift.At("00:00"),
            TestShift.At("23:59")
        );

    /// <summary>"TIME_TO_SCENE 540" or "TRANSPORT NO_TRANSPORT", for a report of one incident.</summary>
    private string[] Lines() =>
        [
            .. Report()
                .Intervals.Select(i =>
                    $"{i.Interval.Code} "
                    + (
                        i.P50Seconds?.ToString(System.Globalization.CultureInfo.InvariantCulture)
                        ?? IntervalDefinition.CodeOf(i.Excluded.Keys.Single())
                    )
                ),
        ];

    [Fact]
    public void A_whole_run_gives_every_interval_by_its_definition()
    {
        AssignmentId order = _shift.Until("09:00").Assign(_shift.Call(), "Kita-2");
        _shift.Live(
            order,
            "EnRoute 09:01",
            "OnScene 09:09",
            "PatientContact 09:10",
            "PatientLoaded 09:16",
            "SceneDeparture 09:27",
            "HospitalArrival 09:38",
            "Handover 09:45",
            "Cleared 10:00"
        );

        Assert.Equal(
            [
                "CALL_PROCESSING 0",
                "TURNOUT 60",
                "TRAVEL 480",
                "TIME_TO_SCENE 540",
                "SCENE_TIME 1080",
                "TRANSPORT 660",
                "OFFLOAD 420",
                "TIME_TO_HANDOVER 2700",
                "TIME_ON_TASK 3600",
            ],
            Lines()
        );
        Assert.Equal(10, Report().MilestoneCount);
    }

    [Fact]
    public void A_skipped_button_leaves_out_what_it_bounds_and_says_which_end_is_missing()
    {
        AssignmentId order = _shift.Assign(_shift.Call(), "Kita-2");
        _shift.Live(order, "EnRoute 09:01", "SceneDeparture 09:27", "HospitalArrival 09:38");

        Assert.Equal(
            [
                "CALL_PROCESSING 0",
                "TURNOUT 60",
                "TRAVEL MISSING_END",
                "TIME_TO_SCENE MISSING_END",
                "SCENE_TIME MISSING_START",
                "TRANSPORT 660",
                "OFFLOAD MISSING_END",
                "TIME_TO_HANDOVER MISSING_END",
                "TIME_ON_TASK MISSING_END",
            ],
            Lines()
        );
    }

    [Fact]
    public void Milestones_out_of_order_are_counted_and_not_repaired()
    {
        AssignmentId order = _shift.Assign(_shift.Call(), "Kita-2");
        _shift.Live(order, "EnRoute 09:05");
        _shift.Until("09:12").Tell(order, MilestoneKind.OnScene, at: "09:04:30");

        Assert.Contains("TRAVEL OUT_OF_ORDER", Lines());
        Assert.Contains("TIME_TO_SCENE 270", Lines());
    }

    [Fact]
    public void A_run_that_carries_nobody_has_no_transport_rather_than_a_missing_one()
    {
        IncidentId incident = _shift.Call();
        AssignmentId order = _shift.Assign(incident, "Kita-2");
        _shift.Live(order, "EnRoute 09:01", "OnScene 09:09");
        _shift.Accept(
            HospitalInquiries.RecordOutcome(
                _shift.State,
                incident,
                PatientSlot.First,
                new Outcome(false, new Code("no-transport-reason", "refused"), null),
                _shift.Now
            )
        );
        _shift.Live(order, "Cleared 09:40");

        string[] lines = Lines();
        Assert.Equal(
            [
                "SCENE_TIME NO_TRANSPORT",
                "TRANSPORT NO_TRANSPORT",
                "OFFLOAD NO_TRANSPORT",
                "TIME_TO_HANDOVER NO_TRANSPORT",
                "TIME_ON_TASK 2400",
            ],
            lines[4..]
        );
    }

    [Fact]
    public void A_run_cancelled_on_the_way_is_cancelled_from_there_on_and_its_earlier_gaps_stay_gaps()
    {
        IncidentId incident = _shift.Call();
        AssignmentId order = _shift.Until("09:01").Assign(incident, "Kita-2");
        _shift.Live(order, "OnScene 09:09");
        _shift
            .Until("09:10")
            .Accept(Opening.Cancel(_shift.State, incident, TestShift.Mistake, _shift.Now));

        Assert.Equal(
            [
                "CALL_PROCESSING 60",
                "TURNOUT MISSING_END",
                "TRAVEL MISSING_START",
                "TIME_TO_SCENE 540",
                "SCENE_TIME CANCELLED",
                "TRANSPORT CANCELLED",
                "OFFLOAD CANCELLED",
                "TIME_TO_HANDOVER CANCELLED",
                "TIME_ON_TASK CANCELLED",
            ],
            Lines()
        );
    }

    [Fact]
    public void A_call_that_nobody_was_sent_to_is_counted_in_every_interval()
    {
        _shift.Call();
        Assert.Equal(
            "CALL_PROCESSING MISSING_END, TURNOUT MISSING_START",
            string.Join(", ", Lines()[..2])
        );
    }

    [Fact]
    public void The_first_arriving_unit_counts_whoever_was_sent_first()
    {
        IncidentId incident = _shift.Call();
        AssignmentId first = _shift.Until("09:01").Assign(incident, "Kita-1");
        AssignmentId second = _shift.Until("09:02").Assign(incident, "Kita-2");
        _shift.Live(second, "OnScene 09:08");
        _shift.Live(first, "OnScene 09:09");

        Assert.Contains("TIME_TO_SCENE 480", Lines());
        Assert.Contains("CALL_PROCESSING 120", Lines());

        _shift.TakeBack(second, MilestoneKind.OnScene);
        Assert.Contains("TIME_TO_SCENE 540", Lines());
    }

    [Fact]
    public void A_replaced_order_does_not_make_a_running_incident_look_cancelled()
    {
        AssignmentId first = _shift.Assign(_shift.Call(), "Kita-1");
        _shift.Accept(_shift.TryReassign(first, "Kita-2"));
        Assert.Contains("TIME_TO_SCENE MISSING_END", Lines());
    }

    [Fact]
    public void The_period_begins_with_its_first_moment_and_ends_before_its_last()
    {
        _shift.Call(TestShift.ACall(TestShift.At("08:00")));
        _shift.Call(TestShift.ACall(TestShift.At("08:59:59")));
        _shift.Call(TestShift.ACall(TestShift.At("09:00")));

        IntervalReport report = IntervalReport.Of(
            _shift.State.Incidents.Values,
            TestShift.At("08:00"),
            TestShift.At("09:00")
        );

        Assert.Equal(2, report.IncidentCount);
        Assert.Equal(2, report.Get(IntervalKind.Turnout).ExcludedCount);
    }

    [Fact]
    public void Used_and_excluded_are_always_all()
    {
        for (int seed = 1; seed <= 200; seed++)
        {
            IntervalReport report = RandomShift(seed);
            foreach (IntervalStatistics statistics in report.Intervals)
            {
                Assert.True(
                    statistics.UsedCount + statistics.ExcludedCount == report.IncidentCount,
                    $"Seed {seed}: {statistics.Interval.Code} used {statistics.UsedCount}, excluded {statistics.ExcludedCount} of {report.IncidentCount}."
                );
                Assert.DoesNotContain(statistics.Excluded, e => e.Value == 0);
            }
        }
    }

    private static IntervalReport RandomShift(int seed)
    {
        var random = new Random(seed);
        var shift = new TestShift();
        shift.SignOn("Kita-1", "Kita-2");
        List<(IncidentId Incident, AssignmentId Order)> orders = [];
        for (int step = 0; step < 60; step++)
        {
            shift.Pass(TimeSpan.FromSeconds(random.Next(200)));
            if (orders.Count == 0 || random.Next(4) == 0)
            {
                IncidentId incident = shift.Call();
                if (
                    shift.TryAssign(incident, random.Next(2) == 0 ? "Kita-1" : "Kita-2")
                    is IncidentDecision<Order>.Accepted accepted
                )
                {
                    orders.Add((incident, shift.Accept(accepted).Id));
                }

                continue;
            }

            (IncidentId on, AssignmentId order) = orders[random.Next(orders.Count)];
            switch (random.Next(12))
            {
                case 0
                    when Opening.Cancel(shift.State, on, TestShift.Mistake, shift.Now)
                        is IncidentDecision<IncidentId>.Accepted cancelled:
                    shift.Accept(cancelled);
                    break;
                case 1:
                    shift.Accept(
                        HospitalInquiries.RecordOutcome(
                            shift.State,
                            on,
                            PatientSlot.First,
                            new Outcome(false, new Code("no-transport-reason", "refused"), null),
                            shift.Now
                        )
                    );
                    break;
                default:
                    IncidentDecision<Testified> told = shift.TryTell(
                        order,
                        (MilestoneKind)random.Next(3, 12)
                    );
                    if (told is IncidentDecision<Testified>.Accepted)
                    {
                        shift.Accept(told);
                    }

                    break;
            }
        }

        return IntervalReport.Of(
            shift.State.Incidents.Values,
            TestShift.At("00:00"),
            TestShift.At("23:59")
        );
    }
}
