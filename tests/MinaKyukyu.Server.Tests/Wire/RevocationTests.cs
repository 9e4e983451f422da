using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.Contracts.Authorization.V1;
using MinaKyukyu.Contracts.MedicalInfo.V1;
using MinaKyukyu.Server.Sentences;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Revocation;
using MinaKyukyu.Tablet.Link;

namespace MinaKyukyu.Server.Tests.Wire;

/// <summary>The house with a responder to ask, which is asked again quickly, and no list.</summary>
public sealed class AskingHouse : ServedHouse
{
    protected override MinaServerOptions Change(MinaServerOptions usual) =>
        usual with
        {
            Card = usual.Card! with
            {
                Ocsp = new Uri(usual.Card.Records, "/ocsp"),
                LevelA = new LevelApproval(ApprovedNumber, new DateOnly(2026, 1, 1), "test"),
                Revocation = new RevocationOptions
                {
                    RequireNonce = true,
                    AskAgainEvery = TimeSpan.FromSeconds(1),
                },
            },
        };

    private const string ApprovedNumber = "SIMULATED-0002";
}

/// <summary>Revocation from the crew's tablet to the responder and back, with every word that the crew hears.</summary>
public sealed class RevocationTests(AskingHouse house) : IClassFixture<AskingHouse>, IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    public void Dispose() => house.Revocation.Current = RevocationFault.None;

    [Fact]
    public async Task A_good_card_carries_no_note_about_revocation()
    {
        await using Run run = await Run.StartAsync(house, 0);
        CardInHand card = await CardInHand.BeginAsync(house, run);
        RequestAccessResponse byPin = await run.Crew.Authorization.RequestAccessAsync(
            card.Pin(card.Card(CardKind.Valid, 21))
        );
        Assert.Empty(byPin.Notes);
        CardInHand again = await CardInHand.BeginAsync(house, run);
        RequestAccessResponse asserted = await run.Crew.Authorization.RequestAccessAsync(
            again.Asserted(again.Card(CardKind.Valid, 21))
        );
        Assert.Equal(["CARD_SIMULATED"], asserted.Notes.Select(n => n.Code));
    }

    [Theory]
    [InlineData(RevocationFault.None, CardKind.Revoked, "CARD_REVOKED")]
    [InlineData(RevocationFault.Error, CardKind.Valid, "CARD_REVOCATION_UNKNOWN")]
    [InlineData(RevocationFault.TryLater, CardKind.Valid, "CARD_REVOCATION_UNKNOWN")]
    [InlineData(RevocationFault.Stale, CardKind.Valid, "CARD_REVOCATION_UNKNOWN")]
    [InlineData(RevocationFault.WrongSigner, CardKind.Valid, "CARD_REVOCATION_ANSWER_INVALID")]
    [InlineData(RevocationFault.Replay, CardKind.Valid, "CARD_REVOCATION_ANSWER_INVALID")]
    public async Task Refuses_and_opens_nothing(RevocationFault fault, CardKind kind, string reason)
    {
        // Its key takes longer to make than a question may take.
        Assert.NotNull(house.Cards.Namesake);
        house.Revocation.Current = fault;
        await using Run run = await Run.StartAsync(house, 1);
        CardInHand card = await CardInHand.BeginAsync(house, run);
        TruthNow before = await house.Truth.NowAsync();
        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await run.Crew.Authorization.RequestAccessAsync(card.Pin(card.Card(kind, 22)))
        );
        Refusal refusal = Refusal.Of(failure);
        Assert.Equal(
            (reason, RefusalSentences.Get(reason).Status, RefusalSentences.Get(reason).Ja),
            (refusal.Reason, refusal.Code, refusal.Sentence)
        );
        TruthNow after = await house.Truth.NowAsync();
        // One question to the responder, and nothing else in the world.
        Assert.Equal(before with { UpstreamRequests = before.UpstreamRequests + 1 }, after);
    }

    [Fact]
    public async Task A_responder_that_hangs_costs_a_crew_the_deadline_and_no_more()
    {
        house.Revocation.Current = RevocationFault.Hang;
        await using Run run = await Run.StartAsync(house, 2);
        CardInHand card = await CardInHand.BeginAsync(house, run);
        RequestAccessRequest request = card.Pin(card.Card(CardKind.Valid, 23));
        long began = TimeProvider.System.GetTimestamp();
        RpcException failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await run.Crew.Authorization.RequestAccessAsync(request)
        );
        Assert.Equal("CARD_REVOCATION_UNKNOWN", Refusal.Of(failure).Reason);
        // 800 ms, and room for a machine that does many things at once; hanging would last for ever.
        Assert.InRange(
            TimeProvider.System.GetElapsedTime(began),
            TimeSpan.FromMilliseconds(700),
            TimeSpan.FromMilliseconds(800 + 10_000)
        );
    }

    [Fact]
    public async Task An_emergency_read_on_nothing_fresh_is_asked_about_again_and_ends_when_revoked()
    {
        house.Revocation.Current = RevocationFault.Error;
        await using Run run = await Run.StartAsync(house, 3);
        IssuedCard patient = house.Cards.Find(26, CardKind.Valid)!;
        CardInHand card = await BeginWithoutConsentAsync(run);
        RequestAccessResponse grant = await run.Crew.Authorization.RequestAccessAsync(
            card.Pin(patient)
        );
        Assert.Equal(["CARD_REVOCATION_UNKNOWN"], grant.Notes.Select(n => n.Code));
        Assert.Equal(SummaryOutcome.Complete, await ReadAsync(run, grant.GrantId));

        // The responder comes back and knows more.
        house.Cards.Revoke(26, CardKind.Valid);
        house.Revocation.Current = RevocationFault.None;
        await UntilAsync(async () => !await IsOpenAsync(run, grant.GrantId));
        // Viewing stops first; the row follows.
        await UntilAsync(() =>
            Task.FromResult(
                house.Truth.Count("SELECT count(*) FROM audit WHERE event = 'access.rechecked'")
                    == 1
            )
        );
        Assert.Equal(0, house.App.Services.GetRequiredService<StatusRechecks>().Count);
    }

    [Fact]
    public async Task A_certificate_merely_read_goes_on_with_emergency_items_when_nothing_is_fresh()
    {
        house.Revocation.Current = RevocationFault.Error;
        await using Run run = await Run.StartAsync(house, 4);
        CardInHand card = await CardInHand.BeginAsync(house, run);
        RequestAccessResponse grant = await run.Crew.Authorization.RequestAccessAsync(
            card.Read(card.Card(CardKind.Valid, 25))
        );
        Assert.Equal("A", grant.CardLevel);
        Assert.Equal(["CARD_REVOCATION_UNKNOWN"], grant.Notes.Select(n => n.Code));
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Soon);
            await Task.Delay(50);
        }
    }

    private async Task<CardInHand> BeginWithoutConsentAsync(Run run)
    {
        BeginCardCheckRequest request = CardInHand.Begin(
            house,
            run,
            consent: ConsentBasis.NotObtainable
        );
        request.ConsentJudgement = new ConsentJudgement
        {
            Jcs = "200",
            ReasonCode = "unconscious",
            JudgedBy = "leader",
            ConfirmedBy = "member-2",
        };
        return await CardInHand.BeginAsync(house, run, request);
    }

    private static async Task<SummaryOutcome> ReadAsync(Run run, string grant)
    {
        using var stream = run.Crew.MedicalInfo.StreamSummary(
            new StreamSummaryRequest { IncidentId = run.Incident, GrantId = grant }
        );
        var outcome = SummaryOutcome.Unspecified;
        while (await stream.ResponseStream.MoveNext(CancellationToken.None))
        {
            outcome = stream.ResponseStream.Current.End?.Outcome ?? outcome;
        }

        return outcome;
    }

    private static async Task<bool> IsOpenAsync(Run run, string grant)
    {
        try
        {
            await ReadAsync(run, grant);
            return true;
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.NotFound)
        {
            return false;
        }
    }
}
