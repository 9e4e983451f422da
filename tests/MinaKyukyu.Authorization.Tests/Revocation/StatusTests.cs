using Microsoft.Extensions.Logging.Abstractions;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Levels;
using MinaKyukyu.Authorization.Ports;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.StandIn.Cards;
using MinaKyukyu.StandIn.Revocation;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.Authorization.Tests.Revocation;

/// <summary>What is asked, how long anybody waits, and what is kept.</summary>
public sealed class StatusTests
{
    private readonly ManualTime _time = new();
    private readonly TestResponder _responder;

    public StatusTests() => _responder = new TestResponder(_time);

    [Fact]
    public async Task An_answer_is_asked_for_once_until_the_responder_knows_more()
    {
        await using CardWorld world = await OpenAsync();
        StatusQuestion question = Question(world);
        await TierAsync(world, question);
        await TierAsync(world, question);
        Assert.Equal(1, _responder.Questions);
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(RevocationTier.OcspFresh, await TierAsync(world, question));
        Assert.Equal(2, _responder.Questions);
    }

    [Fact]
    public async Task An_answer_without_a_next_update_is_asked_for_each_time()
    {
        _responder.Answer = a => TestResponder.Reply(a.Saying(s => s with { NextUpdate = null }));
        await using CardWorld world = await OpenAsync();
        StatusQuestion question = Question(world);
        await TierAsync(world, question);
        await TierAsync(world, question);
        Assert.Equal(2, _responder.Questions);
    }

    /// <summary>One silent responder, hour by hour: the rows of the table from the top to the bottom, and back.</summary>
    [Fact]
    public async Task A_silent_responder_leads_down_the_rows_and_its_return_leads_back()
    {
        await using CardWorld world = await OpenAsync();
        StatusQuestion question = Question(world);
        Assert.Equal(RevocationTier.OcspFresh, await TierAsync(world, question));
        Assert.Null(world.Lists.Load(ListOf()));
        Silence();

        _time.Advance(TimeSpan.FromSeconds(906));
        Assert.Equal(RevocationTier.OcspCached, await TierAsync(world, question));
        _time.Advance(TimeSpan.FromSeconds(3600 - 906));
        Assert.Equal(RevocationTier.OcspCached, await TierAsync(world, question));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(RevocationTier.CrlOnly, await TierAsync(world, question));
        _time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(RevocationTier.NothingFresh, await TierAsync(world, question));
        _responder.Answer = a => TestResponder.Reply(a.Right);
        Assert.Equal(RevocationTier.OcspFresh, await TierAsync(world, question));
    }

    [Fact]
    public async Task Revoked_once_is_revoked_for_good()
    {
        await using CardWorld world = await OpenAsync();
        StatusQuestion question = Question(world);
        _responder.Answer = a =>
            TestResponder.Reply(a.Saying(s => s with { Word = OcspWord.Revoked, Reason = 6 }));
        Assert.Equal(RevocationTier.Revoked, await TierAsync(world, question));
        // Taken out of its hold again: not for us, whatever the clocks do.
        _responder.Answer = a => TestResponder.Reply(a.Right);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(RevocationTier.Revoked, await TierAsync(world, question));
        _time.JumpWall(TimeSpan.FromDays(-400));
        Assert.Equal(RevocationTier.Revoked, await TierAsync(world, question));
    }

    [Fact]
    public async Task Setting_the_wall_clock_back_makes_no_answer_younger()
    {
        await using CardWorld world = await OpenAsync();
        StatusQuestion question = Question(world);
        await TierAsync(world, question);
        Assert.Null(world.Lists.Load(ListOf()));
        Silence();
        _time.Advance(TimeSpan.FromSeconds(3000));
        _time.JumpWall(TimeSpan.FromSeconds(-2998));
        // By the wall it is two seconds old and not overdue; by the steady clock fifty minutes.
        RevocationFinding finding = await FindAsync(world, question);
        Assert.Equal(RevocationTier.OcspCached, finding.Tier);
        Assert.Equal(TimeSpan.FromSeconds(3000), finding.Age);
        _time.Advance(TimeSpan.FromSeconds(601));
        Assert.Equal(RevocationTier.CrlOnly, await TierAsync(world, question));
        _time.Advance(TimeSpan.FromHours(23.5));
        _time.JumpWall(TimeSpan.FromHours(-23));
        Assert.Equal(RevocationTier.NothingFresh, await TierAsync(world, question));
    }

    [Theory]
    [InlineData(-315_360_000)]
    [InlineData(-300)]
    [InlineData(300)]
    [InlineData(315_360_000)]
    public async Task A_clock_that_was_moved_lets_no_card_in_on_an_old_answer(int seconds)
    {
        await using CardWorld world = await OpenAsync();
        StatusQuestion question = Question(world);
        await TierAsync(world, question);
        Silence();
        _time.Advance(TimeSpan.FromHours(2));
        _time.JumpWall(TimeSpan.FromSeconds(seconds));
        Assert.Equal(RevocationTier.NothingFresh, await TierAsync(world, question));
    }

    [Fact]
    public async Task Nobody_waits_longer_than_the_deadline_for_a_responder_that_hangs()
    {
        // It does not even obey the cancellation.
        _responder.Wait = _ => Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
        await using CardWorld world = await OpenAsync();
        // On a clock that nothing else has timers on.
        ManualTime clock = new();
        RevocationOptions options = new();
        CardStatuses statuses = new(
            _responder,
            new CrlBook([], TestCards.Anchors, options, clock, NullLogger<CrlBook>.Instance),
            options,
            new SystemNonceSource(),
            clock,
            NullLogger<CardStatuses>.Instance
        );
        Task<StatusEvidence> asked = statuses.LookUpAsync(Question(world), CancellationToken.None);
        await UntilAsync(() => clock.ActiveTimers == 2);
        clock.Advance(TimeSpan.FromMilliseconds(799));
        await Task.Yield();
        Assert.False(asked.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(OcspProblem.TimedOut, (await asked.WaitAsync(Patience)).Problem);
        Assert.Equal(0, statuses.UnderWay);
    }

    [Fact]
    public async Task Many_who_wait_for_one_card_make_one_question()
    {
        TaskCompletionSource gate = new();
        _responder.Wait = _ => gate.Task;
        await using CardWorld world = await OpenAsync();
        StatusQuestion question = Question(world);
        Task<StatusEvidence>[] asked =
        [
            .. Enumerable
                .Range(0, 64)
                .Select(_ => world.Statuses.LookUpAsync(question, CancellationToken.None)),
        ];
        Assert.Equal(1, world.Statuses.UnderWay);
        gate.SetResult();
        StatusEvidence[] all = await Task.WhenAll(asked).WaitAsync(Patience);
        Assert.Equal(1, _responder.Questions);
        Assert.All(
            all,
            e => Assert.Equal(RevocationTier.OcspFresh, world.Statuses.Decide(question, e).Tier)
        );
    }

    [Fact]
    public async Task The_seventeenth_question_at_once_is_decided_by_the_next_row()
    {
        TaskCompletionSource gate = new();
        _responder.Wait = _ => gate.Task;
        await using CardWorld world = await OpenAsync();
        Assert.Null(world.Lists.Load(ListOf()));
        List<Task<StatusEvidence>> asked = [];
        for (int i = 1; i <= 16; i++)
        {
            asked.Add(
                world.Statuses.LookUpAsync(
                    Question(world, TestCards.Find(i, CardKind.Valid).Card),
                    CancellationToken.None
                )
            );
        }

        StatusQuestion oneMore = Question(world, TestCards.Find(17, CardKind.Valid).Card);
        StatusEvidence full = await world
            .Statuses.LookUpAsync(oneMore, CancellationToken.None)
            .WaitAsync(Patience);
        Assert.Equal(OcspProblem.TooManyUnderWay, full.Problem);
        Assert.Equal(RevocationTier.CrlOnly, world.Statuses.Decide(oneMore, full).Tier);
        gate.SetResult();
        await Task.WhenAll(asked).WaitAsync(Patience);
        Assert.Equal(RevocationTier.OcspFresh, await TierAsync(world, oneMore));
    }

    [Fact]
    public async Task Answers_are_kept_up_to_the_bound_and_for_a_day()
    {
        await using CardWorld world = await OpenAsync(o => o.MostAnswers = 3);
        for (int i = 1; i <= 6; i++)
        {
            await TierAsync(world, Question(world, TestCards.Find(i, CardKind.Valid).Card));
        }

        Assert.Equal(3, world.Statuses.Count);
        _time.Advance(TimeSpan.FromHours(26));
        await TierAsync(world, Question(world));
        Assert.Equal(1, world.Statuses.Count);
    }

    [Fact]
    public async Task An_older_answer_does_not_replace_a_newer_one()
    {
        await using CardWorld world = await OpenAsync();
        StatusQuestion question = Question(world);
        await TierAsync(world, question);
        _time.Advance(TimeSpan.FromMinutes(16));
        // A responder that was rolled back, or a replay where no nonce is echoed.
        _responder.Answer = a =>
            TestResponder.Reply(
                a.Saying(s =>
                    s with
                    {
                        ThisUpdate = a.Now.AddMinutes(-40),
                        NextUpdate = a.Now.AddMinutes(15),
                    }
                )
            );
        RevocationFinding finding = await FindAsync(world, question);
        Assert.Equal(RevocationTier.OcspCached, finding.Tier);
        Assert.Equal(TimeSpan.FromMinutes(16), finding.Age);
    }

    [Fact]
    public async Task An_answer_that_never_ends_is_an_answer()
    {
        await using CardWorld world = await OpenAsync();
        StatusQuestion question = Question(world);
        _responder.Answer = a =>
            TestResponder.Reply(
                a.Saying(s =>
                    s with
                    {
                        NextUpdate = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero),
                    }
                )
            );
        Assert.Equal(RevocationTier.OcspFresh, (await FindAsync(world, question)).Tier);
        Assert.Equal(RevocationTier.OcspFresh, (await FindAsync(world, question)).Tier);
    }

    [Fact]
    public async Task Nobody_is_asked_about_junk_or_for_a_crew_that_does_not_attend()
    {
        await using CardWorld world = await OpenAsync();
        CardCheck check = await world.BeginAsync();
        CardEvidence good = CardWorld.Pin(check);
        AccessRequest Request(CardEvidence evidence, CardLevel least = CardLevel.CertificateRead) =>
            new(world.NextRequest(), check.Challenge.Id, world.Access.Examine(evidence), least);
        CardEvidence With(SoftwareCard card) => CardWorld.Pin(check, card);

        Assert.NotNull(world.Access.FindQuestion(Request(good), CardWorld.Crew));
        Assert.Null(world.Access.FindQuestion(Request(good), crew: null));
        Assert.Null(
            world.Access.FindQuestion(
                Request(good),
                CardWorld.Crew with
                {
                    IsAssignedAndActive = false,
                }
            )
        );
        Assert.Null(
            world.Access.FindQuestion(
                Request(good) with
                {
                    Challenge = new Vocabulary.Ids.ChallengeId("of-nobody"),
                },
                CardWorld.Crew
            )
        );
        CardEvidence[] junk =
        [
            new CardEvidence.PinChallenge(new byte[100], new byte[256]),
            With(TestCards.Find(1, CardKind.OtherAuthority).Card),
            With(TestCards.Find(1, CardKind.OtherPolicy).Card),
            With(TestCards.Find(1, CardKind.Expired).Card),
            With(TestCards.Find(1, CardKind.NotYetValid).Card),
            // Level A is shut here.
            new CardEvidence.CertificateRead(TestCards.Everyday.Certificate),
        ];
        Assert.All(junk, e => Assert.Null(world.Access.FindQuestion(Request(e), CardWorld.Crew)));
        Assert.Null(
            world.Access.FindQuestion(
                Request(world.Asserted(check), CardLevel.PinChallenge),
                CardWorld.Crew
            )
        );
        // An attempt that is not the first is no reason to ask either.
        Assert.IsType<AccessDecision.Granted>(await world.AskAndDecideAsync(check, good));
        int asked = _responder.Questions;
        Assert.Null(
            world.Access.FindQuestion(Request(With(TestCards.SecondPerson)), CardWorld.Crew)
        );
        Assert.Equal(asked, _responder.Questions);
    }

    [Fact]
    public async Task What_is_kept_about_a_card_says_nothing_of_itself()
    {
        await using CardWorld world = await OpenAsync();
        StatusQuestion question = Question(world);
        Assert.Equal("(withheld)", question.ToString());
        Assert.Equal(
            "(withheld)",
            (await world.Statuses.LookUpAsync(question, CancellationToken.None)).ToString()
        );
    }

    private static TimeSpan Patience => TimeSpan.FromSeconds(30);

    private void Silence() =>
        _responder.Answer = _ => new OcspReply.Failed(OcspProblem.Unreachable);

    private byte[] ListOf(params long[] revoked) =>
        TestCards.Authority.List(revoked, _time.GetUtcNow(), _time.GetUtcNow().AddHours(48));

    private static StatusQuestion Question(CardWorld world, SoftwareCard? card = null) =>
        world.Cards.FindQuestion(
            new CardEvidence.PinChallenge((card ?? TestCards.Everyday).Certificate, new byte[1]),
            TestCards.Start
        )!;

    private static async Task<RevocationTier> TierAsync(CardWorld world, StatusQuestion question) =>
        (await FindAsync(world, question)).Tier;

    private static async Task<RevocationFinding> FindAsync(
        CardWorld world,
        StatusQuestion question
    ) =>
        world.Statuses.Decide(
            question,
            await world.Statuses.LookUpAsync(question, CancellationToken.None).WaitAsync(Patience)
        );

    private Task<CardWorld> OpenAsync(Action<RevocationOptions>? change = null)
    {
        RevocationOptions revocation = new();
        change?.Invoke(revocation);
        return CardWorld.OpenAsync(s =>
            s with
            {
                Time = _time,
                Responder = _responder,
                Options = new AuthorizationOptions
                {
                    LevelB = s.Options.LevelB,
                    Revocation = revocation,
                },
            }
        );
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience);
            await Task.Delay(5);
        }
    }
}
