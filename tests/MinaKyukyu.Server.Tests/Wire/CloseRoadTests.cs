using Google.Protobuf.WellKnownTypes;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Server.Tests.Refusals;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>The shortest form of a restriction.</summary>
public sealed class CloseRoadTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    [Fact]
    public async Task It_is_a_restriction_that_closes_the_nearest_street_and_can_be_lifted()
    {
        CloseRoadResponse closed = await house.Dispatcher.Dispatch.CloseRoadAsync(Closing());
        RoadRestriction made = Assert.Single(
            (await house.Dispatcher.Dispatch.ListRoadRestrictionsAsync(new())).Restrictions
        );
        Assert.Equal(closed.ClosureId, made.RestrictionId);
        Assert.Equal(
            (RoadEffect.Closed, 0d, "construction"),
            (made.Effect, made.RadiusMeters, made.Kind.Value)
        );
        Assert.Null(made.Note);
        await house.Dispatcher.Dispatch.LiftRoadRestrictionAsync(
            new() { RequestId = house.Next(), RestrictionId = closed.ClosureId }
        );
        Assert.Empty(
            (await house.Dispatcher.Dispatch.ListRoadRestrictionsAsync(new())).Restrictions
        );
    }

    [Fact]
    public async Task Advice_names_the_roads_it_rests_on_and_a_closure_makes_them_others()
    {
        string incident = (
            await house.Dispatcher.Incidents.OpenIncidentAsync(Run.Plea(house))
        ).IncidentId;
        string open = await RoadsOfAdviceAsync(incident);
        CloseRoadResponse closed = await house.Dispatcher.Dispatch.CloseRoadAsync(Closing());
        string shut = await RoadsOfAdviceAsync(incident);
        await house.Dispatcher.Dispatch.LiftRoadRestrictionAsync(
            new() { RequestId = house.Next(), RestrictionId = closed.ClosureId }
        );
        Assert.EndsWith("/clear", open, StringComparison.Ordinal);
        Assert.NotEqual(open, shut);
        Assert.Equal(open, await RoadsOfAdviceAsync(incident));
    }

    private async Task<string> RoadsOfAdviceAsync(string incident) =>
        (await house.Dispatcher.Dispatch.RecommendUnitsAsync(new() { IncidentId = incident }))
            .Recommendation
            .RoadMetricVersion;

    [Fact]
    public async Task An_end_that_is_past_is_refused()
    {
        CloseRoadRequest request = Closing();
        request.ExpireTime = (
            TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(1)
        ).ToTimestamp();
        await Refuses.WithAsync(
            "ROAD_RESTRICTION_EXPIRY_PAST",
            house,
            async () => await house.Dispatcher.Dispatch.CloseRoadAsync(request)
        );
    }

    private CloseRoadRequest Closing() =>
        new()
        {
            RequestId = house.Next(),
            Point = new GeoPoint { Latitude = 35.7138, Longitude = 139.4071 },
            Kind = new Code { Table = "closure-kind", Value = "construction" },
            ExpireTime = (TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1)).ToTimestamp(),
        };
}
