using MinaKyukyu.FaultWorld.CardReplays;
using MinaKyukyu.TestKit;
using Xunit.Abstractions;

namespace MinaKyukyu.Authorization.Tests.Negatives;

/// <summary>The series of <c>./prove card-replay</c> over a store in memory.</summary>
public sealed class CardReplayTests(ITestOutputHelper output)
{
    private const int Fewest = 2_000;

    [Fact]
    public async Task Of_two_thousand_replays_none_is_accepted_and_each_original_once()
    {
        InMemoryJournalStore data = new();
        ReplaySeries series = new(() => data, NegativeTable.Seed);
        await series.RunAsync(Fewest, CancellationToken.None);

        output.WriteLine($"seed {NegativeTable.Seed}: {series.Replays} replays");
        foreach ((string way, int count) in series.Ways)
        {
            output.WriteLine($"{way}: {count}");
        }

        Assert.Empty(series.Accepted);
        Assert.Equal(series.Originals, series.OriginalsAccepted);
        Assert.True(series.Replays >= Fewest);
    }

    /// <summary>Either safeguard alone holds; the series sees it when both are gone.</summary>
    [Fact]
    public async Task A_forgetful_book_over_a_journal_without_claims_is_noticed()
    {
        InMemoryJournalStore data = new();
        ReplaySeries series = new(() => new ClaimlessStore(data), NegativeTable.Seed);
        await series.RunAsync(100, CancellationToken.None);

        Assert.NotEmpty(series.Accepted);
        Assert.All(
            series.Accepted,
            a => Assert.EndsWith(ReplaySeries.ForgetfulBook, a, StringComparison.Ordinal)
        );
    }
}
