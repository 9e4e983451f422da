using System.Collections.Concurrent;
using MinaKyukyu.FaultWorld.Houses;

namespace MinaKyukyu.FaultWorld.Crews;

/// <summary>Six units of the sample city at work at the same time, over whatever server stands behind the door.</summary>
internal sealed class Town
{
    private static readonly string[] Units =
    [
        "kita-1",
        "kita-2",
        "nishi-1",
        "higashi-1",
        "minami-1",
        "chuo-1",
    ];

    private readonly Task _lives;
    private volatile bool _isOver;

    public Town(
        int seed,
        Door door,
        Ledger ledger,
        ConcurrentQueue<string> failures,
        CancellationToken stop
    )
    {
        Outbox = new Outbox(door, ledger);
        // Every lane has its own chance, so that its story does not hang on how the others were interleaved.
        _lives = Task.WhenAll(
            Units.Select(
                (unit, i) =>
                    new Lane(i, unit, new Random((seed * 31) + i), Outbox, failures).LiveAsync(
                        () => _isOver,
                        stop
                    )
            )
        );
    }

    public Outbox Outbox { get; }

    /// <summary>Lets every command that is under way end in something known, and sends no more.</summary>
    public Task CloseAsync(CancellationToken stop)
    {
        _isOver = true;
        return _lives.WaitAsync(TimeSpan.FromSeconds(30), stop);
    }
}
