using FsCheck;
using FsCheck.Fluent;
using MinaKyukyu.Analytics.Intervals;

namespace MinaKyukyu.Incidents.Tests.Analytics;

public class SecondsHistogramTests
{
    private static SecondsHistogram Of(IEnumerable<int> milliseconds) =>
        SecondsHistogram.Of(milliseconds.Select(m => TimeSpan.FromMilliseconds(Math.Abs((long)m))));

    // Scaled, so that seconds repeat and some lie beyond two hours.
    private static SecondsHistogram Of(int[] some) => Of(some.Select(s => s % 20 * 487_331));

    [Fact]
    public void Merging_is_associative_and_commutative_and_the_same_as_counting_together() =>
        Prop.ForAll<int[], int[], int[]>(
                (a, b, c) =>
                    Of(a).Merge(Of(b)).Equals(Of(b).Merge(Of(a)))
                    && Of(a).Merge(Of(b)).Merge(Of(c)).Equals(Of(a).Merge(Of(b).Merge(Of(c))))
                    && Of(a).Merge(Of(b)).Equals(Of([.. a, .. b]))
                    && Of(a).Merge(SecondsHistogram.Empty).Equals(Of(a))
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_percentile_is_the_nearest_rank_of_the_sorted_seconds() =>
        Prop.ForAll<int[], byte>(
                (some, percent) =>
                {
                    int share = (percent % 100) + 1;
                    long[] sorted =
                    [
                        .. some.Select(s => Math.Abs(s % 20 * 487_331L) / 1_000).Order(),
                    ];
                    long? expected =
                        sorted.Length == 0
                            ? null
                            : sorted[((share * sorted.Length) + 99) / 100 - 1];
                    return Of(some).FindPercentile(share / 100m) == expected;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Durations_are_floored_to_whole_seconds_and_the_mean_comes_from_their_sum()
    {
        SecondsHistogram histogram = Of((IEnumerable<int>)[999, 1_000, 1_999, 7_200_500]);

        Assert.Equal([(0, 1), (1, 2), (7_200, 1)], histogram.Bins);
        Assert.Equal(7_202 / 4.0, histogram.MeanSeconds);
        Assert.Equal(1, histogram.FindPercentile(0.5m));
        Assert.Equal(7_200, histogram.FindPercentile(0.9m));
    }

    [Fact]
    public void The_median_of_two_is_the_smaller_and_nine_of_ten_is_the_ninth_of_ten()
    {
        Assert.Equal(3, Of((IEnumerable<int>)[3_000, 5_000]).FindPercentile(0.5m));
        Assert.Equal(9, Of(Enumerable.Range(1, 10).Select(s => s * 1_000)).FindPercentile(0.9m));
    }

    [Fact]
    public void Nothing_counted_has_no_percentile_and_no_mean()
    {
        Assert.Null(SecondsHistogram.Empty.FindPercentile(0.5m));
        Assert.Null(SecondsHistogram.Empty.MeanSeconds);
    }

    [Fact]
    public void A_negative_duration_and_a_share_that_is_none_are_broken_promises()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            SecondsHistogram.Of([TimeSpan.FromSeconds(-1)])
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => SecondsHistogram.Empty.FindPercentile(0));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            SecondsHistogram.Empty.FindPercentile(1.1m)
        );
    }
}
