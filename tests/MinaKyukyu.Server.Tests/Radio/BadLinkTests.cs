using System.Globalization;
using MinaKyukyu.Contracts.Crew.V1;
using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Fleet.Plan;
using MinaKyukyu.Server.Tests.Identity;
using MinaKyukyu.Server.Tests.Wire;
using MinaKyukyu.Tablet.CardSteps;
using MinaKyukyu.Tablet.Queue;
using Xunit.Abstractions;

namespace MinaKyukyu.Server.Tests.Radio;

/// <summary>The same acts over a link that is slow, far and lossy, and over one that breaks.</summary>
public sealed class BadLinkTests(SecureHouse house, ITestOutputHelper output)
    : IClassFixture<SecureHouse>
{
    /// <summary>Silence at an order escalates after 15 s; by then it must have been seen.</summary>
    private static readonly TimeSpan OrderSeenWithin = TimeSpan.FromSeconds(15);

    /// <summary>A tap goes to the disk and not to the radio.</summary>
    private static readonly TimeSpan TapTakes = TimeSpan.FromSeconds(1);

    private static readonly MilestoneKind[] ToThePatient =
    [
        MilestoneKind.EnRoute,
        MilestoneKind.OnScene,
        MilestoneKind.PatientContact,
    ];

    private static readonly MilestoneKind[] ToTheHospital =
    [
        MilestoneKind.PatientLoaded,
        MilestoneKind.SceneDeparture,
        MilestoneKind.HospitalArrival,
        MilestoneKind.Handover,
    ];

    private long _began = TimeProvider.System.GetTimestamp();

    [Theory]
    [InlineData(20261122)]
    public async Task An_incident_works_at_64_kbit_with_600_ms_round_trip_and_5_percent_loss(
        int seed
    )
    {
        output.WriteLine($"seed {seed}");
        UnitPlan unit = await RadioCrew.EnrolAsync(house, 0);
        await using var link = new RadioLink(house.Grpc, RadioWeather.Bad(seed));
        await using RadioCrew crew = RadioCrew.Open(house, unit, link);
        Lap();
        await crew.SignOnAsync();
        Lap("connected and signed on");
        crew.Listen();
        await using Run run = await Run.StartAsync(house, 0);
        Lap();
        Assignment order = (await crew.HearOrderAsync()).Assignment;
        Assert.InRange(Lap("order seen"), TimeSpan.Zero, OrderSeenWithin);
        await TapAsync(crew, order, ToThePatient);
        await TellPositionsAsync(crew);
        CardStepResult read = await crew.ReadCardAsync(order);
        Lap("card and summary");
        Assert.Equal((CardStepWord.Viewed, SummaryOutcome.Complete), (read.Word, read.Summary));
        await crew.ChooseHospitalAsync(order);
        Lap("choice of the hospital");
        await TapAsync(crew, order, ToTheHospital);
        await ToldOnceAsync(run, [.. ToThePatient, .. ToTheHospital]);
        output.WriteLine(
            $"{link.Lost} segments lost of {link.Spent.UpSegments + link.Spent.DownSegments}, {link.Spent.Total} bytes, {link.Spent.Connections} connections"
        );
        Assert.True(link.Lost > 0);
    }

    [Fact]
    public async Task A_connection_whose_first_segment_is_lost_twice_comes_about_at_the_first_try()
    {
        UnitPlan unit = await RadioCrew.EnrolAsync(house, 2);
        RadioWeather weather = RadioWeather.LosingTheFirstSegmentTwice();
        output.WriteLine($"seed {weather.Seed}");
        await using var link = new RadioLink(house.Grpc, weather);
        await using RadioCrew crew = RadioCrew.Open(house, unit, link);
        CommandAnswer<SignOnResponse>.Done done = await RadioCrew.DoneAsync(
            crew.Tablet.Queue.Offer(new SignOnRequest { UnitId = unit.Id.Value })
        );
        output.WriteLine(
            $"{link.Lost} segments lost, signed on after {done.Waited.TotalSeconds:F1} s"
        );
        Assert.True(link.Lost >= 2);
        Assert.Equal((1, 1), (done.Tries, (int)link.Spent.Connections));
    }

    [Theory]
    [InlineData(7)]
    public async Task What_a_cut_link_swallowed_is_told_again_and_stands_in_the_journal_once(
        int seed
    )
    {
        output.WriteLine($"seed {seed}");
        UnitPlan unit = await RadioCrew.EnrolAsync(house, 1);
        await using var link = new RadioLink(
            house.Grpc,
            RadioWeather.Bad(seed) with
            {
                LostShare = 0,
            }
        );
        await using RadioCrew crew = RadioCrew.Open(house, unit, link);
        await crew.SignOnAsync();
        crew.Listen();
        await using Run run = await Run.StartAsync(house, 1);
        Assignment order = (await crew.HearOrderAsync()).Assignment;
        await RadioCrew.DoneAsync(crew.Acknowledge(order));
        // The command is lost on its way there; then, of another one, the answer on its way back.
        await CutAsync(MilestoneKind.EnRoute, (now, before) => now.UpBytes > before.UpBytes);
        await CutAsync(MilestoneKind.OnScene, (now, before) => now.DownBytes > before.DownBytes);
        await ToldOnceAsync(run, MilestoneKind.EnRoute, MilestoneKind.OnScene);
        // The feed has outlived it too.
        await run.DisposeAsync();
        await crew.HearEndAsync();

        async Task CutAsync(MilestoneKind kind, Func<WireSpent, WireSpent, bool> isOnItsWay)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            WireSpent before = link.Spent;
            Offer<ReportMilestoneResponse> offer = crew.Tap(order, kind);
            await link.UntilAsync(now => isOnItsWay(now, before));
            link.Cut();
            Assert.Equal(1, crew.Tablet.Queue.WaitingCount);
            await Task.Delay(TimeSpan.FromSeconds(3));
            link.Restore();
            CommandAnswer<ReportMilestoneResponse>.Done done = await RadioCrew.DoneAsync(offer);
            output.WriteLine($"{kind}: {done.Tries} tries, {done.Waited.TotalSeconds:F1} s");
            Assert.True(done.Tries > 1);
        }
    }

    private async Task TapAsync(RadioCrew crew, Assignment order, MilestoneKind[] kinds)
    {
        Lap();
        Offer<AcknowledgeAssignmentResponse> acknowledged = crew.Acknowledge(order);
        Offer<ReportMilestoneResponse>[] taps =
        [
            .. kinds.Select(kind =>
            {
                Lap();
                Offer<ReportMilestoneResponse> offer = crew.Tap(order, kind);
                Assert.InRange(Lap(), TimeSpan.Zero, TapTakes);
                return offer;
            }),
        ];
        Assert.True(crew.Tablet.Queue.WaitingCount > 1, "The queue took the taps before the link.");
        await RadioCrew.DoneAsync(acknowledged);
        foreach (Offer<ReportMilestoneResponse> tap in taps)
        {
            CommandAnswer<ReportMilestoneResponse>.Done done = await RadioCrew.DoneAsync(tap);
            Assert.Equal((1, false), (done.Tries, done.Response.AlreadyTold));
        }

        Lap($"{1 + taps.Length} commands, at the first try");
    }

    private async Task TellPositionsAsync(RadioCrew crew)
    {
        for (int batch = 1; batch <= 3; batch++)
        {
            for (int i = 0; i < 3; i++)
            {
                crew.Tablet.Positions.Observe(RadioCrew.OnTheWay((3 * batch) + i), 8);
                // Each at a moment of its own.
                await Task.Delay(2);
            }

            await crew.Tablet.Positions.TellAsync(CancellationToken.None);
            Assert.Equal(3 * batch, crew.Tablet.Positions.ToldCount);
        }

        Lap("3 batches of positions, each within its deadline");
    }

    private static async Task ToldOnceAsync(Run run, params MilestoneKind[] tapped)
    {
        MilestoneKind[] kept = [.. (await run.LookAsync()).Milestones.Select(m => m.Kind)];
        Assert.Equal(
            [MilestoneKind.CallReceived, MilestoneKind.Dispatched, .. tapped],
            kept.Order()
        );
    }

    private TimeSpan Lap(string? what = null)
    {
        TimeSpan took = TimeProvider.System.GetElapsedTime(_began);
        _began = TimeProvider.System.GetTimestamp();
        if (what is not null)
        {
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{what}: {took.TotalSeconds:F1} s")
            );
        }

        return took;
    }
}
