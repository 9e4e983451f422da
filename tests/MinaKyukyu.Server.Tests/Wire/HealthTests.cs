using Grpc.Core;
using Grpc.Health.V1;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>What a balancer asks, by the public protocol.</summary>
public sealed class HealthTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    [Theory]
    [InlineData("")]
    [InlineData("minakyukyu.crew.v1.CrewService")]
    public async Task Serves_as_a_whole_and_in_each_service(string service)
    {
        HealthCheckResponse answer = await house.Nobody.Health.CheckAsync(
            new HealthCheckRequest { Service = service }
        );

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
    }

    [Fact]
    public async Task Knows_no_service_that_is_not_served()
    {
        var unknown = new HealthCheckRequest { Service = "a.B" };

        RpcException refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await house.Nobody.Health.CheckAsync(unknown)
        );
        using AsyncServerStreamingCall<HealthCheckResponse> watch = house.Nobody.Health.Watch(
            unknown
        );
        Assert.True(await watch.ResponseStream.MoveNext());

        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
        Assert.Equal(
            HealthCheckResponse.Types.ServingStatus.ServiceUnknown,
            watch.ResponseStream.Current.Status
        );
    }
}

/// <summary>Stopped on purpose, so the house is its own.</summary>
public sealed class HealthAtStopTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    [Fact]
    public async Task A_watch_ends_as_done_when_the_node_stops()
    {
        using AsyncServerStreamingCall<HealthCheckResponse> watch = house.Nobody.Health.Watch(
            new HealthCheckRequest()
        );
        Assert.True(await watch.ResponseStream.MoveNext());

        Task stopped = house.App.StopAsync();

        while (await watch.ResponseStream.MoveNext())
        {
            // A last word about the journal may come first.
        }

        Assert.Equal(StatusCode.OK, watch.GetStatus().StatusCode);
        await stopped.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
