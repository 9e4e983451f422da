using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Forecasting.Runs;
using MinaKyukyu.Server.Forecasts;
using MinaKyukyu.Server.Tests.Wire;

namespace MinaKyukyu.Server.Tests.Forecasts;

/// <summary>The sample city's own model, over the wire; and what is remembered of those who followed its advice.</summary>
public sealed class ServedModelTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    [Fact]
    public async Task The_sample_city_advises_with_its_model_and_learns_from_who_arrives()
    {
        var unit = house.Unit(0);
        await Run.SignOnAsync(house, unit);
        string incident = (
            await house.Dispatcher.Incidents.OpenIncidentAsync(Run.Plea(house))
        ).IncidentId;
        Recommendation advice = (
            await house.Dispatcher.Dispatch.RecommendUnitsAsync(
                new RecommendUnitsRequest { IncidentId = incident }
            )
        ).Recommendation;
        Assert.Equal(RecommendationLevel.FullModel, advice.Level);
        Assert.StartsWith("journal 1 (mina-trees)", advice.ModelVersion, StringComparison.Ordinal);
        Candidate first = advice.Candidates.Single(c => c.UnitId == unit.Id.Value);
        Assert.True(first.EtaP10Seconds < first.EtaP50Seconds);
        Assert.True(first.EtaP50Seconds < first.EtaP90Seconds);

        AssignUnitResponse order = await house.Dispatcher.Dispatch.AssignUnitAsync(
            new AssignUnitRequest
            {
                RequestId = house.Next(),
                IncidentId = incident,
                UnitId = unit.Id.Value,
                RecommendationId = advice.RecommendationId,
            }
        );
        await house
            .CrewOf(unit)
            .Incidents.ReportMilestoneAsync(
                new ReportMilestoneRequest
                {
                    RequestId = house.Next(),
                    IncidentId = incident,
                    AssignmentId = order.AssignmentId,
                    Kind = MilestoneKind.OnScene,
                    OrderToken = order.OrderToken,
                    OccurredTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
                }
            );

        JournalRun run = Assert.Single(RunsOf(house));
        Assert.InRange(run.Observed, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Equal(unit.Station.Value, run.Drive.Station);

        // The journal tells the next process the same.
        await house.RestartAsync();
        Assert.Equal(run.Observed, Assert.Single(RunsOf(house)).Observed);
    }

    private static IReadOnlyList<JournalRun> RunsOf(ServedHouse house) =>
        house.App.Services.GetRequiredService<Arrivals>().ListRuns();
}
