using MinaKyukyu.Incidents.Decisions;
using MinaKyukyu.Incidents.Watch;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Places;
using static MinaKyukyu.Vocabulary.Incidents.MilestoneKind;

namespace MinaKyukyu.Incidents.Tests.Watch;

public class OrderWatchTests
{
    private readonly TestShift _shift = new();

    private AssignmentId Order(Place? place = null)
    {
        _shift.SignOn("Kita-2");
        return _shift.Assign(_shift.Call(TestShift.ACall(place: place)), "Kita-2");
    }

    private void Acknowledge(AssignmentId order) =>
        _shift.Accept(
            Ordering.Acknowledge(_shift.State, order, _shift.Get(order).Token, _shift.Now)
        );

    [Theory]
    [InlineData("09:00:05", "")]
    [InlineData("09:00:06", "NotDelivered")]
    [InlineData("09:00:15", "NotDelivered")]
    [InlineData("09:00:16", "NotDelivered NotAcknowledged")]
    [InlineData("09:01:30", "NotDelivered NotAcknowledged")]
    [InlineData("09:01:31", "NotDelivered NotAcknowledged NotRolling")]
    public void An_order_that_nobody_hears_turns_red_step_by_step(string clock, string alarms)
    {
        AssignmentId order = Order();
        _shift.Until(clock);
        Assert.Equal(alarms, string.Join(' ', _shift.AlarmsOf(order)));
    }

    [Fact]
    public void A_delivered_order_waits_for_the_acknowledgement_and_an_acknowledged_one_for_the_wheels()
    {
        AssignmentId order = Order();
        _shift.Commit(Ordering.Delivered(_shift.Get(order), _shift.Now));
        Assert.Equal([OrderAlarm.NotAcknowledged], _shift.Until("09:00:20").AlarmsOf(order));

        Acknowledge(order);
        Assert.Empty(_shift.AlarmsOf(order));
        Assert.Equal([OrderAlarm.NotRolling], _shift.Until("09:01:31").AlarmsOf(order));

        _shift.Tell(order, EnRoute);
        Assert.Empty(_shift.AlarmsOf(order));
    }

    [Fact]
    public void A_unit_that_rolls_without_a_tap_has_heard_the_order()
    {
        AssignmentId order = Order();
        _shift.Until("09:00:50").Commit(Ordering.Rolling(_shift.Get(order), _shift.Now));
        Assert.Empty(_shift.Until("09:05").AlarmsOf(order));
    }

    [Theory]
    [InlineData(PlacePrecision.Building, 170, false)]
    [InlineData(PlacePrecision.Building, 171, true)]
    [InlineData(PlacePrecision.TownCentre, 600, false)]
    [InlineData(PlacePrecision.TownCentre, 651, true)]
    public void Arriving_far_from_the_place_asks_unless_the_place_itself_is_vague(
        PlacePrecision precision,
        double meters,
        bool alarms
    )
    {
        AssignmentId order = Order(
            new Place(new GeoPoint(35.7, 139.4), precision, null, "", 0, "")
        );
        _shift.Until("09:08").Tell(order, OnScene, metersFromPlace: meters);
        Assert.Equal(alarms, _shift.AlarmsOf(order).Contains(OrderAlarm.FarFromPlace));
    }

    [Fact]
    public void An_arrival_without_a_position_accuses_nobody()
    {
        AssignmentId order = Order();
        _shift.Until("09:08").Tell(order, OnScene);
        Assert.Empty(_shift.AlarmsOf(order));
    }

    [Fact]
    public void An_order_that_is_over_is_no_longer_watched()
    {
        AssignmentId order = Order();
        _shift.Accept(Ordering.Cancel(_shift.State, order, TestShift.Mistake, _shift.Now));
        Assert.Empty(_shift.Until("09:10").AlarmsOf(order));
    }

    [Fact]
    public void A_department_may_set_its_own_limits()
    {
        AssignmentId order = Order();
        _shift.Until("09:00:16");
        var patient = new WatchOptions
        {
            DeliveredWithin = TimeSpan.FromSeconds(30),
            AcknowledgedWithin = TimeSpan.FromSeconds(30),
        };
        Assert.Empty(
            OrderWatch.AlarmsOf(_shift.Get(order), _shift.IncidentOf(order), _shift.Now, patient)
        );
    }
}
