using MinaKyukyu.Contracts.Incident.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Contracts.Type.V1;
using MinaKyukyu.Server.Tests.Refusals;
using MinaKyukyu.StandIn.Cards;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>What the call said about the patient against the card's holder: a difference asks before anything is shown.</summary>
public sealed class HolderTests(ServedHouse house) : IClassFixture<ServedHouse>
{
    [Fact]
    public async Task A_holder_who_fits_the_call_is_shown_without_a_question()
    {
        // Patient 1 of the stand-in is a man of 73.
        await using Run run = await Run.StartAsync(house, 1, Heard("elderly", "male"));
        List<StreamSummaryResponse> told = await ReadAsync(run, await GrantAsync(run));
        Assert.Equal(SummaryOutcome.Complete, told[^1].End.Outcome);
        Assert.Null(told[^1].End.HolderNote);
    }

    [Fact]
    public async Task A_difference_asks_before_anything_is_shown_and_the_crews_word_opens_the_record()
    {
        await using Run run = await Run.StartAsync(house, 2, Heard("infant", "female"));
        string grant = await GrantAsync(run);

        // An answer before the question is none.
        Assert.NotNull(Assert.Single(await ReadAsync(run, grant, isConfirmed: true)).HolderDiffers);
        HolderDiffers question = Assert.Single(await ReadAsync(run, grant)).HolderDiffers;
        Assert.Equal(
            [("age-band", "infant", "elderly"), ("sex", "female", "male")],
            question.Differences.Select(d => (d.Heard.Table, d.Heard.Value, d.OfCard.Value))
        );
        Assert.Contains(
            "通報「乳幼児」・カード「高齢者」",
            question.Words.Ja,
            StringComparison.Ordinal
        );
        Assert.Contains("heard Female, card Male", question.Words.En, StringComparison.Ordinal);
        // Asked again without the crew's word it asks again.
        Assert.NotNull(Assert.Single(await ReadAsync(run, grant)).HolderDiffers);
        await AreShownAsync(run, "holder-differs", 3);
        Assert.Equal(0, Rows(run, "json_array_length(CAST(detail AS TEXT), '$.shown') > 0"));

        List<StreamSummaryResponse> shown = await ReadAsync(run, grant, isConfirmed: true);
        Assert.Equal(SummaryOutcome.Complete, shown[^1].End.Outcome);
        await AreShownAsync(run, "complete", 1);
        // The audit says that the crew confirmed, and neither age nor sex.
        Assert.Equal(1, Rows(run, "json_extract(CAST(detail AS TEXT), '$.holderConfirmed')"));
        Assert.Equal(
            0,
            Rows(run, "CAST(detail AS TEXT) LIKE '%male%' OR CAST(detail AS TEXT) LIKE '%elder%'")
        );
    }

    [Fact]
    public async Task Nothing_heard_asks_nothing_and_an_unknown_code_counts_as_nothing()
    {
        await using Run run = await Run.StartAsync(house, 3, Heard("of-another-form", "other"));
        List<StreamSummaryResponse> told = await ReadAsync(run, await GrantAsync(run));
        Assert.Equal(SummaryOutcome.Complete, told[^1].End.Outcome);
        Patient kept = Assert.Single((await run.LookAsync()).Patients);
        Assert.Equal((null, null), (kept.AgeBand, kept.Sex));
    }

    [Fact]
    public async Task A_source_that_does_not_know_the_holder_is_said_at_the_end_and_refuses_nothing()
    {
        await using Run run = await Run.StartAsync(house, 4, Heard("infant", "female"));
        string grant = await GrantAsync(run, CardKind.NotRegistered);
        List<StreamSummaryResponse> told = await ReadAsync(run, grant);
        Assert.Equal(SummaryOutcome.NoRecord, told[^1].End.Outcome);
        Assert.Contains("照合できません", told[^1].End.HolderNote.Ja, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_crew_at_the_same_patient_needs_its_own_photo_check_and_its_own_word()
    {
        await using Run run = await Run.StartAsync(house, 5, Heard("infant", null));
        string first = await GrantAsync(run);
        await ReadAsync(run, first);
        Assert.NotNull((await ReadAsync(run, first, isConfirmed: true))[^1].End);

        await Run.SignOnAsync(house, house.Unit(6));
        await house.Dispatcher.Dispatch.AssignUnitAsync(
            new Contracts.Dispatch.V1.AssignUnitRequest
            {
                RequestId = house.Next(),
                IncidentId = run.Incident,
                UnitId = house.Unit(6).Id.Value,
            }
        );
        Caller second = house.CrewOf(house.Unit(6));
        // The first crew's grant never moves.
        await Refuses.WithAsync(
            "GRANT_NOT_FOUND",
            house,
            () => ReadAsync(second, run.Incident, first, isConfirmed: true)
        );
        // Without a photo check of its own there is no challenge that it could answer.
        CardInHand firstCard = await CardInHand.BeginAsync(house, run);
        await Refuses.WithAsync(
            "CARD_CHALLENGE_UNKNOWN",
            house,
            async () =>
                await second.Authorization.RequestAccessAsync(
                    firstCard.Pin(firstCard.Card(CardKind.Valid))
                )
        );
        CardInHand own = await CardInHand.BeginAsync(house, run, second);
        string grant = (
            await second.Authorization.RequestAccessAsync(own.Pin(own.Card(CardKind.Valid)))
        ).GrantId;
        Assert.NotEqual(first, grant);
        // What the first crew said about the holder is not the second's word.
        Assert.NotNull(
            Assert
                .Single(await ReadAsync(second, run.Incident, grant, isConfirmed: false))
                .HolderDiffers
        );
    }

    private static Patient Heard(string? band, string? sex) =>
        new()
        {
            Number = 1,
            AgeBand = band is null ? null : new Code { Table = "age-band", Value = band },
            Sex = sex is null ? null : new Code { Table = "sex", Value = sex },
        };

    private async Task<string> GrantAsync(Run run, CardKind kind = CardKind.Valid)
    {
        CardInHand card = await CardInHand.BeginAsync(house, run);
        return (await run.Crew.Authorization.RequestAccessAsync(card.Pin(card.Card(kind)))).GrantId;
    }

    private static Task<List<StreamSummaryResponse>> ReadAsync(
        Run run,
        string grant,
        bool isConfirmed = false
    ) => ReadAsync(run.Crew, run.Incident, grant, isConfirmed);

    private static async Task<List<StreamSummaryResponse>> ReadAsync(
        Caller by,
        string incident,
        string grant,
        bool isConfirmed
    )
    {
        using var stream = by.MedicalInfo.StreamSummary(
            new StreamSummaryRequest
            {
                IncidentId = incident,
                GrantId = grant,
                HolderConfirmed = isConfirmed,
            }
        );
        List<StreamSummaryResponse> told = [];
        while (await stream.ResponseStream.MoveNext(CancellationToken.None))
        {
            told.Add(stream.ResponseStream.Current);
        }

        return told;
    }

    /// <summary>The row is written when the reading has ended, which the reader does not wait for.</summary>
    private async Task AreShownAsync(Run run, string ended, int times)
    {
        string where = $"json_extract(CAST(detail AS TEXT), '$.ended') = '{ended}'";
        for (int i = 0; i < 200 && Rows(run, where) < times; i++)
        {
            await Task.Delay(20);
        }

        Assert.Equal(times, Rows(run, where));
    }

    private long Rows(Run run, string where) =>
        house.Truth.Count(
            $"SELECT count(*) FROM audit WHERE event LIKE 'summary.%' AND subject = 'incident/{run.Incident}' AND ({where})"
        );
}
