using MinaKyukyu.FaultWorld.Crews;
using MinaKyukyu.FaultWorld.Houses;

namespace MinaKyukyu.FaultWorld.Checks;

/// <summary>Sends commands that were acknowledged once more, with the same request ids.</summary>
internal static class Repeats
{
    private const int AtOnce = 8;

    /// <param name="broken">Told of each that got anything but the first answer, byte for byte.</param>
    public static async Task SendAsync(
        Wire wire,
        IReadOnlyList<Promise> promises,
        Action<Command, string> broken,
        CancellationToken stop
    )
    {
        await Parallel.ForEachAsync(
            promises,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
            async (promise, stopOne) =>
            {
                Answer? again = await Outbox.TryAsync(wire, promise.Asked, stopOne);
                if (again?.Bytes is { } bytes && bytes.AsSpan().SequenceEqual(promise.Answer))
                {
                    return;
                }

                string word =
                    again is null ? "nothing"
                    : again.Bytes is null ? again.Refusal
                    : "other bytes";
                broken(promise.Asked, $"was acknowledged, and a repeat got {word}");
            }
        );
    }
}
