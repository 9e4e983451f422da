using System.Text.Json;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Journal.Reading;
using MinaKyukyu.Vocabulary.Patients;

namespace MinaKyukyu.Authorization.Tests.CardChecks;

public sealed class BeginningTests
{
    private static readonly ConsentBasis.NotObtainable Judged = (ConsentBasis.NotObtainable)
        CardWorld.NotObtainable;

    [Fact]
    public async Task Identity_and_consent_give_a_challenge_and_a_fact()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck check = await world.BeginAsync(consent: Judged);

        JournaledFact fact = Assert.Single(await world.FactsAsync());
        Assert.Equal("authorization.card-check-begun", fact.Fact.Kind);
        using JsonDocument body = JsonDocument.Parse(fact.Fact.Body);
        Assert.Equal(
            check.Challenge.Id.Value,
            body.RootElement.GetProperty("challengeId").GetString()
        );
        Assert.Equal(
            "member-2",
            body.RootElement.GetProperty("consent").GetProperty("confirmedBy").GetString()
        );
        Assert.Empty(await world.AuditAsync());
        Assert.Equal(
            TimeSpan.FromSeconds(60),
            check.Challenge.ExpiresAt - check.Challenge.IssuedAt
        );
    }

    [Fact]
    public async Task A_patient_who_says_no_closes_the_card_step_and_leaves_nothing()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck open = await world.BeginAsync();
        long before = world.Journal.Position;
        CardCheckDecision decision = world.Checks.Begin(
            CardWorld.Crew,
            IdentityCheck.PhotoMatchedByCrew,
            new ConsentBasis.Refused()
        );
        Assert.IsType<CardCheckDecision.Closed>(decision);
        Assert.Equal(before, world.Journal.Position);
        Assert.Equal(0, world.Challenges.Count);
        // A check that was already under way is over with it.
        await world.RefusesAsync(
            RefusalReason.ChallengeUnknown,
            () => world.Decide(open, CardWorld.Pin(open))
        );
    }

    [Fact]
    public async Task A_face_that_does_not_match_is_refused_and_the_PIN_is_still_possible()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        Assert.Equal(
            new CardCheckDecision.Refused(RefusalReason.IdentityNotMatched),
            world.Checks.Begin(CardWorld.Crew, IdentityCheck.NotMatched, CardWorld.Spoken)
        );
        Assert.Equal(0, world.Challenges.Count);
        CardCheck check = await world.BeginAsync(identity: IdentityCheck.PinEntered);
        Assert.IsType<AccessDecision.Granted>(world.Decide(check, CardWorld.Pin(check)));
    }

    [Fact]
    public async Task Viewing_without_consent_needs_all_four_answers_and_two_people()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        foreach (
            ConsentBasis.NotObtainable half in new[]
            {
                Judged with
                {
                    JudgedBy = "",
                },
                Judged with
                {
                    ConfirmedBy = "",
                },
                Judged with
                {
                    ReasonCode = "",
                },
                Judged with
                {
                    Jcs = "",
                },
                Judged with
                {
                    Jcs = "4",
                },
                Judged with
                {
                    ConfirmedBy = Judged.JudgedBy,
                },
                Judged with
                {
                    ConfirmedBy = "LEADER",
                },
                Judged with
                {
                    JudgedBy = "山田",
                },
            }
        )
        {
            Assert.Equal(
                new CardCheckDecision.Refused(RefusalReason.ConsentJudgementIncomplete),
                world.Checks.Begin(CardWorld.Crew, IdentityCheck.PhotoMatchedByCrew, half)
            );
        }

        Assert.Equal(0, world.Challenges.Count);
        Assert.IsType<CardCheckDecision.Begun>(
            world.Checks.Begin(CardWorld.Crew, IdentityCheck.PhotoMatchedByCrew, Judged)
        );
    }

    [Fact]
    public async Task A_run_of_twelve_digits_is_refused_here()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        Assert.Equal(
            new CardCheckDecision.Refused(RefusalReason.PersonalNumber),
            world.Checks.Begin(
                CardWorld.Crew,
                IdentityCheck.PhotoMatchedByCrew,
                Judged with
                {
                    JudgedBy = "1234-5678-9012",
                }
            )
        );
        Assert.IsType<CardCheckDecision.Begun>(
            world.Checks.Begin(
                CardWorld.Crew,
                IdentityCheck.PhotoMatchedByCrew,
                Judged with
                {
                    JudgedBy = "1234-5678-901",
                }
            )
        );
    }

    [Fact]
    public async Task A_second_check_for_the_same_patient_replaces_the_first()
    {
        await using CardWorld world = await CardWorld.OpenAsync();
        CardCheck first = await world.BeginAsync();
        CardCheck second = await world.BeginAsync();
        CardCheck otherPatient = await world.BeginAsync(
            CardWorld.Crew with
            {
                PatientSlot = new PatientSlot(2),
            }
        );
        Assert.Equal(2, world.Challenges.Count);
        await world.RefusesAsync(
            RefusalReason.ChallengeUnknown,
            () => world.Decide(first, CardWorld.Pin(first))
        );
        Assert.IsType<AccessDecision.Granted>(world.Decide(second, CardWorld.Pin(second)));
        Assert.NotNull(otherPatient);
    }

    [Fact]
    public async Task A_full_book_refuses_and_has_room_again_when_challenges_are_over()
    {
        await using CardWorld world = await CardWorld.OpenAsync(s =>
            s with
            {
                Options = new AuthorizationOptions { MostOpenChallenges = 2 },
            }
        );
        AttendingCrew Patient(int number) =>
            CardWorld.Crew with
            {
                PatientSlot = new PatientSlot(number),
            };
        await world.BeginAsync(Patient(1));
        await world.BeginAsync(Patient(2));
        Assert.Equal(
            new CardCheckDecision.Refused(RefusalReason.TooManyOpen),
            world.Checks.Begin(Patient(3), IdentityCheck.PhotoMatchedByCrew, CardWorld.Spoken)
        );
        // The same patient again replaces, and so fits.
        await world.BeginAsync(Patient(2));
        world.Time.Advance(TimeSpan.FromSeconds(60));
        await world.BeginAsync(Patient(3));
    }
}
