using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Tests.Trees;

namespace MinaKyukyu.Forecasting.Tests.Learners;

/// <summary>What a model may expect of whoever grows its trees; one suite for every provider.</summary>
public abstract class LearnerContract
{
    private static readonly FitOptions Options = new()
    {
        Trees = 60,
        LeafRows = 30,
        Threads = 2,
    };

    protected abstract IQuantileLearner Learner { get; }

    [Fact]
    public void The_same_runs_and_seed_give_the_same_predictions_at_any_number_of_threads()
    {
        var runs = Trees.Runs.Of(3_000, seed: 21);
        var fresh = Trees.Runs.Of(500, seed: 22).Table;
        Predicted once = Predicted.Of(Fit(runs, Options), fresh);
        foreach (int threads in (int[])[1, 2, 5])
        {
            Predicted again = Predicted.Of(Fit(runs, Options with { Threads = threads }), fresh);
            Assert.Equal(once.All, again.All);
        }
    }

    [Fact]
    public void What_was_written_predicts_the_same_when_it_is_read()
    {
        var runs = Trees.Runs.Of(2_000, seed: 23);
        IQuantilePredictor learned = Fit(runs, Options);
        byte[] bytes = Predicted.Bytes(learned);
        IQuantilePredictor read = Learner.Read(bytes, Trees.Runs.Columns.Length);
        Assert.Equal(Predicted.Of(learned, runs.Table).All, Predicted.Of(read, runs.Table).All);
        Assert.Equal(learned.Importance, read.Importance);
    }

    [Fact]
    public void Bytes_that_are_cut_short_or_of_something_else_are_refused()
    {
        byte[] bytes = Predicted.Bytes(Fit(Trees.Runs.Of(500, seed: 24), Options));
        int features = Trees.Runs.Columns.Length;
        Assert.Throws<InvalidDataException>(() => Learner.Read([], features));
        Assert.Throws<InvalidDataException>(() => Learner.Read(bytes.AsSpan(0, 7), features));
        Assert.Throws<InvalidDataException>(() =>
            Learner.Read(bytes.AsSpan(0, bytes.Length / 2), features)
        );
        Assert.Throws<InvalidDataException>(() => Learner.Read("arrivals"u8, features));
    }

    [Fact]
    public void Trees_of_another_number_of_features_are_refused()
    {
        byte[] bytes = Predicted.Bytes(Fit(Trees.Runs.Of(500, seed: 25), Options));
        Assert.Throws<InvalidDataException>(() =>
            Learner.Read(bytes, Trees.Runs.Columns.Length + 1)
        );
        Assert.Throws<InvalidDataException>(() =>
            Learner.Read(bytes, Trees.Runs.Columns.Length - 1)
        );
    }

    [Fact]
    public void A_run_of_which_nothing_is_known_still_gets_an_answer()
    {
        IQuantilePredictor learned = Fit(Trees.Runs.Of(1_000, seed: 26), Options);
        float[] unknown = [.. Enumerable.Repeat(float.NaN, Trees.Runs.Columns.Length)];
        Assert.All(
            Predicted.Of(learned, unknown, 1, 1).All,
            value => Assert.True(float.IsFinite(value), $"{value}")
        );
    }

    [Fact]
    public void P10_is_never_above_P50_nor_P50_above_P90()
    {
        IQuantilePredictor learned = Fit(Trees.Runs.Of(600, seed: 27), Options with { Rate = 0.4 });
        Predicted predicted = Predicted.Of(learned, Trees.Runs.Of(2_000, seed: 28).Table);
        for (int row = 0; row < predicted.Low.Length; row++)
        {
            Assert.True(predicted.Low[row] <= predicted.Median[row], $"row {row}");
            Assert.True(predicted.Median[row] <= predicted.High[row], $"row {row}");
        }
    }

    [Fact]
    public void What_depends_on_the_way_is_told_better_than_by_one_answer_for_all()
    {
        var runs = Trees.Runs.Of(4_000, seed: 29);
        var fresh = Trees.Runs.Of(2_000, seed: 30);
        float[] centre = Predicted.Of(Fit(runs, Options), fresh.Table).Median;
        float[] sorted = [.. runs.Target.Order()];
        float one = sorted[sorted.Length / 2];
        double error = fresh.Target.Zip(centre, (t, p) => Math.Abs(t - p)).Average();
        double constant = fresh.Target.Average(t => Math.Abs(t - one));
        Assert.True(error < 0.4 * constant, $"{error} is not well below {constant}");
    }

    [Fact]
    public void Rows_asked_one_by_one_are_answered_as_when_they_are_asked_together()
    {
        var runs = Trees.Runs.Of(1_000, seed: 31);
        IQuantilePredictor learned = Fit(runs, Options);
        float[] together = Predicted.Of(learned, runs.Table).Median;
        int features = Trees.Runs.Columns.Length;
        for (int row = 0; row < 40; row++)
        {
            float[] alone =
            [
                .. Enumerable.Range(0, features).Select(c => runs.Table.Column(c)[row]),
            ];
            Assert.Equal(together[row], Predicted.Of(learned, alone, 1, 1).Median[0]);
        }
    }

    [Fact]
    public void Importance_adds_up_to_one_or_nobody_tells_it()
    {
        IReadOnlyList<double> importance = Fit(Trees.Runs.Of(1_000, seed: 32), Options).Importance;
        Assert.Equal(Trees.Runs.Columns.Length, importance.Count);
        Assert.All(importance, share => Assert.InRange(share, 0, 1));
        double sum = importance.Sum();
        Assert.True(sum == 0 || Math.Abs(sum - 1) < 1e-9, $"{sum}");
    }

    [Fact]
    public void Nothing_is_learned_once_it_was_told_to_stop()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var runs = Trees.Runs.Of(300, seed: 33);
        Assert.Throws<OperationCanceledException>(() =>
            Learner.Fit(runs.Table, runs.Target, [], Options, stop.Token)
        );
    }

    private IQuantilePredictor Fit(Trees.Runs runs, FitOptions options) =>
        Learner.Fit(runs.Table, runs.Target, [], options, CancellationToken.None);
}
