using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Tests;
using MinaKyukyu.MedicalInfo.Needs;
using MinaKyukyu.MedicalInfo.Ports;
using MinaKyukyu.MedicalInfo.Summaries;
using MinaKyukyu.MedicalInfo.Tests.StandIn;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.MedicalInfo.Tests.Grants;

/// <summary>The door itself: a card, a check, a commit, a grant, and only then a summary.</summary>
public sealed class GrantedReadingTests
{
    [Fact]
    public async Task A_grant_got_as_crews_get_it_opens_the_summary_of_that_card_and_its_purge_closes_it()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        AccessGrant grant = await GrantAsync(world, TestCards.Everyday);
        await using StandInRecords records = await StandInRecords.StartAsync(
            time: world.Time,
            cards: TestCards.National
        );
        await using ServiceProvider services = Services(world, records);
        MedicalSummaries summaries = services.GetRequiredService<MedicalSummaries>();

        List<SummaryEvent> events = await summaries.ReadAll(grant);

        // Patient 1 of the stand-in is on dialysis.
        Assert.Equal(SummaryOutcome.Complete, events.End().Outcome);
        CareNeedFinding finding = Assert.Single(
            CareNeedRules.Evaluate(
                events.End().Summary,
                reportedHeadInjury: false,
                RecordDate.DayInJapan(world.Time.GetUtcNow())
            )
        );
        Assert.Equal(CareNeeds.Dialysis, finding.Need);

        await summaries.ForgetAsync(grant.Incident, CancellationToken.None);
        Assert.Equal(SummaryOutcome.Unavailable, (await summaries.ReadAll(grant)).End().Outcome);
        Assert.Equal(8, records.Counted);
    }

    [Fact]
    public async Task A_card_that_was_never_registered_has_nothing_on_file()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        SoftwareCard card = TestCards.Find(3, CardKind.NotRegistered).Card;
        AccessGrant grant = await GrantAsync(world, card);
        await using StandInRecords records = await StandInRecords.StartAsync(
            time: world.Time,
            cards: TestCards.National
        );
        await using ServiceProvider services = Services(world, records);

        List<SummaryEvent> events = await services
            .GetRequiredService<MedicalSummaries>()
            .ReadAll(grant);

        Assert.Equal(SummaryOutcome.NoRecord, events.End().Outcome);
    }

    [Theory]
    [InlineData("no address")]
    [InlineData("patience")]
    public void Options_outside_their_range_do_not_start(string what)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddMedicalInfo(options =>
        {
            options.SourceAddress =
                what == "no address" ? null : new Uri("http://127.0.0.1:1/fhir/");
            options.AnswerWithin = TimeSpan.FromSeconds(what == "patience" ? 3 : 1.9);
        });
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            provider.GetRequiredService<MedicalSummaries>()
        );
    }

    private static async Task<AccessGrant> GrantAsync(CardWorld world, SoftwareCard card)
    {
        CardCheck check = await world.BeginAsync();
        return await world.GrantAsync(check, CardWorld.Pin(check, card));
    }

    private static ServiceProvider Services(CardWorld world, StandInRecords records)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(world.Time);
        services.AddMedicalInfo(options =>
            options.SourceAddress = new Uri(records.Address, "fhir/")
        );
        return services.BuildServiceProvider();
    }
}
