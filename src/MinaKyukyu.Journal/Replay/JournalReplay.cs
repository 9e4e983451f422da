using MinaKyukyu.Journal.Ports;
using MinaKyukyu.Journal.Reading;

namespace MinaKyukyu.Journal.Replay;

/// <summary>Rebuilds the projections from position 0, before anything new is taken.</summary>
internal sealed class JournalReplay(
    IJournalStore store,
    IProjection projections,
    JournalOptions options,
    TimeProvider time,
    IProgress<ReplayAccount>? progress
)
{
    /// <param name="end">Position of the last fact to be told.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be read, or it ends before <paramref name="end"/>.</exception>
    public async Task<ReplayAccount> RunAsync(long end, CancellationToken stop)
    {
        long start = time.GetTimestamp();
        ReplayAccount account = new(0, 0, end, TimeSpan.Zero);
        while (account.Position < end)
        {
            IReadOnlyList<JournaledFact> page = await store.ReadFactsAsync(
                account.Position,
                options.ReplayPage,
                stop
            );
            if (page.Count == 0)
            {
                throw new StoreUnavailableException(
                    StoreTrouble.Corrupt,
                    $"The journal says that it ends at position {end}, but nothing stands after {account.Position}. Restore the data directory from a backup."
                );
            }

            projections.Apply([.. page]);
            account = new ReplayAccount(
                account.Facts + page.Count,
                page[^1].Position,
                end,
                time.GetElapsedTime(start)
            );
            progress?.Report(account);
        }

        account = account with { Took = time.GetElapsedTime(start) };
        progress?.Report(account);
        return account;
    }
}
