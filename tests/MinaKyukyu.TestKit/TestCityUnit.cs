using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Fleet.Positions;
using MinaKyukyu.Incidents.State;
using MinaKyukyu.Vocabulary.Ids;
using MinaKyukyu.Vocabulary.Incidents;
using MinaKyukyu.Vocabulary.Places;

namespace MinaKyukyu.TestKit;

/// <summary>One unit of a drawn city: what it has done today, in the words of a dispatcher.</summary>
/// <remarks>Each word happens at the city's present moment less what it says; the unit then is as the word says.</remarks>
public sealed class TestCityUnit
{
    private readonly TestCity _city;

    internal TestCityUnit(TestCity city, UnitPlan plan)
    {
        _city = city;
        Plan = plan;
    }

    public UnitPlan Plan { get; }

    /// <summary>Order to wheels turning, such as "1m"; it belongs to the department, so one city has one.</summary>
    public TestCityUnit Turnout(string time)
    {
        _city.Options.TurnoutByDay = _city.Options.TurnoutByNight = TestCityText.Span(time);
        return this;
    }

    public TestCityUnit Seen(string at, string ago = "5s") => Seen(_city.PlaceOf(at), ago);

    public TestCityUnit Seen(GeoPoint at, string ago = "5s")
    {
        DateTimeOffset moment = _city.Now - TestCityText.Span(ago);
        _city.Positions[Plan.Id] = new UnitPosition(Plan.Id, at, moment, moment, null);
        return this;
    }

    /// <summary>Cleared from a run and driving home, without a word of where it is.</summary>
    public TestCityUnit Returning(string scene, string since = "3m")
    {
        Order order = Run(scene, MilestoneKind.OnScene, "40m");
        _city.Log.Tell(order, MilestoneKind.Cleared, _city.Now - TestCityText.Span(since));
        return this;
    }

    /// <summary>The same, after it had carried somebody.</summary>
    public TestCityUnit ReturningFrom(string hospital, string scene, string since = "3m")
    {
        Order order = Carry(hospital, scene);
        DateTimeOffset cleared = _city.Now - TestCityText.Span(since);
        _city.Log.Tell(order, MilestoneKind.HospitalArrival, cleared.AddMinutes(-20));
        _city.Log.Tell(order, MilestoneKind.Handover, cleared.AddMinutes(-10));
        _city.Log.Tell(order, MilestoneKind.Cleared, cleared);
        return this;
    }

    public TestCityUnit EnRoute(string scene, string since = "2m")
    {
        Run(scene, MilestoneKind.EnRoute, since);
        return this;
    }

    public TestCityUnit OnScene(string scene, string since = "5m")
    {
        Run(scene, MilestoneKind.OnScene, since);
        return this;
    }

    public TestCityUnit Transporting(string scene, string since = "2m")
    {
        Order order = Run(scene, MilestoneKind.OnScene, "40m");
        _city.Log.Tell(order, MilestoneKind.SceneDeparture, _city.Now - TestCityText.Span(since));
        return this;
    }

    /// <summary>Its patient is handed over; what is left is clearing.</summary>
    public TestCityUnit HandedOver(string hospital, string scene, string since = "4m")
    {
        Order order = Carry(hospital, scene);
        DateTimeOffset at = _city.Now - TestCityText.Span(since);
        _city.Log.Tell(order, MilestoneKind.HospitalArrival, at.AddMinutes(-10));
        _city.Log.Tell(order, MilestoneKind.Handover, at);
        return this;
    }

    private Order Carry(string hospital, string scene)
    {
        Order order = Run(scene, MilestoneKind.OnScene, "60m");
        DateTimeOffset left = _city.Now.AddMinutes(-45);
        _city.Log.Answer(order, new HospitalId(hospital), DestinationState.Accepted, left);
        _city.Log.Tell(order, MilestoneKind.SceneDeparture, left);
        return order;
    }

    private Order Run(string scene, MilestoneKind upTo, string since)
    {
        DateTimeOffset at = _city.Now - TestCityText.Span(since);
        Incident other = _city.Log.Open(
            TestCity.Exactly(_city.PlaceOf(scene)),
            UrgencyLevel.Medium,
            at.AddMinutes(-9)
        );
        Order order = _city.Log.Order(other.Id, Plan.Id, at.AddMinutes(-8));
        _city.Log.Tell(
            order,
            MilestoneKind.EnRoute,
            upTo == MilestoneKind.EnRoute ? at : at.AddMinutes(-7)
        );
        if (upTo != MilestoneKind.EnRoute)
        {
            _city.Log.Tell(order, upTo, at);
        }

        return order;
    }
}
