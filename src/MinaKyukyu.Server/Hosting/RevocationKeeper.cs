using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Authorization.Cards;
using MinaKyukyu.Authorization.Revocation;
using MinaKyukyu.Server.Commands;
using MinaKyukyu.Server.Flows;

namespace MinaKyukyu.Server.Hosting;

/// <summary>
/// Fetches the revocation lists before anybody needs them, and asks again about cards that were let in on less than a fresh
/// answer. No crew ever waits for it.
/// </summary>
internal sealed class RevocationKeeper(
    CrlBook lists,
    CardStatuses statuses,
    StatusRechecks rechecks,
    OpenRecords records,
    CommandDesk desk,
    MinaServerOptions server,
    RevocationOptions options,
    TimeProvider time,
    ILogger<RevocationKeeper> logger
) : BackgroundService
{
    /// <summary>Before anything listens: the first card after a start is as quick as the others.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (server.Card is not null)
        {
            await CardWarmUp.RunAsync();
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (server.Card is not null && !statuses.IsConfigured)
        {
            ServerLog.NoRevocationSource(logger);
        }

        try
        {
            await Task.WhenAll(KeepListsAsync(stoppingToken), AskAgainAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The house is closing.
        }
    }

    private async Task KeepListsAsync(CancellationToken stop)
    {
        if (!lists.IsConfigured)
        {
            return;
        }

        while (true)
        {
            bool isThere = false;
            await GuardAsync(async () => isThere = await lists.RefreshAsync(stop) > 0);
            // A list that did not come is tried again sooner: it may be all that is left when the responder goes silent too.
            await Task.Delay(isThere ? options.ListEvery : options.AskAgainEvery, time, stop);
        }
    }

    private async Task AskAgainAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(options.AskAgainEvery, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            await GuardAsync(() => AskAgainOnceAsync(stop));
        }
    }

    private async Task AskAgainOnceAsync(CancellationToken stop)
    {
        foreach (Recheck recheck in await rechecks.RunAsync(stop))
        {
            // The grant has ended already; now its record closes and the row is written.
            records.Sweep();
            if (!await desk.NoteAsync(recheck.Department, recheck.Part, stop))
            {
                ServerLog.RecheckNotWritten(logger, recheck.Grant.Value);
            }
        }
    }

    /// <summary>The outermost loop: a round that fails is said, and the next one comes; a crew's card is not left unasked for it.</summary>
    private async Task GuardAsync(Func<Task> round)
    {
        try
        {
            await round();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            ServerLog.RevocationRoundFailed(logger, e.GetType().Name);
        }
    }
}
