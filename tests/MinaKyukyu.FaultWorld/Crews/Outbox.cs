using System.Collections.Concurrent;
using Grpc.Core;
using MinaKyukyu.FaultWorld.Houses;
using MinaKyukyu.Tablet.Link;

namespace MinaKyukyu.FaultWorld.Crews;

/// <summary>What a sender got: the bytes of an answer, or the reason of a refusal.</summary>
internal sealed record Answer(byte[]? Bytes, string Refusal);

/// <summary>Sends a command until its outcome is known, over as many servers as that takes, and keeps what was promised.</summary>
internal sealed class Outbox(Door door, Ledger ledger)
{
    /// <summary>Between two tries at a server that does not answer.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, Command> _underWay = new(StringComparer.Ordinal);
    private int _unknown;

    /// <summary>Commands whose outcome was unknown at least once.</summary>
    public int Unknown => _unknown;

    /// <summary>Null when nobody waits for such a command.</summary>
    public Command? FindUnderWay(string key) => _underWay.GetValueOrDefault(key);

    public async Task<Answer> SendAsync(Command command, CancellationToken stop)
    {
        _underWay[command.Key] = command;
        bool wasUnknown = false;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            Wire wire = await door.WhenOpen.WaitAsync(stop);
            switch (await TryAsync(wire, command, stop))
            {
                case { Bytes: { } bytes } acknowledged:
                    ledger.Write(command, bytes);
                    _underWay.TryRemove(command.Key, out _);
                    return acknowledged;
                case { } refused:
                    _underWay.TryRemove(command.Key, out _);
                    return refused;
            }

            if (!wasUnknown)
            {
                wasUnknown = true;
                Interlocked.Increment(ref _unknown);
            }

            await Task.Delay(Pause, TimeProvider.System, stop);
        }
    }

    /// <returns>Null: nobody knows.</returns>
    public static async Task<Answer?> TryAsync(Wire wire, Command command, CancellationToken stop)
    {
        try
        {
            return new Answer(await wire.CallAsync(command, stop), "");
        }
        catch (RpcException e)
        {
            string reason = Refusal.Of(e).Reason;
            return reason is "" or "OUTCOME_UNKNOWN" or "JOURNAL_FULL"
                ? null
                : new Answer(null, reason);
        }
        catch (ObjectDisposedException)
        {
            // The way to a dead server was closed under us.
            return null;
        }
    }
}
