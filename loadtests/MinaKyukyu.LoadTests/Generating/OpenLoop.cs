using Grpc.Core;
using MinaKyukyu.LoadTests.Measuring;

namespace MinaKyukyu.LoadTests.Generating;

/// <summary>
/// Sends by the schedule and never waits for an answer before the next send. Latency counts from the intended start, so a server
/// that stalls is charged with everybody who would have come meanwhile.
/// </summary>
internal sealed class OpenLoop(TimeProvider time)
{
    /// <summary>Most calls in flight; beyond it sends are dropped, and the run is void.</summary>
    /// <value>5,000: at 500 calls/s ten seconds of silence, as long as the longest deadline.</value>
    public int MostInFlight { get; init; } = 5_000;

    /// <summary>How long the last answers are waited for.</summary>
    public TimeSpan LastAnswersWithin { get; init; } = TimeSpan.FromSeconds(12);

    private int _inFlight;

    /// <summary>Runs all profiles side by side, in the order of their arrivals.</summary>
    /// <returns>One tally for each profile, in the given order.</returns>
    public async Task<IReadOnlyList<Tally>> RunAsync(
        IReadOnlyList<(LoadProfile Profile, IEnumerable<TimeSpan> Arrivals)> plan,
        CancellationToken stop
    )
    {
        Tally[] tallies = [.. plan.Select(_ => new Tally())];
        (TimeSpan Due, int Profile)[] arrivals =
        [
            .. plan.SelectMany((p, i) => p.Arrivals.Select(due => (due, i))).OrderBy(a => a.due),
        ];
        var calls = new Task[arrivals.Length];
        // A thread of its own: the pool that serves the answers must not delay the next send.
        await Task.Factory.StartNew(
            () => SendAll(plan, arrivals, tallies, calls, stop),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        await Task.WhenAll(calls.Where(c => c is not null)).WaitAsync(LastAnswersWithin, stop);
        return tallies;
    }

    private void SendAll(
        IReadOnlyList<(LoadProfile Profile, IEnumerable<TimeSpan> Arrivals)> plan,
        (TimeSpan Due, int Profile)[] arrivals,
        Tally[] tallies,
        Task[] calls,
        CancellationToken stop
    )
    {
        Thread.CurrentThread.Priority = ThreadPriority.Highest;
        long began = time.GetTimestamp();
        for (int i = 0; i < arrivals.Length && !stop.IsCancellationRequested; i++)
        {
            (TimeSpan due, int profile) = arrivals[i];
            WaitUntil(began, due, stop);
            if (Volatile.Read(ref _inFlight) >= MostInFlight)
            {
                tallies[profile].CountDropped();
                calls[i] = Task.CompletedTask;
                continue;
            }

            tallies[profile].CountSent(time.GetElapsedTime(began) - due);
            calls[i] = SendAsync(plan[profile].Profile, tallies[profile], began, due, stop);
        }
    }

    private async Task SendAsync(
        LoadProfile profile,
        Tally tally,
        long began,
        TimeSpan due,
        CancellationToken stop
    )
    {
        Interlocked.Increment(ref _inFlight);
        TimeSpan? serverSide = null;
        string? error = null;
        try
        {
            serverSide = await profile.SendAsync(stop).ConfigureAwait(false);
        }
        catch (RpcException failure)
        {
            error = failure.StatusCode.ToString();
        }

        TimeSpan latency = time.GetElapsedTime(began) - due;
        Interlocked.Decrement(ref _inFlight);
        tally.CountCompleted(latency, serverSide, error);
    }

    /// <summary>Sleeps while there is time and spins through the last stretch: the system's sleep is only good to about a millisecond.</summary>
    private void WaitUntil(long began, TimeSpan due, CancellationToken stop)
    {
        TimeSpan left = due - time.GetElapsedTime(began);
        while (left > TimeSpan.Zero)
        {
            if (left > Spin)
            {
                stop.WaitHandle.WaitOne((int)(left - Spin).TotalMilliseconds + 1);
            }
            else
            {
                Thread.SpinWait(20);
            }

            left = due - time.GetElapsedTime(began);
        }
    }

    private static readonly TimeSpan Spin = TimeSpan.FromMilliseconds(2);
}
