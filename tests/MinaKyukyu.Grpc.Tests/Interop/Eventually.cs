using System.Diagnostics;
using Grpc.Core;

namespace MinaKyukyu.GrpcTests.Interop;

/// <summary>For what another process does in its own time: asks again until it is so, or patience ends.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task IsSoAsync(string what, Func<Task<bool>> isSo)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(
                Stopwatch.GetElapsedTime(begun) < PeerProcess.Patience,
                $"It never came to be that {what}."
            );
            await Task.Delay(Pause);
        }
    }

    /// <summary>The first value that stays the same for a second.</summary>
    public static async Task<int> SettlesAsync(Func<Task<int>> read)
    {
        var (last, since) = (await read(), Stopwatch.GetTimestamp());
        await IsSoAsync(
            "the count settles",
            async () =>
            {
                var now = await read();
                if (now != last)
                {
                    (last, since) = (now, Stopwatch.GetTimestamp());
                }

                return Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(1);
            }
        );
        return last;
    }

    public static async Task<RpcException> RefusesAsync(StatusCode expected, Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call).WaitAsync(PeerProcess.Patience);
        Assert.True(
            refused.StatusCode == expected,
            $"expected {expected}, got {refused.StatusCode}: {refused.Status.Detail}"
        );
        return refused;
    }
}
