using System.Diagnostics;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Dispatch.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Tests.Identity;
using MinaKyukyu.Server.Tests.Wire;
using MinaKyukyu.Tablet;
using MinaKyukyu.Tablet.CardSteps;
using MinaKyukyu.Tablet.Link;
using MinaKyukyu.Tablet.Positions;
using MinaKyukyu.Vocabulary.Ids;
using Xunit.Abstractions;

namespace MinaKyukyu.Server.Tests.Radio;

/// <summary>What one incident costs on the radio, by the byte, with the real tablet and the house as it stands in a department.</summary>
public sealed class IncidentBudgetTests(SecureHouse house, ITestOutputHelper output)
    : IClassFixture<SecureHouse>
{
    /// <summary>150 KiB for one whole incident, TCP and IP included.</summary>
    private const long Budget = 150 * 1_024;

    /// <summary>Positions of an hour at 0.2 Hz.</summary>
    private const int Positions = 720;

    [Fact]
    public async Task One_whole_incident_takes_at_most_150_KiB_of_the_radio()
    {
        UnitPlan unit = await RadioCrew.EnrolAsync(house, 0);
        await using var link = new RadioLink(house.Grpc);
        await using RadioCrew crew = RadioCrew.Open(house, unit, link);
        var account = new WireAccount(link);
        await account.PartAsync("connection, sign-on of the crew", crew.SignOnAsync);
        await account.PartAsync(
            "watch for orders opened",
            () =>
            {
                crew.Listen();
                return Task.CompletedTask;
            }
        );
        Run? started = null;
        Assignment order = null!;
        await account.PartAsync(
            "order with incident and way",
            async () =>
            {
                started = await Run.StartAsync(house, 0);
                order = (await crew.HearOrderAsync()).Assignment;
            }
        );
        await using Run run = started!;
        await LiveAsync(crew, account, order);
        output.WriteLine(
            $"connections: {link.Spent.Connections}; of the 11 milestones 2 come with the order, 9 are tapped"
        );
        account.Print(output);
        Assert.Equal(1, link.Spent.Connections);
        Assert.Equal(11, (await run.LookAsync()).Milestones.Select(m => m.Kind).Distinct().Count());
        Assert.InRange(account.Sum.Total, 1, Budget);
    }

    [Fact]
    public async Task Each_position_as_a_call_of_its_own_breaks_the_budget()
    {
        UnitPlan unit = await RadioCrew.EnrolAsync(house, 1);
        await using var link = new RadioLink(house.Grpc);
        using CrewLink tablet = LinkOf(unit, link);
        var account = new WireAccount(link);
        int batch = (int)(new PositionReporterOptions().BatchEvery / PositionHour.Every);
        WireSpent inBatches = await account.PartAsync(
            $"{Positions} positions, a call for each {batch}",
            () => TellAsync(tablet, unit, Positions / batch, batch)
        );
        WireSpent oneByOne = await account.PartAsync(
            $"{Positions} positions, a call for each",
            () => TellAsync(tablet, unit, Positions, 1)
        );
        account.Print(output);
        Assert.True(oneByOne.Total > Budget);
        // Batches alone do not save it either: the head of a call is what costs.
        Assert.True(inBatches.Total > Budget * 8 / 10);
    }

    [Fact]
    public async Task A_connection_for_each_batch_breaks_the_budget()
    {
        UnitPlan unit = await RadioCrew.EnrolAsync(house, 2);
        await using var link = new RadioLink(house.Grpc);
        var account = new WireAccount(link);
        int batch = (int)(new PositionReporterOptions().BatchEvery / PositionHour.Every);
        const int Connections = 12;
        WireSpent some = await account.PartAsync(
            $"{Connections} batches, a connection for each",
            async () =>
            {
                for (int i = 0; i < Connections; i++)
                {
                    using CrewLink tablet = LinkOf(unit, link);
                    await TellAsync(tablet, unit, 1, batch);
                }
            }
        );
        account.Print(output);
        Assert.Equal(Connections, some.Connections);
        Assert.True((some * (Positions / batch / Connections)).Total > Budget);
    }

    /// <summary>From the acknowledgement to the station; what an hour has and a test has not is measured once and multiplied.</summary>
    private async Task LiveAsync(RadioCrew crew, WireAccount account, Assignment order)
    {
        Task<WireSpent> renewing = RenewalAsync(crew.Unit);
        Task<WireSpent> asking = AliveCheckAsync(crew.Unit, order);
        using (TabletTelemetry.Begin("incident run"))
        {
            await account.PartAsync(
                "acknowledgement",
                () => RadioCrew.DoneAsync(crew.Acknowledge(order))
            );
            await TapAsync(
                MilestoneKind.EnRoute,
                MilestoneKind.OnScene,
                MilestoneKind.PatientContact
            );
            await account.PartAsync("card, level C, and summary", () => ReadAsync(crew, order));
            await account.PartAsync(
                "choice of the hospital",
                () => crew.ChooseHospitalAsync(order)
            );
            await TapAsync(
                MilestoneKind.PatientLoaded,
                MilestoneKind.SceneDeparture,
                MilestoneKind.HospitalArrival,
                MilestoneKind.Handover
            );
        }

        await account.PartAsync(
            $"{Positions} positions in 60 min",
            () => PositionHour.TellAsync(crew)
        );
        // Six watches of ten minutes; the first is counted above. Only until the crew is clear does one ask about its order.
        account.Add("watch for orders renewed, 5 times", await renewing * 5);
        // A batch every 15 s leaves no silence of 20 s, unless its answer is late: reckoned with one gap in ten.
        Assert.True(
            new CrewLinkOptions().AliveCheckAfter > new PositionReporterOptions().BatchEvery
        );
        account.Add("signs of life asked for, 24 times", await asking * 24);
        using (TabletTelemetry.Begin("incident run"))
        {
            await TapAsync(MilestoneKind.Cleared, MilestoneKind.BackAtStation);
        }

        WireSpent idle = await asking * 180;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"an hour of silence, 180 signs of life: {idle.Payload / 1024.0:F1} KiB in the sockets, {idle.Total / 1024.0:F1} KiB with TCP and IP"
            )
        );

        Task<WireSpent> TapAsync(params MilestoneKind[] kinds) =>
            account.PartAsync(
                $"{kinds.Length} milestones, to {kinds[^1]}",
                async () =>
                {
                    foreach (MilestoneKind kind in kinds)
                    {
                        await RadioCrew.DoneAsync(crew.Tap(order, kind));
                    }
                }
            );
    }

    private static async Task ReadAsync(RadioCrew crew, Assignment order)
    {
        CardStepResult read = await crew.ReadCardAsync(order);
        Assert.Equal((CardStepWord.Viewed, SummaryOutcome.Complete), (read.Word, read.Summary));
        Assert.True(read.SectionCount > 0);
    }

    /// <summary>What it costs when a watch for orders ends by its deadline and the next one begins, while an order stands.</summary>
    private async Task<WireSpent> RenewalAsync(UnitPlan unit)
    {
        await using var link = new RadioLink(house.Grpc);
        await using RadioCrew crew = RadioCrew.Open(
            house,
            unit,
            link,
            options => options.Link.WatchDeadline = TimeSpan.FromSeconds(5)
        );
        crew.Listen();
        await crew.HearOrderAsync();
        await link.QuietAsync();
        WireSpent before = link.Spent;
        await link.UntilAsync(spent => spent != before);
        // The next watch begins after a back-off of half a second at most.
        await Task.Delay(TimeSpan.FromSeconds(1));
        await link.QuietAsync();
        return link.Spent - before;
    }

    /// <summary>What it costs to ask a silent connection whether it lives; measured in quick motion and divided.</summary>
    private async Task<WireSpent> AliveCheckAsync(UnitPlan unit, Assignment order)
    {
        await using var link = new RadioLink(house.Grpc);
        await using RadioCrew crew = RadioCrew.Open(
            house,
            unit,
            link,
            options => options.Link.AliveCheckAfter = TimeSpan.FromSeconds(1)
        );
        await crew.Tablet.Link.Incidents.GetIncidentAsync(
            new GetIncidentRequest { IncidentId = order.IncidentId }
        );
        WireSpent before = link.Spent;
        await link.UntilAsync(spent => spent.UpSegments >= before.UpSegments + 3);
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        WireSpent spent = link.Spent - before;
        return new WireSpent(
            0,
            spent.UpBytes / spent.UpSegments,
            spent.DownBytes / spent.UpSegments,
            1,
            1
        );
    }

    private CrewLink LinkOf(UnitPlan unit, RadioLink link) =>
        new(
            link.Address,
            new CrewIdentity(unit.Device, unit.Crew),
            new CrewLinkOptions(),
            TimeProvider.System,
            keys: house.KeysOf(unit)
        );

    private static async Task TellAsync(CrewLink tablet, UnitPlan unit, int calls, int positions)
    {
        for (int call = 0; call < calls; call++)
        {
            var batch = new ReportPositionsRequest { UnitId = unit.Id.Value };
            for (int i = 0; i < positions; i++)
            {
                Vocabulary.Places.GeoPoint at = RadioCrew.OnTheWay((call * positions) + i);
                batch.Positions.Add(
                    new PositionReport
                    {
                        Point = new() { Latitude = at.Latitude, Longitude = at.Longitude },
                        ObservedTime = TimeProvider.System.GetUtcNow().ToTimestamp(),
                        AccuracyMeters = 8,
                    }
                );
            }

            await tablet.Crew.ReportPositionsAsync(batch);
        }
    }
}
