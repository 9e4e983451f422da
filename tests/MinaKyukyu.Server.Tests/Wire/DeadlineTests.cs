using System.Diagnostics;
using Grpc.Core;
using Grpc.Health.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Tablet.Link;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>Nothing hangs, not even on a disk that does not answer.</summary>
public sealed class DeadlineTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    /// <summary>What a busy machine may add to a timer.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_command_ends_at_its_callers_deadline_when_the_disk_does_not_answer()
    {
        OpenIncidentRequest plea = Run.Plea(house);
        using (house.Breath.Hold())
        {
            var watch = Stopwatch.StartNew();
            RpcException late = await Assert.ThrowsAsync<RpcException>(async () =>
                await house.Dispatcher.Incidents.OpenIncidentAsync(
                    plea,
                    deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(500)
                )
            );
            Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);
            Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(400), Slack);
        }

        // The outcome was unknown; the same request asks for it.
        Assert.NotEmpty((await house.Dispatcher.Incidents.OpenIncidentAsync(plea)).IncidentId);
        Assert.Equal(
            1,
            house.Truth.Count($"SELECT count(*) FROM request WHERE request_id = '{plea.RequestId}'")
        );
    }

    [Fact]
    public async Task A_command_without_deadline_is_capped_and_says_that_its_outcome_is_unknown()
    {
        Caller patient = house.WithoutDeadline("console-9", "dispatcher");
        using (house.Breath.Hold())
        {
            var watch = Stopwatch.StartNew();
            RpcException unknown = await Assert.ThrowsAsync<RpcException>(async () =>
                await patient
                    .Incidents.OpenIncidentAsync(Run.Plea(house))
                    .ResponseAsync.WaitAsync(Cap + Slack + Slack)
            );
            Refusal refusal = Refusal.Of(unknown);
            Assert.Equal(
                (StatusCode.Unavailable, "OUTCOME_UNKNOWN"),
                (refusal.Code, refusal.Reason)
            );
            Assert.NotNull(refusal.RetryAfter);
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, Cap + Slack);
        }
    }

    [Fact]
    public async Task Advice_is_given_although_the_disk_does_not_answer()
    {
        await Run.SignOnAsync(house, house.Unit(0));
        string incident = (
            await house.Dispatcher.Incidents.OpenIncidentAsync(Run.Plea(house))
        ).IncidentId;
        using (house.Breath.Hold())
        {
            Recommendation advice = (
                await house.Dispatcher.Dispatch.RecommendUnitsAsync(
                    new RecommendUnitsRequest { IncidentId = incident },
                    deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Slack
                )
            ).Recommendation;
            Assert.NotEmpty(advice.Candidates);
        }
    }

    [Fact]
    public async Task Health_answers_whoever_asks()
    {
        HealthCheckResponse answer = await house.Nobody.Health.CheckAsync(new HealthCheckRequest());
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, answer.Status);
        using var watch = house.Nobody.Health.Watch(new HealthCheckRequest());
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(
            HealthCheckResponse.Types.ServingStatus.Serving,
            watch.ResponseStream.Current.Status
        );
    }

    private static TimeSpan Cap => Server.Wire.CallLimit.Cap;
}
