using System.Diagnostics;
using MinaKyukyu.Authorization.CardChecks;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Grants;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.TestKit;
using Xunit.Abstractions;

namespace MinaKyukyu.Authorization.Tests.Revocation;

/// <summary>What a decision at level C costs with cached status: processor time, because others use the machine too.</summary>
public sealed class CostTests(ITestOutputHelper output)
{
    /// <summary>The budget is 5 ms for the whole call; the decision may take a part of it, also on a slow machine.</summary>
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task A_decision_with_cached_status_costs_a_fraction_of_the_budget()
    {
        ManualTime time = new();
        TestResponder responder = new(time);
        await using CardWorld world = await CardWorld.OpenAsync(s =>
            s with
            {
                Time = time,
                Responder = responder,
            }
        );
        CardCheck check = await world.BeginAsync();
        CardEvidence evidence = CardWorld.Pin(check);
        StatusQuestion question = world.Cards.FindQuestion(evidence, time.GetUtcNow())!;
        await MeasureAsync("warm-up", 200, Whole);
        TimeSpan whole = await MeasureAsync("question, look-up and verdict", 500, Whole);
        await MeasureAsync(
            "question",
            500,
            () =>
            {
                world.Cards.FindQuestion(evidence, time.GetUtcNow());
                return Task.CompletedTask;
            }
        );
        await MeasureAsync(
            "look-up",
            500,
            () => world.Statuses.LookUpAsync(question, CancellationToken.None)
        );
        await MeasureAsync(
            "status",
            500,
            () =>
            {
                world.Statuses.Decide(question, world.Statuses.AtHand(question));
                return Task.CompletedTask;
            }
        );
        Assert.Equal(1, responder.Questions);
        Assert.InRange(whole, TimeSpan.Zero, Most);

        async Task Whole()
        {
            StatusQuestion asked = world.Cards.FindQuestion(evidence, time.GetUtcNow())!;
            StatusEvidence status = await world.Statuses.LookUpAsync(asked, CancellationToken.None);
            Assert.IsType<CardVerdict.Accepted>(
                world.Cards.Verify(
                    evidence,
                    check.Challenge,
                    ReadKind.Normal,
                    status,
                    time.GetUtcNow()
                )
            );
        }
    }

    private async Task<TimeSpan> MeasureAsync(string what, int times, Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        for (int i = 0; i < times; i++)
        {
            await work();
        }

        process.Refresh();
        TimeSpan each = (process.TotalProcessorTime - before) / times;
        output.WriteLine($"{what}: {each.TotalMilliseconds:0.000} ms of processor time");
        return each;
    }
}
