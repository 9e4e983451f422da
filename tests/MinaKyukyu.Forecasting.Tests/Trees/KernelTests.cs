using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Forecasting.Tests.Trees;

public class KernelTests
{
    private static readonly Runs s_runs = Runs.Of(2_100, seed: 11);

    private static readonly SymmetricForest s_forest = (SymmetricForest)
        s_runs.Fit(
            new FitOptions
            {
                Trees = 30,
                LeafRows = 10,
                Threads = 1,
            }
        );

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(300)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(528)]
    [InlineData(1_025)]
    [InlineData(2_100)]
    public void Every_number_of_rows_gets_the_same_bits_at_every_width(int rows)
    {
        float[] expected = ByHand(rows);
        foreach (var width in Enum.GetValues<KernelWidth>().Where(ForestKernel.IsSupported))
        {
            Assert.Equal(expected, By(width, rows));
        }
    }

    [Fact]
    public void No_rows_are_predicted_without_complaint()
    {
        s_forest.Predict([], 0, 0, [], [], []);
    }

    [Fact]
    public void Refuses_rows_that_are_not_there()
    {
        float[] into = new float[8];
        Assert.Throws<ArgumentException>(() =>
            s_forest.Predict(new float[10], 3, 3, into, into, into)
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            s_forest.Predict(new float[12], 2, 3, into, into, into)
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            s_forest.Predict(new float[12], 3, 3, new float[2], into, into)
        );
    }

    [Fact]
    public void Takes_nothing_from_the_heap()
    {
        float[] low = new float[300];
        float[] median = new float[300];
        float[] high = new float[300];
        s_forest.Predict(s_runs.Table.Values, s_runs.Table.Rows, 300, low, median, high);
        long before = GC.GetAllocatedBytesForCurrentThread();
        s_forest.Predict(s_runs.Table.Values, s_runs.Table.Rows, 300, low, median, high);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static float[] By(KernelWidth width, int rows)
    {
        var into = new Predicted(new float[rows], new float[rows], new float[rows]);
        ForestKernel.Predict(
            s_forest,
            s_runs.Table.Values,
            s_runs.Table.Rows,
            into.Low,
            into.Median,
            into.High,
            width
        );
        return [.. into.All];
    }

    /// <summary>The slow and obvious way: one row, one tree, one question after the other.</summary>
    private static float[] ByHand(int rows)
    {
        float[][] sorted = [new float[rows], new float[rows], new float[rows]];
        for (int row = 0; row < rows; row++)
        {
            int[] sums = [.. s_forest.Starts];
            for (int tree = 0; tree < s_forest.Trees; tree++)
            {
                int leaf = 0;
                for (int at = tree * 6; at < (tree + 1) * 6; at++)
                {
                    float value = s_runs.Table.Column(s_forest.Asked[at])[row];
                    bool isTurned = float.IsNegative(s_forest.Flips[at]);
                    leaf =
                        (2 * leaf)
                        + ((isTurned ? -value : value) > s_forest.Thresholds[at] ? 1 : 0);
                }

                for (int quantile = 0; quantile < 3; quantile++)
                {
                    sums[quantile] += s_forest.Leaves[(tree * 192) + (quantile * 64) + leaf];
                }
            }

            Array.Sort(sums);
            for (int quantile = 0; quantile < 3; quantile++)
            {
                sorted[quantile][row] = sums[quantile] * s_forest.Step;
            }
        }

        return [.. sorted.SelectMany(one => one)];
    }
}
