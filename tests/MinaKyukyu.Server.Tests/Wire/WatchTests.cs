using System.Diagnostics;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>What is pushed: orders to tablets, incidents to consoles. With an order watch that loses patience after a second.</summary>
public sealed class WatchTests(ImpatientHouse house) : IClassFixture<ImpatientHouse>
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task An_order_reaches_its_tablet_at_once_with_callback_number_and_route_and_is_noted_as_delivered()
    {
        await Run.SignOnAsync(house, house.Unit(0));
        using var stream = Watch(0, after: 0);
        Task<WatchAssignmentsResponse> news = NextAsync(stream);
        await using Run run = await Run.StartAsync(house, 0);
        WatchAssignmentsResponse order = await news;
        Assert.Equal(run.Order.AssignmentId, order.Assignment.AssignmentId);
        Assert.Equal(run.Order.OrderToken, order.Assignment.OrderToken);
        Assert.Equal("090-0000-1234", order.CallbackNumber);
        Assert.NotEmpty(order.Route.Points);
        await UntilAsync(async () =>
            (await run.LookAsync()).Assignments[0].Watch.DeliveredTime is not null
        );
    }

    [Fact]
    public async Task An_order_reaches_a_tablet_that_starts_late_and_one_that_comes_back()
    {
        await using Run run = await Run.StartAsync(house, 1);
        using (var late = Watch(1, after: 0))
        {
            Assert.Equal(run.Order.AssignmentId, (await NextAsync(late)).Assignment.AssignmentId);
        }

        using var back = Watch(1, after: run.Order.OrderToken);
        Task<WatchAssignmentsResponse> end = NextAsync(back);
        await run.DisposeAsync();
        WatchAssignmentsResponse last = await end;
        Assert.Equal(AssignmentState.Cancelled, last.Assignment.State);
        Assert.Equal("", last.CallbackNumber);
        using var after = Watch(1, after: run.Order.OrderToken);
        Assert.Equal(AssignmentState.Cancelled, (await NextAsync(after)).Assignment.State);
    }

    [Fact]
    public async Task An_order_that_nobody_acknowledges_changes_the_board_by_time_alone()
    {
        await Run.SignOnAsync(house, house.Unit(9));
        using var board = house.Dispatcher.Incidents.WatchIncidents(new WatchIncidentsRequest());
        await using Run run = await Run.StartAsync(house, 2);
        OrderWatch watch;
        do
        {
            watch = await WatchOfAsync(board, run);
        } while (!watch.Alarms.Any(a => a.Code == "NOT_ACKNOWLEDGED"));
        Assert.Contains(watch.Alarms, a => a.Words.Ja == "隊が指令を確認していません");
        Assert.NotEmpty(watch.NextFreeUnitId);
        await run.Crew.Crew.AcknowledgeAssignmentAsync(
            new AcknowledgeAssignmentRequest
            {
                RequestId = house.Next(),
                AssignmentId = run.Order.AssignmentId,
                OrderToken = run.Order.OrderToken,
            }
        );
        do
        {
            watch = await WatchOfAsync(board, run);
        } while (watch.Alarms.Any(a => a.Code == "NOT_ACKNOWLEDGED"));
        Assert.NotNull(watch.AcknowledgedTime);
    }

    [Fact]
    public async Task A_console_that_comes_back_hears_what_closed_while_it_was_away()
    {
        Run run = await Run.StartAsync(house, 3);
        long seen = (await run.LookAsync()).Revision;
        await run.DisposeAsync();
        using var board = house.Dispatcher.Incidents.WatchIncidents(
            new WatchIncidentsRequest { AfterRevision = seen }
        );
        Incident closed;
        do
        {
            closed = (await NextAsync(board)).Incident;
        } while (closed.IncidentId != run.Incident);
        Assert.Equal(IncidentState.Closed, closed.State);
    }

    [Fact]
    public async Task The_callback_number_is_shown_on_the_way_and_gone_from_every_file_after_clearing()
    {
        const string Number = "080-5555-0199";
        await Run.SignOnAsync(house, house.Unit(4));
        OpenIncidentRequest plea = Run.Plea(house);
        plea.Call.CallbackNumber = Number;
        string incident = (await house.Dispatcher.Incidents.OpenIncidentAsync(plea)).IncidentId;
        AssignUnitResponse order = await house.Dispatcher.Dispatch.AssignUnitAsync(
            new AssignUnitRequest
            {
                RequestId = house.Next(),
                IncidentId = incident,
                UnitId = house.Unit(4).Id.Value,
            }
        );
        Caller crew = house.CrewOf(house.Unit(4));
        var look = new GetIncidentRequest { IncidentId = incident };
        Assert.Equal(Number, (await crew.Incidents.GetIncidentAsync(look)).CallbackNumber);
        Assert.Equal("", (await house.Dispatcher.Incidents.GetIncidentAsync(look)).CallbackNumber);
        Assert.True(house.Truth.Holds(Number));
        await crew.Incidents.ReportMilestoneAsync(
            new ReportMilestoneRequest
            {
                RequestId = house.Next(),
                IncidentId = incident,
                AssignmentId = order.AssignmentId,
                OrderToken = order.OrderToken,
                Kind = MilestoneKind.Cleared,
                OccurredTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
            }
        );
        Assert.Equal("", (await crew.Incidents.GetIncidentAsync(look)).CallbackNumber);
        // The bytes go when no reader is in the way; the journal tries again until then.
        await UntilAsync(
            () => Task.FromResult(!house.Truth.Holds(Number)),
            TimeSpan.FromSeconds(20)
        );
    }

    [Fact]
    public async Task The_latest_position_wins_and_movement_is_taken_as_rolling()
    {
        await using Run run = await Run.StartAsync(house, 5);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await ReportAsync(run, (35.7000, 139.4000, now.AddSeconds(-20)));
        await ReportAsync(run, (35.7001, 139.4000, now.AddSeconds(-10)));
        await house.Truth.SettleAsync();
        Assert.Null((await run.LookAsync()).Assignments[0].Watch.RollingTime);
        await ReportAsync(run, (35.7100, 139.4000, now), (35.6000, 139.4000, now.AddSeconds(-30)));
        Unit unit = (
            await house.Dispatcher.Crew.ListUnitsAsync(new ListUnitsRequest())
        ).Units.Single(u => u.UnitId == run.Unit.Id.Value);
        Assert.Equal(35.7100, unit.Point.Latitude);
        await UntilAsync(async () =>
            (await run.LookAsync()).Assignments[0].Watch.RollingTime is not null
        );
    }

    [Fact]
    public async Task A_position_from_a_clock_that_runs_ahead_is_not_the_last_word()
    {
        await using Run run = await Run.StartAsync(house, 6);
        await ReportAsync(run, (35.7000, 139.4000, TimeProvider.System.GetUtcNow().AddHours(5)));
        await ReportAsync(run, (35.7001, 139.4001, TimeProvider.System.GetUtcNow().AddHours(5)));
        Unit unit = (
            await house.Dispatcher.Crew.ListUnitsAsync(new ListUnitsRequest())
        ).Units.Single(u => u.UnitId == run.Unit.Id.Value);
        Assert.Equal(35.7001, unit.Point.Latitude);
    }

    private AsyncServerStreamingCall<WatchAssignmentsResponse> Watch(int unit, long after) =>
        house
            .CrewOf(house.Unit(unit))
            .Crew.WatchAssignments(
                new WatchAssignmentsRequest
                {
                    UnitId = house.Unit(unit).Id.Value,
                    AfterOrderToken = after,
                }
            );

    private static async Task<T> NextAsync<T>(AsyncServerStreamingCall<T> stream)
    {
        Assert.True(
            await stream.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(AtOnce + AtOnce)
        );
        return stream.ResponseStream.Current;
    }

    private static async Task<OrderWatch> WatchOfAsync(
        AsyncServerStreamingCall<WatchIncidentsResponse> board,
        Run run
    )
    {
        while (true)
        {
            Incident incident = (await NextAsync(board)).Incident;
            if (incident.IncidentId == run.Incident && incident.Assignments.Count > 0)
            {
                return incident.Assignments[0].Watch;
            }
        }
    }

    private static async Task ReportAsync(
        Run run,
        params (double Latitude, double Longitude, DateTimeOffset At)[] positions
    )
    {
        var request = new ReportPositionsRequest { UnitId = run.Unit.Id.Value };
        request.Positions.Add(
            positions.Select(p => new PositionReport
            {
                Point = new GeoPoint { Latitude = p.Latitude, Longitude = p.Longitude },
                ObservedTime = p.At.ToTimestamp(),
            })
        );
        await run.Crew.Crew.ReportPositionsAsync(request);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan? within = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(watch.Elapsed < (within ?? AtOnce), "It did not come true in time.");
            await Task.Delay(20);
        }
    }
}
