using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Forecasting.Tests.Trees;

public class PartsTests
{
    [Fact]
    public void A_quantile_is_found_where_sorting_finds_it()
    {
        var chance = new Random(14);
        for (int round = 0; round < 500; round++)
        {
            float[] values =
            [
                .. Enumerable.Range(0, chance.Next(1, 60)).Select(_ => (float)chance.Next(20)),
            ];
            double share = chance.NextDouble();
            float expected = values
                .Order()
                .First(value => values.Count(one => one <= value) >= share * values.Length);
            Assert.Equal(expected, Selection.Quantile(values, share));
        }
    }

    [Fact]
    public void Bins_keep_the_order_of_values_and_never_part_equal_ones()
    {
        var chance = new Random(15);
        foreach (int different in new[] { 1, 2, 254, 255, 256, 257, 5_000 })
        {
            float[] column =
            [
                .. Enumerable
                    .Range(0, 6_000)
                    .Select(row => row % 9 == 0 ? float.NaN : chance.Next(different) * 0.1f),
            ];
            var feature = FeatureBins.Of(column, isRising: false);
            Assert.InRange(feature.Thresholds.Length, Math.Min(different, 200) - 1, 254);
            Assert.True(feature.HasMissing);
            var known = column
                .Zip(feature.Bins)
                .Where(pair => !float.IsNaN(pair.First))
                .OrderBy(pair => pair.First)
                .ToList();
            for (int at = 1; at < known.Count; at++)
            {
                Assert.True(known[at].Second >= known[at - 1].Second);
                Assert.True(
                    known[at].First > known[at - 1].First
                        || known[at].Second == known[at - 1].Second
                );
            }

            Assert.All(
                column.Zip(feature.Bins).Where(pair => float.IsNaN(pair.First)),
                pair => Assert.Equal(FeatureBins.Missing, pair.Second)
            );
        }
    }

    [Fact]
    public void Counting_many_rows_at_once_loses_none()
    {
        const int rows = 200_000;
        byte[] bins = new byte[rows];
        byte[] leafOf = new byte[rows];
        ulong[] adds = new ulong[rows];
        Array.Fill(adds, Counts.Of(isAboveLow: true, isAboveMedian: false, isAboveHigh: true));
        Array.Fill(leafOf, (byte)3);
        var counts = new Counts();
        counts.Count(bins, leafOf, adds, 4);
        Assert.Equal([rows, rows, 0, rows], counts.Leaf(3)[..4].ToArray());
        Assert.Equal(rows + rows + rows, counts.Leaf(3).ToArray().Sum());
    }

    [Fact]
    public void Chance_takes_about_the_share_it_is_told_and_each_stream_its_own()
    {
        bool[] one = [.. Draw(stream: 1)];
        bool[] other = [.. Draw(stream: 2)];
        Assert.InRange(one.Count(taken => taken), 7_800, 8_200);
        Assert.InRange(one.Zip(other).Count(pair => pair.First && pair.Second), 6_200, 6_600);
    }

    [Fact]
    public void Leaves_rise_along_two_features_at_once_when_they_are_closed()
    {
        FeatureBins[] features =
        [
            new([1, 2, 3], [], HasMissing: true, IsRising: true),
            new([1, 2, 3], [], HasMissing: true, IsRising: true),
        ];
        Split[] splits =
        [
            new(0, 1, IsMissingRight: true, 1),
            new(1, 2, IsMissingRight: false, 1),
            new(0, 0, IsMissingRight: false, 1),
            new(1, 0, IsMissingRight: true, 1),
            new(0, 3, IsMissingRight: true, 1),
            new(0, 1, IsMissingRight: false, 1),
        ];
        Chain[] chains = [Chain.Of(0, splits, 3), Chain.Of(1, splits, 3)];

        // The fifth decision parts missing values from all others, and the first and the last are one threshold.
        Assert.Equal([0, 1], chains[0].Bins);
        Assert.Equal([8, 32 + 1], chains[0].Bits);
        var chance = new Random(16);
        int[] values = [.. Enumerable.Range(0, 64).Select(_ => chance.Next(-1_000, 1_000))];
        RisingOrder.Close(values, chains);
        foreach (Chain chain in chains)
        {
            foreach (int first in chain.Firsts)
            {
                for (int step = 0; step < chain.Bits.Length; step++)
                {
                    Assert.True(
                        values[chain.Leaf(first, step)] <= values[chain.Leaf(first, step + 1)]
                    );
                }
            }
        }
    }

    [Fact]
    public void The_step_of_values_is_a_power_of_two_that_suits_the_target()
    {
        float[] sizes = [0, 1e-30f, 1, 7.5f, 3_600, 1e30f];
        foreach (float size in sizes)
        {
            var grid = Grid.Of([size, -size, size], trees: 300);
            Assert.True(Grid.IsStep(grid.Step));
            Assert.True(grid.Step <= Math.Max(size, 1) * 1e-6f);
            Assert.Equal(size, grid.Start(size) * grid.Step, size * 1e-6f);
            Assert.InRange(grid.Leaf(double.MaxValue), 1, int.MaxValue / 300);
        }

        Assert.False(Grid.IsStep(0));
        Assert.False(Grid.IsStep(float.NaN));
        Assert.False(Grid.IsStep(float.PositiveInfinity));
        Assert.False(Grid.IsStep(3));
        Assert.False(Grid.IsStep(-2));
    }

    private static IEnumerable<bool> Draw(ulong stream) =>
        Enumerable
            .Range(0, 10_000)
            .Select(number => Chance.Takes(0.8, seed: 1, stream, (ulong)number));
}
