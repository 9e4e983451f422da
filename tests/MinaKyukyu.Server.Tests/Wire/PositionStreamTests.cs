using System.ComponentModel.DataAnnotations;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Tablet.Positions;
using Stream = Grpc.Core.AsyncDuplexStreamingCall<
    MinaKyukyu.Contracts.Crew.V1.StreamPositionsRequest,
    MinaKyukyu.Contracts.Crew.V1.StreamPositionsResponse
>;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>Positions over one call: each batch is held against the contract and answered, and the tablet outlives the call.</summary>
public sealed class PositionStreamTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Answers_each_batch_before_the_next_one_comes()
    {
        UnitPlan unit = house.Unit(0);
        using Stream call = house.CrewOf(unit).Crew.StreamPositions();
        for (int batch = 0; batch < 3; batch++)
        {
            await call.RequestStream.WriteAsync(Batch(unit, 35.70 + (batch * 0.001)));
            Assert.True(await NextAsync(call));
            Assert.Equal(1, call.ResponseStream.Current.AcceptedCount);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await NextAsync(call));
        Assert.Equal(35.702, await LatitudeAsync(unit), 6);
    }

    [Fact]
    public async Task Holds_a_later_batch_against_the_contract_too()
    {
        UnitPlan unit = house.Unit(1);
        using Stream call = house.CrewOf(unit).Crew.StreamPositions();
        await call.RequestStream.WriteAsync(Batch(unit, 35.7));
        Assert.True(await NextAsync(call));
        await call.RequestStream.WriteAsync(new StreamPositionsRequest { UnitId = unit.Id.Value });
        RpcException failure = await Assert.ThrowsAsync<RpcException>(() => NextAsync(call));
        Assert.Equal("REQUIRED_FIELD_EMPTY", Refusal.Of(failure).Reason);
    }

    [Fact]
    public async Task Speaks_for_its_own_unit_alone_in_every_batch()
    {
        UnitPlan unit = house.Unit(2);
        using Stream call = house.CrewOf(unit).Crew.StreamPositions();
        await call.RequestStream.WriteAsync(Batch(unit, 35.7));
        Assert.True(await NextAsync(call));
        await call.RequestStream.WriteAsync(Batch(house.Unit(3), 35.7));
        RpcException failure = await Assert.ThrowsAsync<RpcException>(() => NextAsync(call));
        Assert.Equal("UNIT_NOT_FOUND", Refusal.Of(failure).Reason);
    }

    [Fact]
    public async Task The_most_that_a_tablet_may_keep_is_taken_in_one_batch()
    {
        var mayKeep = (RangeAttribute)
            typeof(PositionReporterOptions)
                .GetProperty(nameof(PositionReporterOptions.MostKept))!
                .GetCustomAttributes(typeof(RangeAttribute), inherit: false)
                .Single();
        UnitPlan unit = house.Unit(0);
        StreamPositionsRequest batch = Batch(unit, 35.7);
        batch.Positions.Add(Enumerable.Repeat(batch.Positions[0], (int)mayKeep.Maximum - 1));
        using Stream call = house.CrewOf(unit).Crew.StreamPositions();
        await call.RequestStream.WriteAsync(batch);
        Assert.True(await NextAsync(call));
    }

    [Fact]
    public async Task A_tablet_whose_stream_came_to_its_deadline_tells_the_next_batch_over_another()
    {
        UnitPlan unit = house.Unit(4);
        using CrewLink link = LinkOf(
            unit,
            new CrewLinkOptions { WatchDeadline = TimeSpan.FromSeconds(1) }
        );
        using PositionReporter reporter = ReporterOf(unit, link);
        await TellAsync(reporter, 35.70);
        await Task.Delay(TimeSpan.FromMilliseconds(1_500));
        await TellAsync(reporter, 35.71);
        Assert.Equal(2, reporter.ToldCount);
    }

    [Fact]
    public async Task What_a_dead_radio_did_not_let_through_goes_with_the_next_batch()
    {
        UnitPlan unit = house.Unit(5);
        using CrewLink link = LinkOf(unit, new CrewLinkOptions());
        using PositionReporter reporter = ReporterOf(unit, link);
        await TellAsync(reporter, 35.70);
        link.Radio.Cut();
        await TellAsync(reporter, 35.71);
        Assert.Equal(1, reporter.ToldCount);
        link.Radio.Restore();
        await TellAsync(reporter, 35.72);
        Assert.Equal(3, reporter.ToldCount);
    }

    private CrewLink LinkOf(UnitPlan unit, CrewLinkOptions options) =>
        new(house.Grpc, new CrewIdentity(unit.Device, unit.Crew), options, TimeProvider.System);

    private static PositionReporter ReporterOf(UnitPlan unit, CrewLink link) =>
        new(link, unit.Id, new PositionReporterOptions(), TimeProvider.System, NullLogger.Instance);

    private static async Task TellAsync(PositionReporter reporter, double latitude)
    {
        reporter.Observe(new(latitude, 139.4), 8);
        await reporter.TellAsync(CancellationToken.None).WaitAsync(Patience);
    }

    private static StreamPositionsRequest Batch(UnitPlan unit, double latitude) =>
        new()
        {
            UnitId = unit.Id.Value,
            Positions =
            {
                new PositionReport
                {
                    Point = new() { Latitude = latitude, Longitude = 139.4 },
                    ObservedTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
                },
            },
        };

    private static Task<bool> NextAsync(Stream call) =>
        call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience);

    private async Task<double> LatitudeAsync(UnitPlan unit)
    {
        await Run.SignOnAsync(house, unit);
        ListUnitsResponse units = await house.Dispatcher.Crew.ListUnitsAsync(
            new ListUnitsRequest { Page = new() { PageSize = 100 } }
        );
        return units.Units.Single(u => u.UnitId == unit.Id.Value).Point.Latitude;
    }
}
