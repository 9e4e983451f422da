using System.Collections.Concurrent;
using MinaKyukyu.FaultWorld.Checks;
using MinaKyukyu.FaultWorld.Crews;
using MinaKyukyu.FaultWorld.Houses;
using MinaKyukyu.FaultWorld.Serving;

namespace MinaKyukyu.FaultWorld.Proofs;

/// <summary><c>replay</c>: a server that read its journal again answers as the one that lived it.</summary>
internal static class ReplayProof
{
    private const int CiSeeds = 3;
    private const int FullSeeds = 50;
    private const int CiCommands = 120;
    private const int FullCommands = 1_000;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    public static async Task<ProofResult> RunAsync(ProofWish wish, CancellationToken stop)
    {
        int acknowledged = 0;
        int kills = 0;
        bool isCaught = false;
        ConcurrentQueue<string> failures = new();
        SortedDictionary<string, int> points = new(StringComparer.Ordinal);
        for (int i = 0; i < (wish.IsFull ? FullSeeds : CiSeeds); i++)
        {
            int seed = wish.Seed + i;
            using var data = new TemporaryData();
            using var ledger = new Ledger(data.Ledger);
            Snapshot live = await LiveAsync(
                data,
                ledger,
                seed,
                wish.IsFull ? FullCommands : CiCommands,
                failures,
                stop
            );
            acknowledged += ledger.Count;
            kills++;
            Compare(live, await ReplayAsync(data, null, stop), "after-sigkill", points, failures);
            if (i == 0)
            {
                Compare(
                    live,
                    await ReplayAsync(data, null, stop),
                    "after-sigterm",
                    points,
                    failures
                );
                Snapshot forgetful = await ReplayAsync(data, ServeCommand.ForgetInReplay, stop);
                isCaught = live.DiffersFrom(forgetful).Count > 0;
                wish.Tell(
                    $"planted {ServeCommand.ForgetInReplay}: {(isCaught ? "caught" : "NOT caught")}"
                );
            }

            wish.Tell(
                $"seed {seed}: {ledger.Count} commands, {live.Pictures.Count} pictures compared byte for byte"
            );
        }

        return new ProofResult
        {
            Kills = kills,
            Acknowledged = acknowledged,
            Points = points,
            PlantedCaught = isCaught,
            Failures = [.. failures],
        };
    }

    /// <summary>A town at work until so many commands are acknowledged; then what the server says of it, and SIGKILL.</summary>
    private static async Task<Snapshot> LiveAsync(
        TemporaryData data,
        Ledger ledger,
        int seed,
        int commands,
        ConcurrentQueue<string> failures,
        CancellationToken stop
    )
    {
        await using var server = ServerProcess.Start(data.Server);
        using var wire = new Wire(await server.WhenReadyAsync(stop));
        var door = new Door();
        door.Open(wire);
        var town = new Town(seed, door, ledger, failures, stop);
        while (ledger.Count < commands && failures.IsEmpty)
        {
            await Task.Delay(Step, TimeProvider.System, stop);
        }

        await town.CloseAsync(stop);
        Snapshot live = await Snapshot.TakeAsync(wire, stop);
        if (await server.KillAsync(stop) is { } trouble)
        {
            failures.Enqueue(trouble);
        }

        return live;
    }

    private static async Task<Snapshot> ReplayAsync(
        TemporaryData data,
        string? planted,
        CancellationToken stop
    )
    {
        await using var server = ServerProcess.Start(data.Server, null, planted);
        using var wire = new Wire(await server.WhenReadyAsync(stop));
        Snapshot replayed = await Snapshot.TakeAsync(wire, stop);
        await server.EndAsync(stop);
        return replayed;
    }

    private static void Compare(
        Snapshot live,
        Snapshot replayed,
        string when,
        SortedDictionary<string, int> points,
        ConcurrentQueue<string> failures
    )
    {
        points[when] = points.GetValueOrDefault(when) + 1;
        foreach (string name in live.DiffersFrom(replayed))
        {
            failures.Enqueue($"{name} is not the same: {when}");
        }
    }
}
