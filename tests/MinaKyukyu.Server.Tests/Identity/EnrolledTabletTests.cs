using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using MinaKyukyu.Authorization.Devices;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Tests.Refusals;
using MinaKyukyu.Server.Tests.Wire;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.Tablet.Link;
using Caller = MinaKyukyu.Server.Tests.Wire.Caller;

namespace MinaKyukyu.Server.Tests.Identity;

/// <summary>A tablet is who its key says, for as long as the department says so.</summary>
public sealed class EnrolledTabletTests(SecureHouse house) : IClassFixture<SecureHouse>
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task An_enrolled_tablet_is_known_and_one_that_nobody_enrolled_is_not()
    {
        UnitPlan unit = house.Unit(0);
        Caller tablet = await house.EnrollAsync(unit);
        SignOnResponse on = await house.SignOnAsync(tablet, unit);
        Assert.Equal(unit.Vehicle.Value, on.VehicleId);
        Caller stranger = house.Stranger(unit.Device.Value);
        await Refuses.WithAsync("UNAUTHENTICATED", house, () => house.SignOnAsync(stranger, unit));
    }

    [Fact]
    public async Task Without_a_certificate_of_the_department_there_is_no_connection()
    {
        using DeviceAuthority other = DeviceAuthority.Create(
            house.Plan.Id,
            TimeProvider.System.GetUtcNow()
        );
        foreach (
            Caller caller in new[]
            {
                house.Bare(),
                house.Stranger(house.Unit(0).Device.Value, other),
            }
        )
        {
            RpcException failure = await Assert.ThrowsAsync<RpcException>(() =>
                house.SignOnAsync(caller, house.Unit(0))
            );
            Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        }
    }

    [Fact]
    public async Task A_tablet_says_nothing_of_itself_that_is_believed()
    {
        UnitPlan unit = house.Unit(1);
        Caller tablet = await house.EnrollAsync(unit);
        // Its own key, and the words of somebody else.
        await Refuses.WithAsync(
            "UNIT_NOT_FOUND",
            house,
            () => house.SignOnAsync(tablet, house.Unit(2))
        );
    }

    [Fact]
    public async Task A_revoked_tablet_is_cut_off_within_a_second_in_the_middle_of_a_stream()
    {
        UnitPlan unit = house.Unit(3);
        Caller tablet = await house.EnrollAsync(unit);
        await house.SignOnAsync(tablet, unit);
        await using Run run = await Run.StartAsync(house, 3);
        using var orders = tablet.Crew.WatchAssignments(
            new WatchAssignmentsRequest { UnitId = unit.Id.Value }
        );
        Assert.True(await orders.ResponseStream.MoveNext(CancellationToken.None));
        Task<bool> next = orders.ResponseStream.MoveNext(CancellationToken.None);
        await house
            .Console(Server.Identity.CallerRole.Dispatcher)
            .Enrolment.RevokeDeviceAsync(
                new RevokeDeviceRequest
                {
                    RequestId = house.Next(),
                    DeviceId = unit.Device.Value,
                    Reason = DeviceRevocationReason.Lost,
                }
            );
        await Assert.ThrowsAsync<RpcException>(() => next.WaitAsync(Second));
        RpcException after = await Assert.ThrowsAsync<RpcException>(() =>
            house.SignOnAsync(tablet, unit)
        );
        Assert.Contains(
            after.StatusCode,
            new[] { StatusCode.Unauthenticated, StatusCode.Unavailable }
        );
    }

    [Fact]
    public async Task Without_its_leader_a_crew_is_dispatched_and_opens_no_record()
    {
        UnitPlan unit = house.Unit(4);
        Caller tablet = await house.EnrollAsync(unit);
        await house.RegisterAsync("4001", MemberRole.Leader, "407193");
        await house.RegisterAsync("4002", MemberRole.Member, "550816");
        await house.SignOnAsync(
            tablet,
            unit,
            await SecureHouse.ProveAsync(tablet, "4002", "550816")
        );
        await using Run run = await Run.StartAsync(house, 4);
        var begin = new BeginCardCheckRequest
        {
            RequestId = house.Next(),
            IncidentId = run.Incident,
            PatientNumber = 1,
            IdentityCheck = IdentityCheck.PinEntered,
            ConsentBasis = ConsentBasis.Spoken,
        };
        await Refuses.WithAsync(
            "VIEWING_OFFICER_NOT_SIGNED_ON",
            house,
            () => tablet.Authorization.BeginCardCheckAsync(begin).ResponseAsync
        );
        await house.SignOnAsync(
            tablet,
            unit,
            await SecureHouse.ProveAsync(tablet, "4001", "407193"),
            await SecureHouse.ProveAsync(tablet, "4002", "550816")
        );
        BeginCardCheckResponse begun = await tablet.Authorization.BeginCardCheckAsync(begin);
        Assert.NotEmpty(begun.ChallengeId);
    }

    [Fact]
    public async Task A_grant_is_worth_nothing_over_another_key()
    {
        UnitPlan unit = house.Unit(5);
        Caller tablet = await house.EnrollAsync(unit);
        await house.RegisterAsync("5001", MemberRole.Leader, "918273");
        await house.SignOnAsync(
            tablet,
            unit,
            await SecureHouse.ProveAsync(tablet, "5001", "918273")
        );
        await using Run run = await Run.StartAsync(house, 5);
        string grant = await OpenAsync(tablet, run);
        // The same device anew: its first key is revoked, and what it opened does not come along.
        Caller replaced = await house.EnrollAsync(unit);
        await house.SignOnAsync(
            replaced,
            unit,
            await SecureHouse.ProveAsync(replaced, "5001", "918273")
        );
        await Refuses.WithAsync(
            "GRANT_NOT_FOUND",
            house,
            () => ReadAsync(replaced, run.Incident, grant)
        );
    }

    [Fact]
    public async Task A_crew_that_changes_vehicles_is_heard_through_the_new_tablet_alone()
    {
        UnitPlan unit = house.Unit(6);
        Caller left = await house.EnrollAsync(unit);
        Caller spare = await house.EnrollAsync(unit, "tablet-yobi-1");
        await house.SignOnAsync(left, unit);
        // It has been listening since before the change.
        using var listening = left.Crew.WatchAssignments(
            new WatchAssignmentsRequest { UnitId = unit.Id.Value }
        );
        using var telling = left.Crew.StreamPositions();
        var here = new StreamPositionsRequest { UnitId = unit.Id.Value };
        here.Positions.Add(
            new PositionReport
            {
                Point = new() { Latitude = 35.7, Longitude = 139.4 },
                ObservedTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
            }
        );
        await telling.RequestStream.WriteAsync(here);
        Assert.True(await telling.ResponseStream.MoveNext(CancellationToken.None));
        ChangeVehicleResponse changed = await left.Crew.ChangeVehicleAsync(
            new ChangeVehicleRequest
            {
                RequestId = house.Next(),
                UnitId = unit.Id.Value,
                VehicleId = house.Plan.SpareVehicles[0].Value,
                DeviceId = "tablet-yobi-1",
            }
        );
        Assert.Equal(
            (house.Plan.SpareVehicles[0].Value, "tablet-yobi-1"),
            (changed.VehicleId, changed.DeviceId)
        );
        // The one in the workshop hears no order any more, and nobody speaks through it.
        using var workshop = left.Crew.WatchAssignments(
            new WatchAssignmentsRequest { UnitId = unit.Id.Value }
        );
        RpcException deaf = await Assert.ThrowsAsync<RpcException>(() =>
            workshop.ResponseStream.MoveNext(CancellationToken.None)
        );
        Assert.Equal("TABLET_LEFT_BEHIND", Refusal.Of(deaf).Reason);
        await telling.RequestStream.WriteAsync(here);
        RpcException dumb = await Assert.ThrowsAsync<RpcException>(() =>
            telling.ResponseStream.MoveNext(CancellationToken.None)
        );
        Assert.Equal("TABLET_LEFT_BEHIND", Refusal.Of(dumb).Reason);
        using var board = spare.Crew.WatchAssignments(
            new WatchAssignmentsRequest { UnitId = unit.Id.Value }
        );
        await using Run run = await Run.StartAsync(house, 6);
        Assert.True(await board.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(run.Order.AssignmentId, board.ResponseStream.Current.Assignment.AssignmentId);
        RpcException cut = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await listening.ResponseStream.MoveNext(CancellationToken.None))
            {
                Assert.NotEqual(
                    run.Order.AssignmentId,
                    listening.ResponseStream.Current.Assignment.AssignmentId
                );
            }
        });
        Assert.Equal("TABLET_LEFT_BEHIND", Refusal.Of(cut).Reason);
        // Nor does it speak for anybody, as the control centre would.
        foreach (Func<Task> call in SpokenBy(left, run))
        {
            await Refuses.WithAsync("TABLET_LEFT_BEHIND", house, call);
        }

        // Until somebody signs on with it.
        await house.SignOnAsync(left, unit);
    }

    [Fact]
    public async Task A_tablet_that_nobody_signed_on_with_takes_over_no_crew_and_no_leader()
    {
        UnitPlan unit = house.Unit(7);
        Caller tablet = await house.EnrollAsync(unit);
        Caller drawer = await house.EnrollAsync(unit, "tablet-in-a-drawer");
        await house.RegisterAsync("5007", MemberRole.Leader, "918273");
        await house.SignOnAsync(
            tablet,
            unit,
            await SecureHouse.ProveAsync(tablet, "5007", "918273")
        );
        await using Run run = await Run.StartAsync(house, 7);
        var change = new ChangeVehicleRequest
        {
            RequestId = house.Next(),
            UnitId = unit.Id.Value,
            VehicleId = unit.Vehicle.Value,
            DeviceId = "tablet-in-a-drawer",
        };
        await Refuses.WithAsync(
            "UNIT_NOT_FOUND",
            house,
            async () => await drawer.Crew.ChangeVehicleAsync(change)
        );
        // The crew itself takes it, and opens nothing with it before its leader proves to be there.
        change.RequestId = house.Next();
        await tablet.Crew.ChangeVehicleAsync(change);
        await Refuses.WithAsync(
            "VIEWING_OFFICER_NOT_SIGNED_ON",
            house,
            async () => await drawer.Authorization.BeginCardCheckAsync(CardInHand.Begin(house, run))
        );
        await house.SignOnAsync(
            drawer,
            unit,
            await SecureHouse.ProveAsync(drawer, "5007", "918273")
        );
        await drawer.Authorization.BeginCardCheckAsync(CardInHand.Begin(house, run));
    }

    [Fact]
    public async Task Who_is_removed_while_on_duty_opens_nothing_from_then_on()
    {
        UnitPlan unit = house.Unit(8);
        Caller tablet = await house.EnrollAsync(unit);
        await house.RegisterAsync("5008", MemberRole.Leader, "918273");
        string unused = await SecureHouse.ProveAsync(tablet, "5008", "918273");
        await house.SignOnAsync(
            tablet,
            unit,
            await SecureHouse.ProveAsync(tablet, "5008", "918273")
        );
        await using Run run = await Run.StartAsync(house, 8);
        await tablet.Authorization.BeginCardCheckAsync(CardInHand.Begin(house, run));
        await house.Administrator.Enrolment.RemoveMemberAsync(
            new RemoveMemberRequest { RequestId = house.Next(), MemberNumber = "5008" }
        );
        await Refuses.WithAsync(
            "VIEWING_OFFICER_NOT_SIGNED_ON",
            house,
            async () => await tablet.Authorization.BeginCardCheckAsync(CardInHand.Begin(house, run))
        );
        // Nor with a proof that was given before.
        await Refuses.WithAsync(
            "MEMBER_TICKET_UNKNOWN",
            house,
            () => house.SignOnAsync(tablet, unit, unused)
        );
    }

    /// <summary>What a console may say about any unit's run, and a tablet about its own.</summary>
    private IEnumerable<Func<Task>> SpokenBy(Caller by, Run run) =>
        [
            async () =>
                await by.Incidents.GetIncidentAsync(
                    new GetIncidentRequest { IncidentId = run.Incident }
                ),
            async () => await by.Incidents.ReportMilestoneAsync(run.Tap(MilestoneKind.Handover)),
            async () =>
                await by.Dispatch.RecommendHospitalsAsync(
                    new RecommendHospitalsRequest { IncidentId = run.Incident, PatientNumber = 1 }
                ),
            async () =>
                await by.Authorization.CloseCardStepAsync(
                    new CloseCardStepRequest
                    {
                        RequestId = house.Next(),
                        IncidentId = run.Incident,
                        PatientNumber = 1,
                        ReasonCode = "other",
                    }
                ),
        ];

    private async Task<string> OpenAsync(Caller tablet, Run run)
    {
        CardInHand card = await CardInHand.BeginAsync(house, run);
        return (
            await tablet.Authorization.RequestAccessAsync(card.Pin(card.Card(CardKind.Valid)))
        ).GrantId;
    }

    private static async Task ReadAsync(Caller by, string incident, string grant)
    {
        using var stream = by.MedicalInfo.StreamSummary(
            new StreamSummaryRequest { IncidentId = incident, GrantId = grant }
        );
        while (await stream.ResponseStream.MoveNext(CancellationToken.None)) { }
    }
}

/// <summary>What the register says is true for the next process as well.</summary>
public sealed class EnrolmentRestartTests : IAsyncLifetime
{
    private readonly SecureHouse _house = new();

    public Task InitializeAsync() => _house.InitializeAsync();

    public Task DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task What_was_enrolled_and_revoked_outlives_a_restart()
    {
        Caller kept = await _house.EnrollAsync(_house.Unit(0));
        Caller lost = await _house.EnrollAsync(_house.Unit(1));
        await _house.RegisterAsync("700", MemberRole.Leader, "407193");
        await _house.Administrator.Enrolment.RevokeDeviceAsync(
            new RevokeDeviceRequest
            {
                RequestId = _house.Next(),
                DeviceId = _house.Unit(1).Device.Value,
                Reason = DeviceRevocationReason.Lost,
            }
        );
        await _house.RestartAsync();
        await _house.SignOnAsync(
            kept,
            _house.Unit(0),
            await SecureHouse.ProveAsync(kept, "700", "407193")
        );
        await Refuses.WithAsync(
            "UNAUTHENTICATED",
            _house,
            () => _house.SignOnAsync(lost, _house.Unit(1))
        );
    }
}
