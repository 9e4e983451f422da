using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using static MinaKyukyu.Vocabulary.Incidents.MilestoneKind;

namespace MinaKyukyu.Incidents.Tests.Decisions;

/// <summary>Hospitals, outcome and card step of a patient.</summary>
public class PatientsTests
{
    private static readonly Code s_bedsFull = new("refusal-reason", "beds-full");
    private readonly TestShift _shift = new();
    private readonly IncidentId _incident;
    private readonly AssignmentId _order;

    public PatientsTests()
    {
        _shift.SignOn("Kita-2");
        _incident = _shift.Call();
        _order = _shift.Assign(_incident, "Kita-2");
    }

    private IncidentDecision<Order> Inquire(
        string hospital,
        DestinationState state,
        Code? reason = null,
        int patient = 1
    ) =>
        HospitalInquiries.Report(
            _shift.State,
            _incident,
            _order,
            new Destination(
                new HospitalId(hospital),
                new PatientSlot(patient),
                state,
                reason,
                _shift.Now
            )
        );

    [Fact]
    public void A_refusal_by_a_hospital_is_kept_with_its_reason_and_the_next_one_is_asked()
    {
        _shift.Accept(Inquire("H1", DestinationState.Asked));
        _shift.Accept(Inquire("H1", DestinationState.Refused, s_bedsFull));
        _shift.Accept(Inquire("H2", DestinationState.Asked));
        _shift.Accept(Inquire("H2", DestinationState.Accepted));
        _shift.Live(_order, "HospitalArrival 09:30");

        Assert.Equal(
            [("H1", DestinationState.Refused), ("H2", DestinationState.Arrived)],
            _shift.Get(_order).Destinations.Select(d => (d.Hospital.Value, d.State))
        );
        Assert.Equal(s_bedsFull, _shift.Get(_order).Destinations[0].RefusalReason);
    }

    [Fact]
    public void A_refusal_without_a_reason_or_for_nobody_is_not_taken()
    {
        TestShift.Refused(
            IncidentRefusal.RefusalReasonMissing,
            Inquire("H1", DestinationState.Refused)
        );
        TestShift.Refused(
            IncidentRefusal.PatientNotFound,
            Inquire("H1", DestinationState.Asked, patient: 2)
        );
        _shift.Live(_order, "Cleared 09:30");
        TestShift.Refused(
            IncidentRefusal.AssignmentNotFound,
            Inquire("H1", DestinationState.Asked)
        );
    }

    [Fact]
    public void Nobody_carried_asks_why()
    {
        IncidentDecision<Patient> Ended(bool transported, Code? reason, int patient = 1) =>
            HospitalInquiries.RecordOutcome(
                _shift.State,
                _incident,
                new PatientSlot(patient),
                new Outcome(transported, reason, null),
                _shift.Now
            );
        var refused = new Code("no-transport-reason", "refused");

        TestShift.Refused(IncidentRefusal.NoTransportReasonMissing, Ended(false, null));
        TestShift.Refused(IncidentRefusal.PatientNotFound, Ended(true, null, 2));
        _shift.Accept(Ended(false, refused));

        Assert.Equal(
            new Outcome(false, refused, null),
            _shift.Get(_incident).FindPatient(PatientSlot.First)!.Outcome
        );
    }

    [Fact]
    public void Closing_the_card_step_keeps_the_reason_and_the_run_goes_on()
    {
        var noCard = new Code(CardSteps.NoViewReason, "no-card");
        _shift.Commit(CardSteps.Closed(_incident, PatientSlot.First, noCard, _shift.Now));

        CardStep step = _shift.Get(_incident).FindCardStep(PatientSlot.First)!;
        Assert.Equal(
            (CardStepState.Closed, (Code?)noCard, ""),
            (step.State, step.Reason, step.Level)
        );
        _shift.Live(_order, "SceneDeparture 09:20");
        Assert.Equal(UnitState.Transporting, _shift.StateOf("Kita-2"));
    }

    [Fact]
    public void A_withdrawn_consent_keeps_that_and_how_the_record_was_viewed()
    {
        _shift.Commit(CardSteps.Began(_incident, PatientSlot.First, _shift.Now));
        _shift.Pass(TimeSpan.FromSeconds(20));
        _shift.Commit(CardSteps.Viewed(_incident, PatientSlot.First, "B", _shift.Now));
        _shift.Commit(CardSteps.Withdrawn(_incident, PatientSlot.First, _shift.Now));

        CardStep step = _shift.Get(_incident).FindCardStep(PatientSlot.First)!;
        Assert.Equal((CardStepState.Withdrawn, "B"), (step.State, step.Level));
        Assert.Equal(TestShift.Morning, step.BeganAt);
    }

    [Fact]
    public void Only_the_crew_that_is_with_the_patient_attends()
    {
        IncidentDecision<Order> Attending(string unit, int patient = 1) =>
            CardSteps.FindAttendingOrder(
                _shift.State,
                _incident,
                new PatientSlot(patient),
                new UnitId(unit)
            );
        Assert.Equal(_order, _shift.Accept(Attending("Kita-2")).Id);
        TestShift.Refused(IncidentRefusal.IncidentNotFound, Attending("Kita-1"));
        TestShift.Refused(IncidentRefusal.PatientNotFound, Attending("Kita-2", 2));

        _shift.Until("09:40").Tell(_order, Handover);
        TestShift.Refused(IncidentRefusal.IncidentClosed, Attending("Kita-2"));
    }
}
