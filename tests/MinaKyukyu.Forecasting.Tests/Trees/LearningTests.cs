using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Forecasting.Tests.Trees;

public class LearningTests
{
    private static readonly FitOptions s_options = new()
    {
        Trees = 120,
        LeafRows = 50,
        Threads = 2,
    };

    [Fact]
    public void Of_ten_new_runs_one_is_faster_than_P10_five_than_P50_nine_than_P90()
    {
        var predictor = Runs.Of(20_000, seed: 1).Fit(s_options);
        var fresh = Runs.Of(20_000, seed: 2);
        var predicted = Predicted.Of(predictor, fresh.Table);
        Assert.InRange(Within(fresh.Target, predicted.Low), 0.085, 0.115);
        Assert.InRange(Within(fresh.Target, predicted.Median), 0.48, 0.52);
        Assert.InRange(Within(fresh.Target, predicted.High), 0.885, 0.915);
    }

    [Fact]
    public void Far_runs_are_predicted_later_and_with_more_doubt_than_near_ones()
    {
        var predictor = Runs.Of(20_000, seed: 1).Fit(s_options);
        float[] nearAndFar = [1, 9, 12, 12, 0, 0, 0.5f, 0.5f];
        var predicted = Predicted.Of(predictor, nearAndFar, 2, 2);

        // The median of what is known of the runs: 2 × km + 1 + 0.3 × km.
        Assert.InRange(predicted.Median[0], 3.3 - 0.4, 3.3 + 0.4);
        Assert.InRange(predicted.Median[1], 21.7 - 0.7, 21.7 + 0.7);
        Assert.True(
            predicted.High[1] - predicted.Low[1] > 1.5 * (predicted.High[0] - predicted.Low[0])
        );
    }

    [Fact]
    public void The_way_matters_most_and_the_number_that_means_nothing_least()
    {
        var importance = Runs.Of(5_000, seed: 3).Fit(s_options with { Trees = 40 }).Importance;
        Assert.Equal(1, importance.Sum(), 9);
        Assert.Equal(importance.Max(), importance[0]);
        Assert.Equal(importance.Min(), importance[3]);
    }

    [Fact]
    public void Rain_that_nobody_reported_is_neither_rain_nor_dry_weather()
    {
        // Whoever did not report lost half an hour.
        const int rows = 3_000;
        float[] values = new float[rows];
        float[] target = new float[rows];
        for (int row = 0; row < rows; row++)
        {
            values[row] = (row % 3) switch
            {
                0 => 0,
                1 => 1,
                _ => float.NaN,
            };
            target[row] = ((row % 3) * 15) + (row % 7 * 0.1f);
        }

        var table = new FeatureTable(rows, [new FeatureColumn("rain")], values);
        var predictor = new BoostedTreesLearner().Fit(
            table,
            target,
            [],
            s_options with
            {
                ColumnShare = 1,
            },
            CancellationToken.None
        );
        var predicted = Predicted.Of(predictor, [0, 1, float.NaN], 3, 3);
        Assert.InRange(predicted.Median[0], 0, 1);
        Assert.InRange(predicted.Median[1], 15, 16);
        Assert.InRange(predicted.Median[2], 30, 31);
    }

    [Fact]
    public void What_the_offset_explains_is_not_learned_again()
    {
        var runs = Runs.Of(2_000, seed: 4);
        var predictor = new BoostedTreesLearner().Fit(
            runs.Table,
            runs.Target,
            runs.Target,
            s_options,
            CancellationToken.None
        );
        Assert.All(Predicted.Of(predictor, runs.Table).All, value => Assert.Equal(0, value));
    }

    [Fact]
    public void P10_is_never_above_P50_nor_P50_above_P90()
    {
        // Five rows a leaf and a high rate: what comes out of the trees does cross.
        var runs = Runs.Of(300, seed: 5);
        var predictor = runs.Fit(
            new FitOptions
            {
                Trees = 60,
                Rate = 0.5,
                LeafRows = 5,
                Threads = 1,
            }
        );
        var fresh = Runs.Of(5_000, seed: 6);
        var predicted = Predicted.Of(predictor, fresh.Table);
        for (int row = 0; row < fresh.Table.Rows; row++)
        {
            Assert.True(predicted.Low[row] <= predicted.Median[row]);
            Assert.True(predicted.Median[row] <= predicted.High[row]);
        }
    }

    [Fact]
    public void The_same_runs_give_the_same_bytes_with_one_two_and_seven_threads()
    {
        // More rows than fit one block of rows, or one round of packed counts.
        var runs = Runs.Of(70_000, seed: 7);
        var options = s_options with { Trees = 8 };
        byte[] one = Predicted.Bytes(runs.Fit(options with { Threads = 1 }));
        Assert.Equal(one, Predicted.Bytes(runs.Fit(options with { Threads = 2 })));
        Assert.Equal(one, Predicted.Bytes(runs.Fit(options with { Threads = 7 })));
        Assert.NotEqual(one, Predicted.Bytes(runs.Fit(options with { Seed = 2 })));
    }

    [Fact]
    public void Stops_between_two_trees_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var runs = Runs.Of(100, seed: 8);
        Assert.Throws<OperationCanceledException>(() =>
            new BoostedTreesLearner().Fit(runs.Table, runs.Target, [], s_options, stop.Token)
        );
    }

    private static double Within(float[] target, float[] predicted) =>
        target.Zip(predicted).Count(pair => pair.First <= pair.Second) / (double)target.Length;
}
