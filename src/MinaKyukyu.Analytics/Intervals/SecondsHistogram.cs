using System.Collections.Immutable;

namespace MinaKyukyu.Analytics.Intervals;

/// <summary>How often each whole second was seen: exact, immutable, mergeable.</summary>
/// <remarks>
/// Durations are floored to whole seconds, as national figures are. Sparse: it costs one entry for each different second, so a year
/// of a city merges in milliseconds. Merging adds counts and is therefore associative and commutative.
/// </remarks>
public sealed class SecondsHistogram : IEquatable<SecondsHistogram>
{
    // Ascending seconds with their counts; every count is positive.
    private readonly ImmutableArray<(long Seconds, long Count)> _bins;

    private SecondsHistogram(ImmutableArray<(long Seconds, long Count)> bins)
    {
        _bins = bins;
        foreach ((long seconds, long count) in bins)
        {
            Count = checked(Count + count);
            SumSeconds = checked(SumSeconds + (seconds * count));
        }
    }

    public static SecondsHistogram Empty { get; } = new([]);

    /// <summary>How many durations it holds.</summary>
    public long Count { get; }

    /// <summary>Exact sum of all floored durations.</summary>
    public long SumSeconds { get; }

    /// <summary>Each second that was seen, ascending, and how often.</summary>
    public IReadOnlyList<(long Seconds, long Count)> Bins => _bins;

    /// <exception cref="ArgumentOutOfRangeException">A duration is negative; whoever measures decides what to do about that first.</exception>
    public static SecondsHistogram Of(IEnumerable<TimeSpan> durations)
    {
        var counts = new SortedDictionary<long, long>();
        foreach (TimeSpan duration in durations)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
            long seconds = duration.Ticks / TimeSpan.TicksPerSecond;
            counts[seconds] = counts.GetValueOrDefault(seconds) + 1;
        }

        return new SecondsHistogram([.. counts.Select(c => (c.Key, c.Value))]);
    }

    /// <summary>Both together, as if every duration had been counted in one.</summary>
    public SecondsHistogram Merge(SecondsHistogram other)
    {
        var merged = ImmutableArray.CreateBuilder<(long, long)>(_bins.Length + other._bins.Length);
        int mine = 0;
        int theirs = 0;
        while (mine < _bins.Length || theirs < other._bins.Length)
        {
            long left = mine < _bins.Length ? _bins[mine].Seconds : long.MaxValue;
            long right = theirs < other._bins.Length ? other._bins[theirs].Seconds : long.MaxValue;
            long seconds = Math.Min(left, right);
            long count = 0;
            if (left == seconds)
            {
                count += _bins[mine++].Count;
            }

            if (right == seconds)
            {
                count += other._bins[theirs++].Count;
            }

            merged.Add((seconds, count));
        }

        return new SecondsHistogram(merged.ToImmutable());
    }

    /// <summary>The smallest second that at least <paramref name="share"/> of all durations do not exceed (nearest rank).</summary>
    /// <param name="share">Above 0, at most 1: 0.9 for the P90.</param>
    /// <returns>Null when nothing was counted.</returns>
    public long? FindPercentile(decimal share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);

        // Decimal: 0.9 × 10 is exactly 9 here, and the rank of a binary 0.9 would sometimes be one too high.
        decimal rank = Math.Ceiling(share * Count);
        long seen = 0;
        foreach ((long seconds, long count) in _bins)
        {
            seen += count;
            if (seen >= rank)
            {
                return seconds;
            }
        }

        return null;
    }

    /// <summary>Mean in seconds, from the exact sum; null when nothing was counted.</summary>
    public double? MeanSeconds => Count == 0 ? null : (double)SumSeconds / Count;

    public bool Equals(SecondsHistogram? other) =>
        other is not null && _bins.AsSpan().SequenceEqual(other._bins.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as SecondsHistogram);

    public override int GetHashCode() => HashCode.Combine(Count, SumSeconds);
}
