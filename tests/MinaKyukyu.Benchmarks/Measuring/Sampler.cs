using System.Diagnostics;
using MinaKyukyu.Benchmarks.Trials;

namespace MinaKyukyu.Benchmarks.Measuring;

/// <summary>What was read of one trial.</summary>
/// <param name="BytesPerRun">Taken from the heap by the thread that asked; helpers on other threads are not seen.</param>
internal sealed record Reading(string Name, Spread Time, long BytesPerRun, Agreement Agreement);

/// <summary>How much is measured.</summary>
/// <param name="Short">Samples of what takes less than a millisecond.</param>
/// <param name="Middle">Of what takes less than half a second.</param>
/// <param name="Long">Of everything else.</param>
/// <param name="Compared">Answers of a short trial that are compared with Dijkstra; of a longer one an eighth of them.</param>
/// <param name="WarmUp">Each trial runs so long before it is measured, and at least <paramref name="WarmUpRuns"/> times.</param>
internal sealed record SampleSize(
    int Short,
    int Middle,
    int Long,
    int Compared,
    TimeSpan WarmUp,
    int WarmUpRuns
);

/// <summary>
/// Times trials in rounds, so that a load that comes and goes falls on all of them. Every run is timed alone; answers are kept
/// on the way and compared at the end.
/// </summary>
internal sealed class Sampler(SampleSize size)
{
    private const int Rounds = 5;

    private static readonly TimeSpan ShortRun = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan MiddleRun = TimeSpan.FromMilliseconds(500);

    public IReadOnlyList<Reading> Measure(IEnumerable<Trial> trials)
    {
        Account[] accounts = [.. trials.Select(trial => new Account(trial, Prepare(trial), size))];
        for (int round = 0; round < Rounds; round++)
        {
            foreach (Account account in accounts)
            {
                account.Sample(round, Rounds);
            }
        }

        return [.. accounts.Select(account => account.Close())];
    }

    /// <summary>Lets the machine code settle; tells how many samples are wanted.</summary>
    private (int Samples, int Compared) Prepare(Trial trial)
    {
        // The first run makes what is made when first asked for, and says nothing of the others.
        trial.Run();
        TimeSpan last = Time(trial);
        if (last >= MiddleRun)
        {
            return (size.Long, 1);
        }

        var clock = Stopwatch.StartNew();
        var shortest = TimeSpan.MaxValue;
        // What takes long is compiled to the end within a few runs.
        for (
            int run = 0;
            clock.Elapsed < size.WarmUp
                || (run < size.WarmUpRuns && clock.Elapsed < 8 * size.WarmUp);
            run++
        )
        {
            last = Time(trial);
            shortest = last < shortest ? last : shortest;
        }

        // The shortest, because any other may have been interrupted.
        return shortest < ShortRun ? (size.Short, size.Compared) : (size.Middle, size.Compared / 8);
    }

    private static TimeSpan Time(Trial trial)
    {
        long begun = Stopwatch.GetTimestamp();
        trial.Run();
        return Stopwatch.GetElapsedTime(begun);
    }

    private sealed class Account(Trial trial, (int Samples, int Compared) wanted, SampleSize size)
    {
        private readonly List<double> _microseconds = new(wanted.Samples);
        private readonly List<Func<Agreement>> _kept = [];
        private long _bytes;

        public void Sample(int round, int rounds)
        {
            int samples = (wanted.Samples * (round + 1) / rounds) - _microseconds.Count;
            int keepEvery = Math.Max(1, wanted.Samples / Math.Max(1, wanted.Compared));
            if (samples > 0)
            {
                // What another trial left behind is collected on nobody's clock; then the caches fill again.
                GC.Collect();
                bool isShort = wanted.Samples == size.Short;
                for (int run = 0; isShort && run < size.WarmUpRuns; run++)
                {
                    trial.Run();
                }
            }

            for (int sample = 0; sample < samples; sample++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                TimeSpan time = Time(trial);
                _bytes += GC.GetAllocatedBytesForCurrentThread() - before;
                _microseconds.Add(time.TotalNanoseconds / 1_000);
                if (_microseconds.Count % keepEvery == 0)
                {
                    _kept.Add(trial.Keep());
                }
            }
        }

        public Reading Close()
        {
            var agreement = default(Agreement);
            foreach (Func<Agreement> compare in _kept)
            {
                agreement += compare();
            }

            return new Reading(
                trial.Name,
                Spread.Of(_microseconds),
                _bytes / Math.Max(1, _microseconds.Count),
                agreement
            );
        }
    }
}
