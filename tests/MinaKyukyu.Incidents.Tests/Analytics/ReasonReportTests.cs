using MinaKyukyu.Analytics.Reasons;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Incidents.Tests.Analytics;

public class ReasonReportTests
{
    private static readonly Code s_noCard = new(CardSteps.NoViewReason, "no-card");
    private readonly TestShift _shift = new();

    public ReasonReportTests() => _shift.SignOn("Kita-1", "Kita-2", "Minami-1");

    private ReasonReport Report() =>
        ReasonReport.Of(
            _shift.State.Incidents.Values,
            TestShift.At("00:00"),
            TestShift.At("23:59")
        );

    private string[] Counts() =>
        [.. Report().Counts.Select(c => $"{c.Reason.Table}/{c.Reason.Value} {c.Count}")];

    [Fact]
    public void Every_table_of_reasons_is_counted_where_it_was_given()
    {
        IncidentId cancelled = _shift.Call();
        _shift.Accept(
            Opening.Cancel(
                _shift.State,
                cancelled,
                new Code("cancel-reason", "false-call"),
                _shift.Now
            )
        );
        IncidentId incident = _shift.Call();
        AssignmentId called = _shift.Assign(incident, "Kita-1");
        _shift.Accept(Ordering.Cancel(_shift.State, called, TestShift.Mistake, _shift.Now));
        Order order = _shift.Accept(
            Ordering.Assign(
                _shift.State,
                _shift.Fleet,
                incident,
                new UnitId("Kita-2"),
                new AssignmentId("o"),
                new OrderGround(
                    new RecommendationId("r"),
                    new UnitId("Kita-1"),
                    new Code("override-reason", "safety")
                ),
                TestShift.Epoch,
                _shift.Now
            )
        );
        foreach (string hospital in (string[])["H1", "H2"])
        {
            _shift.Accept(
                HospitalInquiries.Report(
                    _shift.State,
                    incident,
                    order.Id,
                    new Destination(
                        new HospitalId(hospital),
                        PatientSlot.First,
                        DestinationState.Refused,
                        new Code("refusal-reason", "beds-full"),
                        _shift.Now
                    )
                )
            );
        }

        _shift.Accept(
            HospitalInquiries.RecordOutcome(
                _shift.State,
                incident,
                PatientSlot.First,
                new Outcome(false, new Code("no-transport-reason", "refused"), null),
                _shift.Now
            )
        );
        _shift.Commit(CardSteps.Closed(incident, PatientSlot.First, s_noCard, _shift.Now));

        Assert.Equal(
            [
                "cancel-reason/false-call 1",
                "cancel-reason/wrong-order 1",
                "no-transport-reason/refused 1",
                "no-view-reason/no-card 1",
                "override-reason/safety 1",
                "refusal-reason/beds-full 2",
            ],
            Counts()
        );
        Assert.Equal(2, Report().IncidentCount);
        Assert.Equal(2, Assert.Single(Report().ListOf("refusal-reason")).Count);
    }

    [Fact]
    public void A_view_is_a_view_also_after_consent_was_withdrawn_or_the_step_was_closed()
    {
        foreach (int end in (int[])[0, 1, 2])
        {
            IncidentId incident = _shift.Call();
            _shift.Commit(CardSteps.Began(incident, PatientSlot.First, _shift.Now));
            _shift.Commit(CardSteps.Viewed(incident, PatientSlot.First, "B", _shift.Now));
            if (end == 1)
            {
                _shift.Commit(CardSteps.Withdrawn(incident, PatientSlot.First, _shift.Now));
            }
            else if (end == 2)
            {
                _shift.Commit(CardSteps.Closed(incident, PatientSlot.First, s_noCard, _shift.Now));
            }
        }

        Assert.Equal(3, Report().ViewedCount);
        Assert.Empty(Counts());
    }

    [Fact]
    public void The_no_card_path_is_the_median_from_contact_to_closing()
    {
        string[] units = ["Kita-1", "Kita-2", "Minami-1"];
        for (int run = 0; run < 3; run++)
        {
            IncidentId incident = _shift.Until("09:00").Call();
            AssignmentId order = _shift.Assign(incident, units[run]);
            _shift.Live(order, "PatientContact 09:10");
            _shift.Pass(TimeSpan.FromMilliseconds(1_500 * (run + 1)));
            _shift.Commit(CardSteps.Closed(incident, PatientSlot.First, s_noCard, _shift.Now));
        }

        // Closed on the telephone, before anybody was there: not a span of this kind, and counted as such.
        _shift.Commit(CardSteps.Closed(_shift.Call(), PatientSlot.First, s_noCard, _shift.Now));

        Assert.Equal(new NoCardPath(3, 1, 3.0), Report().NoCard);
    }

    [Fact]
    public void Without_any_closed_step_there_is_no_median()
    {
        _shift.Call();
        Assert.Equal(new NoCardPath(0, 0, null), Report().NoCard);
    }
}
