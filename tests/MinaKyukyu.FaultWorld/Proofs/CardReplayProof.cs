using MinaKyukyu.FaultWorld.CardReplays;
using MinaKyukyu.FaultWorld.Houses;
using MinaKyukyu.Storage;
using MinaKyukyu.Storage.Sqlite;

namespace MinaKyukyu.FaultWorld.Proofs;

/// <summary><c>card-replay</c>: what a card signed opens a record once, however often it is handed in.</summary>
internal static class CardReplayProof
{
    private const int CiReplays = 2_000;

    private const int FullSeries = 10;

    private const int ReplaysOfFullSeries = 10_000;

    /// <summary>Two rounds and more; the bug shows in each.</summary>
    private const int PlantedReplays = 100;

    public static async Task<ProofResult> RunAsync(ProofWish wish, CancellationToken stop)
    {
        List<string> failures = [];
        SortedDictionary<string, int> points = new(StringComparer.Ordinal);
        int originals = 0;
        for (int i = 0; i < (wish.IsFull ? FullSeries : 1); i++)
        {
            using var data = new TemporaryData();
            ReplaySeries series = new(() => Open(data), wish.Seed + i);
            await series.RunAsync(wish.IsFull ? ReplaysOfFullSeries : CiReplays, stop);
            failures.AddRange(series.Accepted.Select(a => $"a replay was accepted: {a}"));
            if (series.OriginalsAccepted != series.Originals)
            {
                failures.Add(
                    $"seed {wish.Seed + i}: {series.OriginalsAccepted} of {series.Originals} originals accepted"
                );
            }

            originals += series.OriginalsAccepted;
            foreach ((string way, int count) in series.Ways)
            {
                points[way] = points.GetValueOrDefault(way) + count;
            }

            wish.Tell(
                $"seed {wish.Seed + i}: {series.Replays} replays, {series.Accepted.Count} accepted; {series.OriginalsAccepted} of {series.Originals} originals accepted"
            );
        }

        foreach ((string way, int count) in points)
        {
            wish.Tell($"{way}: {count}");
        }

        return new ProofResult
        {
            Acknowledged = originals,
            Points = points,
            PlantedCaught = await CatchPlantedAsync(wish, stop),
            Failures = failures,
        };
    }

    /// <summary>The book forgets and the journal has no claim: each alone is harmless, both together let a replay in.</summary>
    private static async Task<bool> CatchPlantedAsync(ProofWish wish, CancellationToken stop)
    {
        using var data = new TemporaryData();
        ReplaySeries series = new(() => new ClaimlessStore(Open(data)), wish.Seed);
        await series.RunAsync(PlantedReplays, stop);
        wish.Tell(
            series.Accepted.Count > 0
                ? $"planted forgetful book and no claim: caught, such as: {series.Accepted[0]}"
                : "planted forgetful book and no claim: NOT caught"
        );
        return series.Accepted.Count > 0;
    }

    private static SqliteJournalStore Open(TemporaryData data) =>
        new(new DataDirectory(data.Server), TimeProvider.System);
}
