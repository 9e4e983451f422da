using System.Text;
using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Patients;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Incidents.Tests.Decisions;

public class OpeningTests
{
    private readonly TestShift _shift = new();

    [Fact]
    public void A_call_without_a_place_is_opened_all_the_same()
    {
        IncidentId id = _shift.Call(TestShift.ACall(place: Place.Nowhere));

        Incident incident = _shift.Get(id);
        Assert.Null(incident.Place.Point);
        Assert.True(incident.IsWaiting);
        Assert.Equal(PatientSlot.First, Assert.Single(incident.Patients).Slot);
        Assert.Equal(MilestoneKind.CallReceived, Assert.Single(incident.Milestones).Kind);
    }

    [Fact]
    public void A_call_two_minutes_ahead_of_our_clock_is_believed_and_a_later_one_is_not()
    {
        _shift.Call(TestShift.ACall(_shift.Now + TimeSpan.FromMinutes(2)));
        TestShift.Refused(
            IncidentRefusal.CallInFuture,
            Opening.Open(
                new IncidentId("i"),
                TestShift.ACall(_shift.Now + TimeSpan.FromSeconds(121)),
                _shift.Now
            )
        );
    }

    [Fact]
    public void The_callers_number_is_kept_beside_the_facts_and_not_in_them()
    {
        const string Number = "042-000-0000";
        var opened = (IncidentDecision<IncidentId>.Accepted)
            Opening.Open(
                new IncidentId("i"),
                TestShift.ACall() with
                {
                    CallbackNumber = Number,
                },
                _shift.Now
            );

        Assert.Equal(Number, Encoding.UTF8.GetString(Assert.Single(opened.Part.Keeps).Value.Span));
        Assert.DoesNotContain(
            Number,
            Encoding.UTF8.GetString(Assert.Single(opened.Part.Facts).Body.Span),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_board_shows_the_most_urgent_first_and_then_the_longest_waiting()
    {
        IncidentId Call(string at, UrgencyLevel level) =>
            _shift.Call(
                TestShift.ACall(TestShift.At(at)) with
                {
                    Urgency = new Urgency(level, "t"),
                }
            );
        IncidentId low = Call("08:00", UrgencyLevel.Low);
        IncidentId late = Call("08:50", UrgencyLevel.High);
        IncidentId unknown = Call("08:40", UrgencyLevel.Unknown);
        IncidentId critical = Call("08:59", UrgencyLevel.Critical);

        Assert.Equal([critical, unknown, late, low], _shift.State.OpenIncidents.Select(i => i.Id));
    }

    [Fact]
    public void Everything_that_was_said_on_the_telephone_can_be_read_back()
    {
        var call = new Call(
            TestShift.At("08:58"),
            TestShift.At("08:58:20"),
            new Code("awareness", "119-mobile"),
            "",
            new Place(
                new GeoPoint(35.71, 139.42),
                PlacePrecision.PhoneFix,
                80,
                "柏町一丁目",
                -1,
                "駅"
            ),
            new Urgency(UrgencyLevel.Critical, "fdma-119-v3"),
            new Code("incident-type", "sudden-illness"),
            CardReadiness.Ready,
            [new Patient(new PatientSlot(2), new Code("age-band", "elderly"), true, null)],
            "玄関は開いている"
        );

        Incident read = _shift.Get(_shift.Call(call));

        Assert.Equal(
            call,
            new Call(
                read.CallReceivedAt,
                read.RecognizedAt,
                read.Channel,
                "",
                read.Place,
                read.Urgency,
                read.Type,
                read.CardReadiness,
                call.Patients,
                read.Remarks
            )
        );
        Assert.Equal(call.Patients.AsEnumerable(), read.Patients);
    }
}
