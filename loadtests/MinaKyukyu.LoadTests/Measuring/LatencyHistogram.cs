using System.Numerics;

namespace MinaKyukyu.LoadTests.Measuring;

/// <summary>
/// How often each duration was seen, log-linear: every power of two is cut into 128 equal steps, so that a value read back is off
/// by at most 1/256 (0.4 %), while the memory stays the same however long a run lasts. Merging adds counts, so it is associative
/// and commutative. Not thread-safe: one writer each, then merge.
/// </summary>
internal sealed class LatencyHistogram
{
    /// <summary>2^7 steps per power of two: half a step is 0.4 % of the value, below the promised 1 %.</summary>
    private const int StepBits = 7;
    private const int Steps = 1 << StepBits;

    /// <summary>Below this many nanoseconds every value has a step of its own.</summary>
    private const long Exact = 2 * Steps;

    private readonly long[] _counts = new long[StepOf(long.MaxValue) + 1];

    public long Count { get; private set; }

    /// <summary>The greatest duration, exactly; zero when none was seen.</summary>
    public TimeSpan Max => FromNanoseconds(_max);

    private long _max;

    /// <exception cref="ArgumentOutOfRangeException">The duration is negative: nothing answers before it was asked.</exception>
    public void Record(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        long nanoseconds = duration.Ticks * TimeSpan.NanosecondsPerTick;
        _counts[StepOf(nanoseconds)]++;
        _max = Math.Max(_max, nanoseconds);
        Count++;
    }

    /// <summary>Adds what the other holds, as if everything had been recorded in one.</summary>
    public void Merge(LatencyHistogram other)
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        _max = Math.Max(_max, other._max);
        Count += other.Count;
    }

    /// <summary>The smallest duration that at least this share of all durations does not exceed (nearest rank).</summary>
    /// <param name="share">Above 0, at most 1: 0.99 for p99.</param>
    /// <returns>Null when nothing was recorded.</returns>
    public TimeSpan? Quantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        for (int i = 0; i < _counts.Length; i++)
        {
            rank -= _counts[i];
            if (rank <= 0 && Count > 0)
            {
                return FromNanoseconds(Math.Min(MiddleOf(i), _max));
            }
        }

        return null;
    }

    private static int StepOf(long nanoseconds)
    {
        if (nanoseconds < Exact)
        {
            return (int)nanoseconds;
        }

        // The leading eight bits name the step, the number of bits dropped names the power of two.
        int shift = BitOperations.Log2((ulong)nanoseconds) - StepBits;
        return (shift * Steps) + (int)(nanoseconds >> shift);
    }

    private static long MiddleOf(int step)
    {
        if (step < Exact)
        {
            return step;
        }

        int shift = (step / Steps) - 1;
        long low = (long)((step % Steps) + Steps) << shift;
        return low + ((1L << shift) / 2);
    }

    private static TimeSpan FromNanoseconds(long nanoseconds) =>
        TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
