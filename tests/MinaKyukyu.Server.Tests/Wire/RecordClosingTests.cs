using System.Diagnostics;
using Grpc.Core;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Server.Tests.Refusals;
using MinaKyukyu.StandIn.Cards;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>A record closes with the fact that ends its crew's attendance, whoever hears of that fact; and it opens anew only by a new card check.</summary>
public sealed class RecordClosingTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static Code Other => new() { Table = "cancel-reason", Value = "other" };

    [Fact]
    public async Task The_record_closes_when_the_order_is_cancelled()
    {
        await using Run run = await Run.StartAsync(house, 0);
        string grant = await OpenAsync(run);
        await house.Dispatcher.Dispatch.CancelAssignmentAsync(
            new CancelAssignmentRequest
            {
                RequestId = house.Next(),
                AssignmentId = run.Order.AssignmentId,
                Reason = Other,
            }
        );
        await IsClosedAsync(run, grant);
    }

    [Fact]
    public async Task The_record_closes_when_the_order_goes_to_another_unit()
    {
        await using Run run = await Run.StartAsync(house, 1);
        await Run.SignOnAsync(house, house.Unit(2));
        string grant = await OpenAsync(run);
        await house.Dispatcher.Dispatch.ReassignUnitAsync(
            new ReassignUnitRequest
            {
                RequestId = house.Next(),
                AssignmentId = run.Order.AssignmentId,
                UnitId = house.Unit(2).Id.Value,
            }
        );
        await IsClosedAsync(run, grant);
    }

    [Fact]
    public async Task The_record_closes_when_the_run_ends_without_a_handover_and_stays_closed_after_the_shift()
    {
        await using Run run = await Run.StartAsync(house, 3);
        string grant = await OpenAsync(run);
        await run.Crew.Incidents.ReportMilestoneAsync(run.Tap(MilestoneKind.Cleared));
        await IsClosedAsync(run, grant);
        await run.Crew.Crew.SignOffAsync(
            new SignOffRequest { RequestId = house.Next(), UnitId = run.Unit.Id.Value }
        );
        await IsClosedAsync(run, grant);
    }

    [Fact]
    public async Task The_record_closes_when_another_crew_signs_on_to_the_tablet()
    {
        await using Run run = await Run.StartAsync(house, 4);
        string grant = await OpenAsync(run);
        Caller next = house.CallerOf(run.Unit.Device.Value, "crew", "crew-next");
        await next.Crew.SignOnAsync(
            new SignOnRequest { RequestId = house.Next(), UnitId = run.Unit.Id.Value }
        );
        await IsClosedAsync(run, grant);
        await Refuses.WithAsync("GRANT_NOT_FOUND", house, () => ReadAsync(next, run, grant));
        // What the first crew opened does not come back with it.
        await Run.SignOnAsync(house, run.Unit);
        await IsClosedAsync(run, grant);
    }

    [Fact]
    public async Task A_handover_whose_answer_was_lost_closes_the_record_and_its_needs()
    {
        await using Run run = await Run.StartAsync(house, 5);
        string grant = await OpenAsync(run);
        Assert.True(await IsCardUsedAsync(run));
        ReportMilestoneRequest handover = run.Tap(MilestoneKind.Handover);
        using (house.Breath.Hold())
        {
            RpcException late = await Assert.ThrowsAsync<RpcException>(async () =>
                await run.Crew.Incidents.ReportMilestoneAsync(
                    handover,
                    deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(400)
                )
            );
            Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
        }

        // Nobody heard it, but it is a fact; before any repeat.
        await UntilAsync(async () =>
            (await run.LookAsync()).Milestones.Any(m => m.Kind == MilestoneKind.Handover)
        );
        await IsClosedAsync(run, grant);
        Assert.False(await IsCardUsedAsync(run));
        await run.Crew.Incidents.ReportMilestoneAsync(handover);
        Assert.Single((await run.LookAsync()).Milestones, m => m.Kind == MilestoneKind.Handover);
        await IsClosedAsync(run, grant);
        Assert.False(await IsCardUsedAsync(run));
    }

    [Fact]
    public async Task A_consent_that_is_given_again_opens_the_record_anew()
    {
        await using Run run = await Run.StartAsync(house, 6);
        string withdrawn = await OpenAsync(run);
        await run.Crew.Authorization.WithdrawConsentAsync(
            new WithdrawConsentRequest
            {
                RequestId = house.Next(),
                IncidentId = run.Incident,
                PatientNumber = 1,
            }
        );
        await IsClosedAsync(run, withdrawn);
        Assert.False(await IsCardUsedAsync(run));
        await OpenAsync(run);
        Assert.True(await IsCardUsedAsync(run));
        await IsClosedAsync(run, withdrawn);
    }

    [Fact]
    public async Task A_card_check_after_a_handover_that_was_taken_back_opens_the_record_anew()
    {
        await using Run run = await Run.StartAsync(house, 7);
        string before = await OpenAsync(run);
        string handover = (
            await run.Crew.Incidents.ReportMilestoneAsync(run.Tap(MilestoneKind.Handover))
        ).MilestoneId;
        await IsClosedAsync(run, before);
        await run.Crew.Incidents.WithdrawMilestoneAsync(
            new WithdrawMilestoneRequest
            {
                RequestId = house.Next(),
                IncidentId = run.Incident,
                MilestoneId = handover,
            }
        );
        await IsClosedAsync(run, before);
        await OpenAsync(run);
    }

    [Fact]
    public async Task The_needs_go_at_the_handover_although_another_unit_is_at_work()
    {
        await using Run run = await Run.StartAsync(house, 8);
        await Run.SignOnAsync(house, house.Unit(9));
        await house.Dispatcher.Dispatch.AssignUnitAsync(
            new AssignUnitRequest
            {
                RequestId = house.Next(),
                IncidentId = run.Incident,
                UnitId = house.Unit(9).Id.Value,
            }
        );
        string grant = await OpenAsync(run);
        Assert.True(await IsCardUsedAsync(run));
        await run.Crew.Incidents.ReportMilestoneAsync(run.Tap(MilestoneKind.Handover));
        Assert.False(await IsCardUsedAsync(run));
        await IsClosedAsync(run, grant);
        Assert.Equal(
            2,
            (await run.LookAsync()).Assignments.Count(a => a.State == AssignmentState.Active)
        );
    }

    /// <summary>A new card check, and the whole record read with its grant.</summary>
    private async Task<string> OpenAsync(Run run)
    {
        CardInHand card = await CardInHand.BeginAsync(house, run);
        string grant = (
            await run.Crew.Authorization.RequestAccessAsync(card.Pin(card.Card(CardKind.Valid)))
        ).GrantId;
        Assert.Equal(SummaryOutcome.Complete, await ReadAsync(run.Crew, run, grant));
        return grant;
    }

    private Task IsClosedAsync(Run run, string grant) =>
        Refuses.WithAsync("GRANT_NOT_FOUND", house, () => ReadAsync(run.Crew, run, grant));

    private static async Task<SummaryOutcome> ReadAsync(Caller by, Run run, string grant)
    {
        using var stream = by.MedicalInfo.StreamSummary(
            new StreamSummaryRequest { IncidentId = run.Incident, GrantId = grant }
        );
        var outcome = SummaryOutcome.Unspecified;
        while (await stream.ResponseStream.MoveNext(CancellationToken.None))
        {
            outcome = stream.ResponseStream.Current.End?.Outcome ?? outcome;
        }

        return outcome;
    }

    private async Task<bool> IsCardUsedAsync(Run run) =>
        (
            await house.Dispatcher.Dispatch.RecommendHospitalsAsync(
                new RecommendHospitalsRequest { IncidentId = run.Incident, PatientNumber = 1 }
            )
        ).UsedCard;

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(watch.Elapsed < Soon, "It did not come true in time.");
            await Task.Delay(20);
        }
    }
}
