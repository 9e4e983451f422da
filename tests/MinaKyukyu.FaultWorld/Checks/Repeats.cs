using MinaKyukyu.FaultWorld.Crews;
using MinaKyukyu.FaultWorld.Houses;

namespace MinaKyukyu.FaultWorld.Checks;

/// <summary>Sends commands that were acknowledged once more, with the same request ids.</summary>
internal static class Repeats
{
    private const int AtOnce = 8;

    /// <returns>How many got the first answer, byte for byte.</returns>
    public static async Task<int> SendAsync(
        Wire wire,
        IReadOnlyList<Promise> promises,
        Action<string> fail,
        CancellationToken stop
    )
    {
        int same = 0;
        await Parallel.ForEachAsync(
            promises,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
            async (promise, stopOne) =>
            {
                Answer? again = await Outbox.TryAsync(wire, promise.Asked, stopOne);
                if (again?.Bytes is { } bytes && bytes.AsSpan().SequenceEqual(promise.Answer))
                {
                    Interlocked.Increment(ref same);
                    return;
                }

                string word = again is null ? "nothing" : again.Bytes is null ? again.Refusal : "other bytes";
                fail($"{promise.Asked.ShortMethod} {promise.Asked.Key} was acknowledged, and a repeat got {word}");
            }
        );
        return same;
    }
}
