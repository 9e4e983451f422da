using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Forecasting.Tests.Trees;

public class SorryInputTests
{
    private static readonly FitOptions s_options = new()
    {
        Trees = 5,
        LeafRows = 1,
        Threads = 1,
    };

    [Fact]
    public void From_no_runs_at_all_nothing_is_learned()
    {
        var predictor = Fit(
            [
                [],
                [],
            ],
            []
        );
        Assert.Equal([0, 0, 0], Predicted.Of(predictor, [1, 2], 1, 1).All);
        Assert.Equal([0, 0], predictor.Importance);
    }

    [Fact]
    public void After_one_run_every_run_is_like_it()
    {
        var predictor = Fit(
            [
                [4],
            ],
            [7]
        );
        Assert.Equal([7, 7, 7], Predicted.Of(predictor, [float.NaN], 1, 1).All);
    }

    [Fact]
    public void When_all_runs_took_the_same_time_the_next_will_too()
    {
        var predictor = Fit(
            [
                [1, 2, 3, 4, 5, 6],
            ],
            [9, 9, 9, 9, 9, 9]
        );
        Assert.Equal([9, 9, 9], Predicted.Of(predictor, [3.5f], 1, 1).All);
    }

    [Fact]
    public void A_feature_that_is_always_missing_or_always_the_same_tells_nothing()
    {
        var predictor = Fit(
            [
                [float.NaN, float.NaN, float.NaN, float.NaN],
                [3, 3, 3, 3],
            ],
            [1, 2, 3, 4]
        );
        Assert.Equal([0, 0], predictor.Importance);
        Assert.Equal([1, 2, 4], Predicted.Of(predictor, [1, 3], 1, 1).All);
    }

    [Fact]
    public void Without_any_feature_the_quantiles_of_all_runs_are_predicted()
    {
        var predictor = Fit([], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        Assert.Equal([1, 5, 9], Predicted.Of(predictor, [], 1, 1).All);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(2e30f)]
    public void Refuses_a_target_that_is_no_time(float wrong)
    {
        Assert.Throws<ArgumentException>(() =>
            Fit(
                [
                    [1, 2],
                ],
                [1, wrong]
            )
        );
        Assert.Throws<ArgumentException>(() =>
            Fit(
                [
                    [1, 2],
                ],
                [1, 2],
                [wrong, 0]
            )
        );
    }

    [Fact]
    public void Refuses_an_infinite_feature()
    {
        Assert.Throws<ArgumentException>(() =>
            Fit(
                [
                    [1, float.PositiveInfinity],
                ],
                [1, 2]
            )
        );
    }

    [Fact]
    public void Refuses_more_or_fewer_targets_than_runs()
    {
        Assert.Throws<ArgumentException>(() =>
            Fit(
                [
                    [1, 2],
                ],
                [1]
            )
        );
        Assert.Throws<ArgumentException>(() =>
            Fit(
                [
                    [1, 2],
                ],
                [1, 2],
                [1]
            )
        );
    }

    [Fact]
    public void Refuses_options_that_no_tree_can_have()
    {
        FitOptions[] wrong =
        [
            s_options with
            {
                Trees = -1,
            },
            s_options with
            {
                Depth = 7,
            },
            s_options with
            {
                Depth = 0,
            },
            s_options with
            {
                Rate = double.NaN,
            },
            s_options with
            {
                LeafRows = 0,
            },
            s_options with
            {
                RowShare = 0,
            },
            s_options with
            {
                ColumnShare = 1.1,
            },
            s_options with
            {
                Threads = 0,
            },
        ];
        Assert.All(
            wrong,
            options =>
                Assert.Throws<ArgumentOutOfRangeException>(() =>
                    new BoostedTreesLearner().Fit(
                        new FeatureTable(1, [new FeatureColumn("one")], [1]),
                        [1],
                        [],
                        options,
                        CancellationToken.None
                    )
                )
        );
    }

    [Fact]
    public void The_largest_and_the_smallest_numbers_are_told_apart()
    {
        var predictor = Fit(
            [
                [float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon],
            ],
            [4, 1, 3, 2],
            rate: 1
        );
        float[] median = Predicted
            .Of(predictor, [float.MinValue, -float.Epsilon, float.Epsilon, float.MaxValue], 4, 4)
            .Median;
        Assert.True(median[0] <= median[1] && median[1] <= median[2] && median[2] <= median[3]);
        Assert.True(median[0] < median[3]);
    }

    private static IQuantilePredictor Fit(
        float[][] columns,
        float[] target,
        float[]? offset = null,
        double rate = 0.5
    ) =>
        new BoostedTreesLearner().Fit(
            new FeatureTable(
                target.Length > 0 && columns.Length > 0 ? columns[0].Length : target.Length,
                [.. columns.Select((_, at) => new FeatureColumn($"feature {at}"))],
                [.. columns.SelectMany(column => column)]
            ),
            target,
            offset,
            s_options with
            {
                Rate = rate,
                RowShare = 1,
                ColumnShare = 1,
            },
            CancellationToken.None
        );
}
