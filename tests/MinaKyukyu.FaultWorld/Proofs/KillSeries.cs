using System.Collections.Concurrent;
using MinaKyukyu.FaultWorld.Checks;
using MinaKyukyu.FaultWorld.Crews;
using MinaKyukyu.FaultWorld.Houses;
using MinaKyukyu.FaultWorld.Serving;

namespace MinaKyukyu.FaultWorld.Proofs;

/// <summary>One town on one data directory, whose server is killed again and again while crews and dispatcher work on.</summary>
internal sealed class KillSeries : IDisposable
{
    private readonly string? _planted;
    private readonly int _seed;
    private readonly TemporaryData _data = new();
    private readonly Door _door = new();
    private readonly Ledger _ledger;
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly SortedDictionary<string, int> _points = new(StringComparer.Ordinal);
    private Wire? _wire;
    private int _checkedCommands;

    public KillSeries(int seed, string? planted)
    {
        _seed = seed;
        _planted = planted;
        _ledger = new Ledger(_data.Ledger);
    }

    public IReadOnlyList<string> Failures => [.. _failures];

    public IReadOnlyDictionary<string, int> Points => _points;

    public int Kills { get; private set; }

    public int Acknowledged => _ledger.Count;

    public int Lost { get; private set; }

    public int RepeatedSame { get; private set; }

    /// <summary>Commands that were under way at a named point, each looked up on disk before the next server started.</summary>
    public int CheckedCommands => _checkedCommands;

    /// <summary>Commands whose outcome a kill left unknown, until a repeat told it.</summary>
    public int Unknown { get; private set; }

    public async Task RunAsync(IReadOnlyList<PlannedKill> plan, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var town = new Town(_seed, _door, _ledger, _failures, limit.Token);
        try
        {
            foreach (PlannedKill kill in plan)
            {
                await KillAsync(kill, town.Outbox, stop);
                Kills++;
                if (_planted is not null && !_failures.IsEmpty)
                {
                    // Caught; what follows would only say so again.
                    return;
                }
            }

            await EndAsync(town, stop);
        }
        finally
        {
            await limit.CancelAsync();
        }
    }

    private async Task KillAsync(PlannedKill kill, Outbox outbox, CancellationToken stop)
    {
        await using var server = ServerProcess.Start(_data.Server, kill.Fault, _planted);
        if (kill.Fault is { Point: FaultPoint.InReplay })
        {
            NoteDeath(kill, server, await server.WhenKilledAsync(stop));
            return;
        }

        if (kill.IsAtStart)
        {
            await Task.Delay(kill.After, TimeProvider.System, stop);
            NoteDeath(kill, server, await server.KillAsync(stop));
            return;
        }

        await OpenAsync(server, stop);
        string? trouble;
        if (kill.Fault is null)
        {
            await Task.Delay(kill.After, TimeProvider.System, stop);
            trouble = await server.KillAsync(stop);
        }
        else
        {
            trouble = await server.WhenKilledAsync(stop);
        }

        _door.Shut();
        NoteDeath(kill, server, trouble);
        await LookOnDiskAsync(kill, server.LastWords, outbox, stop);
    }

    /// <summary>Everything that was acknowledged so far is repeated before anything new is said.</summary>
    private async Task OpenAsync(ServerProcess server, CancellationToken stop)
    {
        _wire?.Dispose();
        _wire = new Wire(await server.WhenReadyAsync(stop));
        IReadOnlyList<Promise> promises = _ledger.Promises;
        int same = await Repeats.SendAsync(_wire, promises, _failures.Enqueue, stop);
        RepeatedSame += same;
        Lost += promises.Count - same;
        _door.Open(_wire);
    }

    private void NoteDeath(PlannedKill kill, ServerProcess server, string? trouble)
    {
        bool isReached = kill.Fault is null || server.LastWords?.Split(' ')[0] == kill.Fault.Name;
        if (trouble is not null || !isReached)
        {
            _failures.Enqueue($"{kill.Place} was not reached: {trouble ?? "the server said nothing of it"}");
            return;
        }

        _points[kill.Place] = _points.GetValueOrDefault(kill.Place) + 1;
    }

    /// <summary>Holds the named points to their names: before the commit nothing is on disk, after it everything is.</summary>
    private async Task LookOnDiskAsync(PlannedKill kill, string? words, Outbox outbox, CancellationToken stop)
    {
        if (kill.Fault is null || words is null || _planted is not null)
        {
            return;
        }

        List<Command> underWay = [.. words.Split(' ').Skip(1).Select(outbox.FindUnderWay).OfType<Command>()];
        bool mustBeThere = kill.Fault.Point == FaultPoint.BetweenCommitAndAnswer;
        IReadOnlyList<bool> found = await DataCheck.FindAsync(_data.CopyServer(), underWay, stop);
        _checkedCommands += found.Count;
        foreach (Command wrong in underWay.Where((_, i) => found[i] != mustBeThere))
        {
            _failures.Enqueue($"{wrong.Key} {(mustBeThere ? "is not" : "is")} on disk after a kill {kill.Fault.Name}");
        }
    }

    /// <summary>A last server sees every command through; then what it shows and what it leaves is held against the ledger.</summary>
    private async Task EndAsync(Town town, CancellationToken stop)
    {
        await using (var server = ServerProcess.Start(_data.Server, null, _planted))
        {
            await OpenAsync(server, stop);
            await town.CloseAsync(stop);
            Unknown = town.Outbox.Unknown;
            await WireCheck.CompareAsync(_wire!, Ledger.ReadBack(_data.Ledger), _failures.Enqueue, stop);
            if (await server.EndAsync(stop) is { } trouble)
            {
                _failures.Enqueue(trouble);
            }
        }

        IReadOnlyList<Promise> promises = Ledger.ReadBack(_data.Ledger);
        if (promises.Count != _ledger.Count)
        {
            _failures.Enqueue("the ledger itself lost a line");
        }

        Lost += await DataCheck.CompareAsync(_data.Server, promises, _failures.Enqueue, stop);
    }

    public void Dispose()
    {
        _wire?.Dispose();
        _ledger.Dispose();
        _data.Dispose();
    }
}
