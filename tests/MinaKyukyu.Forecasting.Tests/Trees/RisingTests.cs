using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Forecasting.Tests.Trees;

public class RisingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_longer_way_is_never_predicted_to_be_faster_whatever_the_runs_said(int seed)
    {
        (FeatureTable table, float[] target) = Nonsense(seed);
        var predictor = Fit(table, target);
        Assert.Null(FirstFall(predictor, table));
        Assert.True(predictor.Importance.Take(3).Sum() > 0.01, "no rising feature was asked");
    }

    [Fact]
    public void The_check_catches_a_prediction_that_does_fall()
    {
        // The same runs, their features not declared to be rising.
        (FeatureTable table, float[] target) = Nonsense(seed: 1);
        var undeclared = new FeatureTable(
            table.Rows,
            [.. table.Columns.Select(column => column with { IsRising = false })],
            table.Values.ToArray()
        );
        Assert.NotNull(FirstFall(Fit(undeclared, target), table));
    }

    [Fact]
    public void Runs_that_do_rise_are_learned_as_well_as_without_the_promise()
    {
        var runs = Runs.Of(4_000, seed: 9);
        var options = new FitOptions { Trees = 60, Threads = 1 };
        var fresh = Runs.Of(4_000, seed: 10);
        double promised = Error(runs.Fit(options), fresh);
        var free = new FeatureTable(
            runs.Table.Rows,
            [.. Runs.Columns.Select(column => column with { IsRising = false })],
            runs.Table.Values.ToArray()
        );
        double unpromised = Error(
            new BoostedTreesLearner().Fit(free, runs.Target, [], options, CancellationToken.None),
            fresh
        );
        Assert.True(promised < 1.02 * unpromised, $"{promised} against {unpromised}");
    }

    /// <summary>Three rising features, some values of them missing, and two others; targets that fall and jump along all of them.</summary>
    private static (FeatureTable Table, float[] Target) Nonsense(int seed)
    {
        const int rows = 400;
        var chance = new Random(seed);
        ImmutableArray<FeatureColumn> columns =
        [
            new("way", IsRising: true),
            new("turns", IsRising: true),
            new("signals", IsRising: true),
            new("hour"),
            new("rain"),
        ];
        float[] values = new float[rows * columns.Length];
        for (int at = 0; at < values.Length; at++)
        {
            values[at] = chance.Next(6) == 0 ? float.NaN : chance.Next(12);
        }

        float[] target =
        [
            .. Enumerable
                .Range(0, rows)
                .Select(row =>
                    (5 * MathF.Sin(Known(values[row])))
                    - Known(values[rows + row])
                    + (Known(values[(2 * rows) + row]) * (Known(values[(3 * rows) + row]) - 4))
                    + (10 * chance.NextSingle())
                ),
        ];
        return (new FeatureTable(rows, columns, values), target);
    }

    private static float Known(float value) => float.IsNaN(value) ? 30 : value;

    private static IQuantilePredictor Fit(FeatureTable table, float[] target) =>
        new BoostedTreesLearner().Fit(
            table,
            target,
            [],
            new FitOptions
            {
                Trees = 40,
                Rate = 0.3,
                LeafRows = 4,
                Threads = 1,
            },
            CancellationToken.None
        );

    /// <summary>Takes each row along each of the first three features; tells where a quantile falls.</summary>
    private static string? FirstFall(IQuantilePredictor predictor, FeatureTable table)
    {
        float[] steps = [.. Enumerable.Range(-2, 32).Select(step => step / 2f)];
        float[] columns = new float[steps.Length * table.Columns.Length];
        for (int row = 0; row < table.Rows; row += 3)
        {
            for (int rising = 0; rising < 3; rising++)
            {
                for (int column = 0; column < table.Columns.Length; column++)
                {
                    columns
                        .AsSpan(column * steps.Length, steps.Length)
                        .Fill(table.Column(column)[row]);
                }

                steps.CopyTo(columns, rising * steps.Length);
                var predicted = Predicted.Of(predictor, columns, steps.Length, steps.Length);
                foreach (float[] one in new[] { predicted.Low, predicted.Median, predicted.High })
                {
                    for (int step = 1; step < steps.Length; step++)
                    {
                        if (one[step] < one[step - 1])
                        {
                            return $"row {row} falls along {rising} at {steps[step]}";
                        }
                    }
                }
            }
        }

        return null;
    }

    private static double Error(IQuantilePredictor predictor, Runs runs) =>
        Predicted
            .Of(predictor, runs.Table)
            .Median.Zip(runs.Target)
            .Average(pair => Math.Abs(pair.First - pair.Second));
}
