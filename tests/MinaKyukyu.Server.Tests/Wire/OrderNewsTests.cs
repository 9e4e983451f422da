using Grpc.Core;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Server.Tests.Refusals;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>What a tablet hears of its orders when it was away, comes again or says a thing twice.</summary>
public sealed class OrderNewsTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task The_end_of_an_order_told_before_a_reconnect_is_told_after_it()
    {
        await using Run first = await Run.StartAsync(house, 0);
        using (var before = Watch(0, after: 0))
        {
            Assert.Equal(first.Order.AssignmentId, (await NextAsync(before)).AssignmentId);
        }

        await CancelAsync(first);
        await using Run second = await Run.StartAsync(house, 0);
        await CancelAsync(second);
        using var back = Watch(0, after: first.Order.OrderToken);
        Assignment end = await NextAsync(back);
        Assert.Equal(
            (first.Order.AssignmentId, AssignmentState.Cancelled),
            (end.AssignmentId, end.State)
        );
    }

    [Fact]
    public async Task A_run_that_is_taken_up_again_is_told_to_its_tablet()
    {
        await using Run run = await Run.StartAsync(house, 1);
        using var tablet = Watch(1, after: 0);
        Assert.Equal(AssignmentState.Active, (await NextAsync(tablet)).State);
        string cleared = (
            await run.Crew.Incidents.ReportMilestoneAsync(run.Tap(MilestoneKind.Cleared))
        ).MilestoneId;
        Assert.Equal(AssignmentState.Cleared, (await NextAsync(tablet)).State);
        await run.Crew.Incidents.WithdrawMilestoneAsync(
            new WithdrawMilestoneRequest
            {
                RequestId = house.Next(),
                IncidentId = run.Incident,
                MilestoneId = cleared,
            }
        );
        Assignment again = await NextAsync(tablet);
        Assert.Equal(
            (run.Order.AssignmentId, AssignmentState.Active),
            (again.AssignmentId, again.State)
        );
    }

    [Fact]
    public async Task A_crew_that_signs_on_again_obeys_the_order_that_stands()
    {
        await using Run run = await Run.StartAsync(house, 2);
        SignOnResponse on = await SignOnAsync(run);
        Assert.InRange(on.OrderToken, 0, run.Order.OrderToken - 1);
        using var tablet = Watch(2, after: on.OrderToken);
        Assert.Equal(run.Order.AssignmentId, (await NextAsync(tablet)).AssignmentId);
    }

    [Fact]
    public async Task A_request_id_of_another_method_is_refused_although_the_bytes_are_the_same()
    {
        await Run.SignOnAsync(house, house.Unit(3));
        Caller crew = house.CrewOf(house.Unit(3));
        var on = new SignOnRequest { RequestId = house.Next(), UnitId = house.Unit(3).Id.Value };
        await crew.Crew.SignOnAsync(on);
        SignOffRequest off = new() { RequestId = on.RequestId, UnitId = on.UnitId };
        await Refuses.WithAsync(
            "REQUEST_ID_REUSED",
            house,
            async () => await crew.Crew.SignOffAsync(off)
        );
        Assert.Equal(UnitState.AtStation, await StateOfAsync(on.UnitId));
    }

    [Fact]
    public async Task A_crew_that_signs_on_again_on_its_way_home_is_still_on_its_way_home()
    {
        await using Run run = await Run.StartAsync(house, 4);
        await run.Crew.Incidents.ReportMilestoneAsync(run.Tap(MilestoneKind.Cleared));
        Assert.Equal(UnitState.Returning, await StateOfAsync(run.Unit.Id.Value));
        await SignOnAsync(run);
        Assert.Equal(UnitState.Returning, await StateOfAsync(run.Unit.Id.Value));
    }

    [Fact]
    public async Task A_hospital_that_refuses_again_and_again_is_listed_once()
    {
        const int Times = 30;
        await using Run run = await Run.StartAsync(house, 5);
        string hospital = (
            await house.Dispatcher.Dispatch.ListHospitalsAsync(new ListHospitalsRequest())
        )
            .Hospitals[0]
            .HospitalId;
        for (int n = 0; n < Times; n++)
        {
            await run.Crew.Incidents.ReportHospitalInquiryAsync(
                new ReportHospitalInquiryRequest
                {
                    RequestId = house.Next(),
                    IncidentId = run.Incident,
                    AssignmentId = run.Order.AssignmentId,
                    HospitalId = hospital,
                    PatientNumber = 1,
                    State = DestinationState.Refused,
                    RefusalReason = new Code { Table = "refusal-reason", Value = "beds-full" },
                }
            );
        }

        Destination listed = Assert.Single((await run.LookAsync()).Assignments[0].Destinations);
        Assert.Equal((hospital, DestinationState.Refused), (listed.HospitalId, listed.State));
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

    private static async Task<Assignment> NextAsync(
        AsyncServerStreamingCall<WatchAssignmentsResponse> tablet
    )
    {
        Assert.True(await tablet.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Soon));
        return tablet.ResponseStream.Current.Assignment;
    }

    private async Task CancelAsync(Run run) =>
        await house.Dispatcher.Dispatch.CancelAssignmentAsync(
            new CancelAssignmentRequest
            {
                RequestId = house.Next(),
                AssignmentId = run.Order.AssignmentId,
                Reason = new Code { Table = "cancel-reason", Value = "other" },
            }
        );

    private async Task<SignOnResponse> SignOnAsync(Run run) =>
        await run.Crew.Crew.SignOnAsync(
            new SignOnRequest { RequestId = house.Next(), UnitId = run.Unit.Id.Value }
        );

    private async Task<UnitState> StateOfAsync(string unit) =>
        (await house.Dispatcher.Crew.ListUnitsAsync(new ListUnitsRequest()))
            .Units.Single(u => u.UnitId == unit)
            .State;
}
