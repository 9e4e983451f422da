using MinaKyukyu.LoadTests.Generating;
using MinaKyukyu.LoadTests.Measuring;
using MinaKyukyu.LoadTests.Profiles;
using Xunit.Abstractions;

namespace MinaKyukyu.LoadTests.Tests.Generating;

/// <summary>The proof of the generator: 1 second of silence in every 10, here at a tenth of that size and in the same proportion.</summary>
public sealed class StallTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_stall_of_one_tenth_of_the_time_stands_in_p99_and_a_closed_loop_would_hide_it()
    {
        await using StallingServer server = await StallingServer.StartAsync(Stall, Period);
        using var calls = new CallsToServer(server.Address, TimeProvider.System, 1);
        LoadProfile floor = calls.Floor();
        var loop = new OpenLoop(TimeProvider.System);
        await loop.RunAsync([(floor, Arrivals(Period))], CancellationToken.None);

        Tally open = (await loop.RunAsync([(floor, Arrivals(4 * Period))], CancellationToken.None))[
            0
        ];
        Tally closed = await ClosedLoop.RunAsync(
            floor,
            2 * Period,
            TimeProvider.System,
            CancellationToken.None
        );

        output.WriteLine(
            $"open loop:   p50 {open.Latency.Quantile(0.5)} p99 {open.Latency.Quantile(0.99)} of {open.Completed}"
        );
        output.WriteLine(
            $"closed loop: p50 {closed.Latency.Quantile(0.5)} p99 {closed.Latency.Quantile(0.99)} of {closed.Completed}"
        );
        Assert.Equal(800, open.Sent);
        Assert.Equal(open.Sent, open.Completed);
        Assert.Equal(0, open.ErrorCount);
        // Eight of 800 calls are longer than p99, two of each of the four stalls; p99 is the third that met one of them. With 5 ms
        // between two arrivals it came at most 15 ms after the silence began, and the silence's timer is good to 5 ms.
        Assert.True(open.Latency.Quantile(0.99) >= 0.8 * Stall, "The open loop shows the stall.");
        Assert.True(
            open.Latency.Quantile(0.95) >= 0.4 * Stall,
            "Half of those who met it waited half of it."
        );
        // The closed loop meets it once a period, however many callers would have come. At p95 this holds also on a machine
        // so busy that a call takes 20 ms; on an idle one its p99 hides the stall as well.
        Assert.True(closed.Latency.Quantile(0.95) < 0.3 * Stall, "The closed loop hides it.");
    }

    [Fact]
    public async Task Never_waits_for_an_answer_and_says_what_it_dropped()
    {
        var never = new TaskCompletionSource<TimeSpan?>();
        var silent = new LoadProfile("silent", _ => never.Task);
        var loop = new OpenLoop(TimeProvider.System) { MostInFlight = 30 };

        Task<IReadOnlyList<Tally>> run = loop.RunAsync(
            [(silent, ArrivalSchedule.Uniform(500, TimeSpan.FromMilliseconds(100), 0))],
            CancellationToken.None
        );
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        never.SetResult(null);
        Tally tally = (await run)[0];

        Assert.Equal((30, 20, 30), (tally.Sent, tally.Dropped, tally.Completed));
        // Nobody was answered before 300 ms, and the last arrival was at 60 ms.
        Assert.True(tally.Latency.Quantile(0.01) >= TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task Charges_a_late_send_to_the_call_and_to_the_generator()
    {
        using var blocked = new ManualResetEventSlim();
        int calls = 0;
        var clumsy = new LoadProfile(
            "clumsy",
            stop =>
            {
                if (calls++ == 0)
                {
                    // A client that holds up its own sender: ten arrivals are due meanwhile.
                    blocked.Wait(TimeSpan.FromMilliseconds(100), stop);
                }

                return Task.FromResult<TimeSpan?>(null);
            }
        );

        Tally tally = (
            await new OpenLoop(TimeProvider.System).RunAsync(
                [(clumsy, ArrivalSchedule.Uniform(100, TimeSpan.FromMilliseconds(200), 0))],
                CancellationToken.None
            )
        )[0];

        Assert.True(tally.Lag.Max >= TimeSpan.FromMilliseconds(80));
        Assert.True(
            tally.Latency.Quantile(0.75) >= TimeSpan.FromMilliseconds(40),
            "Latency counts from the intended start."
        );
    }

    private static IEnumerable<TimeSpan> Arrivals(TimeSpan duration) =>
        ArrivalSchedule.Uniform(200, duration, 0);
}
