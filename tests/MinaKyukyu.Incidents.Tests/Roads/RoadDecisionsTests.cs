using MinaKyukyu.Incidents.Roads;
using MinaKyukyu.Journal.Commits;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.Incidents.Tests.Roads;

public class RoadDecisionsTests
{
    private readonly RoadRestrictionsProjection _roads = new();
    private readonly List<JournaledFact> _facts = [];

    [Fact]
    public void A_street_is_restricted_from_the_commit_until_its_expiry()
    {
        RoadRestriction made = Restrict("works", until: "10:00", now: "09:00");

        Assert.Equal(
            ("Dispatcher/console-1", TestShift.At("09:00"), TestShift.At("10:00")),
            (made.By, made.Since, made.ExpiresAt)
        );
        Assert.Equal([], InForce("08:59"));
        Assert.Equal(["works"], InForce("09:00"));
        Assert.Equal(["works"], InForce("09:59"));
        Assert.Equal([], InForce("10:00"));
    }

    [Fact]
    public void A_lifted_restriction_holds_no_more_and_cannot_be_lifted_again()
    {
        Restrict("works", until: "12:00", now: "09:00");
        Accept(Lift("works", now: "09:30"));

        Assert.Equal([], InForce("09:30"));
        Refused(RoadRefusal.RoadRestrictionNotFound, Lift("works", now: "09:31"));
    }

    [Fact]
    public void What_never_was_and_what_has_expired_are_lifted_with_the_same_word()
    {
        Restrict("works", until: "10:00", now: "09:00");

        Refused(RoadRefusal.RoadRestrictionNotFound, Lift("snow", now: "09:00"));
        Refused(RoadRefusal.RoadRestrictionNotFound, Lift("works", now: "10:00"));
    }

    [Fact]
    public void An_expiry_that_is_not_ahead_is_refused()
    {
        Refused(
            RoadRefusal.RoadRestrictionExpiryPast,
            Decide("works", TestShift.At("09:00"), "09:00")
        );
        Refused(
            RoadRefusal.RoadRestrictionExpiryPast,
            Decide("works", TestShift.At("08:00"), "09:00")
        );
    }

    [Fact]
    public void Ninety_days_are_accepted_and_a_second_more_is_not()
    {
        DateTimeOffset last = TestShift.At("09:00").AddDays(90);

        Assert.IsType<RoadDecision.Accepted>(Decide("works", last, "09:00"));
        Refused(
            RoadRefusal.RoadRestrictionExpiryTooFar,
            Decide("works", last.AddSeconds(1), "09:00")
        );
    }

    [Fact]
    public void A_thousand_may_hold_at_once_and_one_that_ends_makes_room()
    {
        for (int i = 0; i < RoadDecisions.MostInForce; i++)
        {
            Restrict($"r-{i}", until: i == 0 ? "10:00" : "12:00", now: "09:00");
        }

        Refused(
            RoadRefusal.TooManyRoadRestrictions,
            Decide("one-more", TestShift.At("12:00"), "09:59")
        );
        Assert.IsType<RoadDecision.Accepted>(Decide("one-more", TestShift.At("12:00"), "10:00"));
    }

    [Fact]
    public void The_newest_is_listed_first()
    {
        Restrict("b", until: "12:00", now: "09:00");
        Restrict("a", until: "12:00", now: "09:00");
        Restrict("c", until: "12:00", now: "09:05");

        Assert.Equal(["c", "a", "b"], InForce("10:00"));
    }

    [Fact]
    public void The_next_change_by_the_clock_is_a_beginning_or_an_end()
    {
        Assert.Equal(
            DateTimeOffset.MaxValue,
            RoadRestrictions.None.NextChangeAfter(TestShift.Morning)
        );
        Restrict("works", until: "10:00", now: "09:00");
        Restrict("snow", until: "12:00", now: "09:30");

        Assert.Equal(TestShift.At("09:30"), Current.NextChangeAfter(TestShift.At("09:00")));
        Assert.Equal(TestShift.At("10:00"), Current.NextChangeAfter(TestShift.At("09:30")));
        Assert.Equal(TestShift.At("12:00"), Current.NextChangeAfter(TestShift.At("10:00")));
    }

    [Fact]
    public void What_has_expired_is_let_go_with_the_next_restriction()
    {
        Restrict("old", until: "10:00", now: "09:00");
        Restrict("new", until: "12:00", now: "11:00");

        Assert.Equal("new", Assert.Single(Current.NotLifted).Key.Value);
    }

    [Fact]
    public void Replay_in_one_piece_or_in_two_gives_the_same_restrictions()
    {
        Restrict("a", until: "10:00", now: "09:00");
        Restrict("b", until: "12:00", now: "09:00");
        Accept(Lift("b", now: "09:10"));
        Restrict("c", until: "12:00", now: "09:20");
        JournaledFact[] facts = [.. _facts];
        var whole = new RoadRestrictionsProjection();
        whole.Apply(facts);
        var inTwo = new RoadRestrictionsProjection();
        inTwo.Apply(facts.AsSpan(0, 2));
        Assert.Equal(2, inTwo.Current.NotLifted.Count);
        inTwo.Apply(facts.AsSpan(2));

        RoadRestriction[] expected = [.. Current.ListInForce(TestShift.At("09:30"))];
        Assert.Equal(["c", "a"], expected.Select(r => r.Id.Value));
        Assert.Equal(expected, whole.Current.ListInForce(TestShift.At("09:30")));
        Assert.Equal(expected, inTwo.Current.ListInForce(TestShift.At("09:30")));
    }

    [Fact]
    public void A_batch_about_something_else_leaves_the_very_same_state()
    {
        Restrict("works", until: "12:00", now: "09:00");
        RoadRestrictions before = Current;
        _roads.Apply([
            new JournaledFact(
                9,
                TestShift.Department,
                TestShift.Morning,
                new Fact("incident.opened", 1, "incident/i", default)
            ),
        ]);
        Assert.Same(before, Current);
    }

    [Theory]
    [InlineData(-0.5)]
    [InlineData(1_000.5)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void No_restriction_reaches_farther_than_a_kilometre(double meters)
    {
        Assert.False(RestrictedPlace.IsRadius(meters));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new RestrictedPlace(new GeoPoint(35.7, 139.4), meters)
        );
        Assert.True(RestrictedPlace.IsRadius(0) && RestrictedPlace.IsRadius(1_000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(-1)]
    public void A_slow_street_has_between_1_and_99_per_cent_of_its_speed(int percent)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RoadEffect.SlowedTo(percent));
        Assert.False(RoadEffect.SlowedTo(1).IsClosed || RoadEffect.SlowedTo(99).IsClosed);
    }

    private RoadRestrictions Current => _roads.Current;

    private IEnumerable<string> InForce(string at) =>
        Current.ListInForce(TestShift.At(at)).Select(r => r.Id.Value);

    private RoadDecision Decide(string id, DateTimeOffset expiresAt, string now) =>
        RoadDecisions.Restrict(
            Current,
            new RoadRestrictionId(id),
            new RoadReport(
                new RestrictedPlace(new GeoPoint(35.7, 139.4), 0),
                RoadEffect.Closed,
                new Code(RoadRestrictions.KindTable, "construction"),
                "",
                expiresAt
            ),
            "Dispatcher/console-1",
            TestShift.At(now)
        );

    private RoadRestriction Restrict(string id, string until, string now) =>
        Accept(Decide(id, TestShift.At(until), now));

    private RoadDecision Lift(string id, string now) =>
        RoadDecisions.Lift(
            Current,
            new RoadRestrictionId(id),
            "Dispatcher/console-2",
            TestShift.At(now)
        );

    private RoadRestriction Accept(RoadDecision decision)
    {
        var accepted = Assert.IsType<RoadDecision.Accepted>(decision);
        foreach (Fact fact in accepted.Part.Facts)
        {
            var journaled = new JournaledFact(
                _facts.Count + 1,
                TestShift.Department,
                TestShift.Morning,
                fact
            );
            _facts.Add(journaled);
            _roads.Apply([journaled]);
        }

        return accepted.Restriction;
    }

    private static void Refused(RoadRefusal reason, RoadDecision decision) =>
        Assert.Equal(reason, Assert.IsType<RoadDecision.Refused>(decision).Reason);
}
