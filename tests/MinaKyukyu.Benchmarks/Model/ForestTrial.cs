using MinaKyukyu.Benchmarks.Trials;
using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Benchmarks.Model;

/// <summary>Our trees: P10, P50 and P90 of all rows, on one thread. Answers are compared with one row at a time, bit by bit.</summary>
internal sealed class ForestTrial(string name, SymmetricForest forest, ModelRows rows)
    : ClockedTrial(name)
{
    private readonly float[] _low = new float[rows.Table.Rows];
    private readonly float[] _median = new float[rows.Table.Rows];
    private readonly float[] _high = new float[rows.Table.Rows];

    protected override void Predict() =>
        forest.Predict(rows.Table.Values, rows.Table.Rows, rows.Table.Rows, _low, _median, _high);

    public override Func<Agreement> Keep()
    {
        int[] kept = Bits(_low, _median, _high);
        return () =>
        {
            int count = rows.Table.Rows;
            (float[] low, float[] median, float[] high) = (
                new float[count],
                new float[count],
                new float[count]
            );
            ForestKernel.Predict(
                forest,
                rows.Table.Values,
                count,
                low,
                median,
                high,
                KernelWidth.One
            );
            return Agreement.Of(kept, Bits(low, median, high));
        };
    }

    private static int[] Bits(params float[][] predicted) =>
        [.. predicted.SelectMany(values => values).Select(BitConverter.SingleToInt32Bits)];
}
