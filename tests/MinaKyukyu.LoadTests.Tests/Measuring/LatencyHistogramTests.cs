using MinaKyukyu.LoadTests.Measuring;

namespace MinaKyukyu.LoadTests.Tests.Measuring;

public sealed class LatencyHistogramTests
{
    private static readonly double[] Shares = [0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Quantiles_are_within_one_percent_of_the_exact_ones(int seed)
    {
        var chance = new Random(seed);
        // From 1 µs to 100 s, all magnitudes alike.
        TimeSpan[] durations =
        [
            .. Enumerable
                .Range(0, 20_000)
                .Select(_ => TimeSpan.FromSeconds(Math.Pow(10, (chance.NextDouble() * 8) - 6))),
        ];
        LatencyHistogram histogram = Of(durations);
        TimeSpan[] sorted = [.. durations.Order()];

        foreach (double share in Shares)
        {
            TimeSpan exact = sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
            TimeSpan read = histogram.Quantile(share)!.Value;
            Assert.True(
                Math.Abs((read - exact).Ticks) <= (0.01 * exact.Ticks) + 1,
                $"seed {seed}, p{share * 100}: {read} instead of {exact}"
            );
        }

        Assert.Equal(sorted[^1], histogram.Max);
    }

    [Fact]
    public void Merging_is_associative_and_commutative_and_equals_recording_in_one()
    {
        var chance = new Random(11);
        TimeSpan[][] parts =
        [
            .. Enumerable
                .Range(1, 3)
                .Select(n =>
                    Enumerable
                        .Range(0, n * 300)
                        .Select(_ => TimeSpan.FromTicks(chance.NextInt64(50_000_000)))
                        .ToArray()
                ),
        ];
        LatencyHistogram whole = Of([.. parts.SelectMany(p => p)]);

        LatencyHistogram left = Merged(Merged(Of(parts[0]), Of(parts[1])), Of(parts[2]));
        LatencyHistogram right = Merged(Of(parts[0]), Merged(Of(parts[1]), Of(parts[2])));
        LatencyHistogram turned = Merged(Merged(Of(parts[2]), Of(parts[0])), Of(parts[1]));

        foreach (double share in Shares)
        {
            Assert.Equal(whole.Quantile(share), left.Quantile(share));
            Assert.Equal(whole.Quantile(share), right.Quantile(share));
            Assert.Equal(whole.Quantile(share), turned.Quantile(share));
        }

        Assert.Equal((whole.Count, whole.Max), (left.Count, left.Max));
        Assert.Equal((whole.Count, whole.Max), (turned.Count, turned.Max));
    }

    [Fact]
    public void Knows_nothing_before_the_first_duration_and_takes_the_longest_there_is()
    {
        var histogram = new LatencyHistogram();
        Assert.Null(histogram.Quantile(0.5));

        // The longest that still counts in nanoseconds, 292 years.
        histogram.Record(TimeSpan.FromTicks(long.MaxValue / TimeSpan.NanosecondsPerTick));
        histogram.Record(TimeSpan.Zero);

        Assert.Equal(TimeSpan.Zero, histogram.Quantile(0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.Record(TimeSpan.FromTicks(-1)));
    }

    private static LatencyHistogram Of(IEnumerable<TimeSpan> durations)
    {
        var histogram = new LatencyHistogram();
        foreach (TimeSpan duration in durations)
        {
            histogram.Record(duration);
        }

        return histogram;
    }

    private static LatencyHistogram Merged(LatencyHistogram into, LatencyHistogram other)
    {
        into.Merge(other);
        return into;
    }
}
