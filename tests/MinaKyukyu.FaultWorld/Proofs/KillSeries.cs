using System.Collections.Concurrent;
using MinaKyukyu.FaultWorld.Checks;
using MinaKyukyu.FaultWorld.Crews;
using MinaKyukyu.FaultWorld.Houses;
using MinaKyukyu.FaultWorld.Serving;

namespace MinaKyukyu.FaultWorld.Proofs;

/// <summary>One town on one data directory, whose server is killed again and again while crews and dispatcher work on.</summary>
internal sealed class KillSeries : IDisposable
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(30);

    private readonly string? _planted;
    private readonly int _seed;
    private readonly TemporaryData _data = new();
    private readonly Door _door = new();
    private readonly Ledger _ledger;
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentDictionary<string, string> _lost = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _points = new(StringComparer.Ordinal);
    private Wire? _wire;

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

    /// <summary>Acknowledged commands that a later server, or the data directory, did not know as they were acknowledged.</summary>
    public int Lost => _lost.Count;

    public int RepeatedSame { get; private set; }

    /// <summary>Commands that were under way at a named point, each looked up on disk before the next server started.</summary>
    public int CheckedCommands { get; private set; }

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
                if (!_failures.IsEmpty)
                {
                    // What follows from a broken promise would only say so again.
                    break;
                }
            }

            if (_planted is null || _failures.IsEmpty)
            {
                await EndAsync(town, stop);
            }
        }
        finally
        {
            await limit.CancelAsync();
        }
    }

    private async Task KillAsync(PlannedKill kill, Outbox outbox, CancellationToken stop)
    {
        Fault? fault = Reachable(kill.Fault);
        await using var server = ServerProcess.Start(_data.Server, fault, _planted);
        if (fault is { Point: FaultPoint.InReplay })
        {
            NoteDeath(kill, server, await server.WhenKilledAsync(stop));
            return;
        }

        if (kill.Place == PlannedKill.RandomAtStart)
        {
            await Task.Delay(kill.After, TimeProvider.System, stop);
            NoteDeath(kill, server, await server.KillAsync(stop));
            return;
        }

        int before = Acknowledged;
        await OpenAsync(server, stop);
        bool isFromOutside = fault is null || !_failures.IsEmpty;
        if (isFromOutside)
        {
            await WaitForMomentAsync(kill, before, stop);
        }

        string? trouble = isFromOutside
            ? await server.KillAsync(stop)
            : await server.WhenKilledAsync(stop);
        _door.Shut();
        NoteDeath(kill, server, trouble);
        await LookOnDiskAsync(kill, server.LastWords, outbox, stop);
    }

    private async Task WaitForMomentAsync(PlannedKill kill, int before, CancellationToken stop)
    {
        await Task.Delay(kill.After, TimeProvider.System, stop);
        if (kill.Answers == 0 || !_failures.IsEmpty)
        {
            return;
        }

        try
        {
            await _ledger.WhenCountAsync(before + kill.Answers).WaitAsync(AnswersWithin, stop);
        }
        catch (TimeoutException)
        {
            _failures.Enqueue($"{kill.Answers} answers did not come");
        }
    }

    /// <summary>A replay can be interrupted only at a page that there is: eight facts each, and not every command makes one.</summary>
    private Fault? Reachable(Fault? fault) =>
        fault is { Point: FaultPoint.InReplay }
            ? fault with
            {
                Visit = Math.Clamp(Acknowledged / 16, 1, fault.Visit),
            }
            : fault;

    /// <summary>Everything that was acknowledged so far is repeated before anything new is said.</summary>
    private async Task OpenAsync(ServerProcess server, CancellationToken stop)
    {
        _wire?.Dispose();
        _wire = new Wire(await server.WhenReadyAsync(stop));
        IReadOnlyList<Promise> promises = _ledger.Promises;
        int lostBefore = Lost;
        await Repeats.SendAsync(_wire, promises, Break, stop);
        RepeatedSame += promises.Count - (Lost - lostBefore);
        _door.Open(_wire);
    }

    private void Break(Command command, string how)
    {
        string broken = $"{command.ShortMethod} {command.Key} {how}";
        if (_lost.TryAdd(command.Key, broken))
        {
            _failures.Enqueue(broken);
        }
    }

    private void NoteDeath(PlannedKill kill, ServerProcess server, string? trouble)
    {
        bool isReached = kill.Fault is null || server.LastWords?.Split(' ')[0] == kill.Fault.Name;
        if (trouble is not null || !isReached)
        {
            _failures.Enqueue(
                $"{kill.Place} was not reached: {trouble ?? "the server said nothing of it"}"
            );
            return;
        }

        _points[kill.Place] = _points.GetValueOrDefault(kill.Place) + 1;
    }

    /// <summary>Holds the named points to their names: before the commit nothing is on disk, after it everything is.</summary>
    private async Task LookOnDiskAsync(
        PlannedKill kill,
        string? words,
        Outbox outbox,
        CancellationToken stop
    )
    {
        if (kill.Fault is null || words is null || _planted is not null)
        {
            return;
        }

        List<Command> underWay =
        [
            .. words.Split(' ').Skip(1).Select(outbox.FindUnderWay).OfType<Command>(),
        ];
        bool mustBeThere = kill.Fault.Point == FaultPoint.BetweenCommitAndAnswer;
        IReadOnlyList<bool> found = await DataCheck.FindAsync(_data.CopyServer(), underWay, stop);
        CheckedCommands += found.Count;
        foreach (Command wrong in underWay.Where((_, i) => found[i] != mustBeThere))
        {
            _failures.Enqueue(
                $"{wrong.Key} {(mustBeThere ? "is not" : "is")} on disk after a kill {kill.Fault.Name}"
            );
        }
    }

    /// <summary>A last server sees every command through; then what it shows and what it leaves is held against the ledger.</summary>
    /// <remarks>A planted bug must show itself in the repeats alone, since an orderly end is not what it fails at.</remarks>
    private async Task EndAsync(Town town, CancellationToken stop)
    {
        await using (var server = ServerProcess.Start(_data.Server, null, _planted))
        {
            await OpenAsync(server, stop);
            if (_planted is not null)
            {
                return;
            }

            await town.CloseAsync(stop);
            Unknown = town.Outbox.Unknown;
            await WireCheck.CompareAsync(
                _wire!,
                Ledger.ReadBack(_data.Ledger),
                _failures.Enqueue,
                stop
            );
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

        await DataCheck.CompareAsync(_data.Server, promises, Break, _failures.Enqueue, stop);
    }

    public void Dispose()
    {
        _wire?.Dispose();
        _ledger.Dispose();
        _data.Dispose();
    }
}
