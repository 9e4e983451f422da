using MinaKyukyu.Forecasting.Calibration;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Models;

/// <summary>From runs to a model: trees on the older ones, intervals on the newest.</summary>
internal static class ModelLearning
{
    /// <summary>Fewer runs say nothing about one in ten.</summary>
    public const int LeastRuns = 100;

    /// <summary>So long must runs span for their seasons to be told: each was seen twice.</summary>
    private static readonly TimeSpan TwoYears = TimeSpan.FromDays(730);

    /// <summary>Trees of a newcomer's model: it looks at fewer things. Own working value, docs/MODEL.md.</summary>
    private const int NewcomerTrees = 100;

    /// <exception cref="ForecastException">Too few runs, or all of them took equally long.</exception>
    public static LearnedModel Learn(
        RunTable runs,
        IQuantileLearner learner,
        TrainingOptions options,
        CancellationToken stop
    )
    {
        Check(runs);
        LearnedModel own = LearnOne(runs, learner, options, stop);
        return runs.Schema.Department is null
            ? own
            : own with
            {
                Newcomer = LearnForNewcomer(runs, learner, options, stop),
            };
    }

    /// <summary>
    /// A model for a department without any run of its own: nothing that names a place of the others, and limits as wide as the
    /// departments differ.
    /// </summary>
    public static LearnedModel LearnForNewcomer(
        RunTable runs,
        IQuantileLearner learner,
        TrainingOptions options,
        CancellationToken stop
    ) =>
        LearnOne(
            runs.With(runs.Schema with { IsForNewcomer = true }),
            learner,
            options with
            {
                Fit = options.Fit with { Trees = Math.Min(NewcomerTrees, options.Fit.Trees) },
            },
            stop
        );

    private static RunTable WithSeasonsSeenTwice(RunTable runs) =>
        runs.Schema.BySeason && runs.DecidedAt(runs.Count - 1) - runs.DecidedAt(0) < TwoYears
            ? runs.With(runs.Schema with { BySeason = false })
            : runs;

    private static LearnedModel LearnOne(
        RunTable runs,
        IQuantileLearner learner,
        TrainingOptions options,
        CancellationToken stop
    )
    {
        var prepared = PreparedRuns.Learn(WithSeasonsSeenTwice(runs));
        FeatureRecipe recipe = prepared.Recipe;
        int fitted = (int)(runs.Count * (1 - options.CalibrationShare));
        float[] observed = Array.ConvertAll(runs.ObservedSeconds, PreparedRuns.LogOf);
        float[] offsets = Array.ConvertAll(
            prepared.Expected,
            seconds => LearnedModel.OffsetOf(recipe, seconds)
        );
        IQuantilePredictor predictor = learner.Fit(
            First(prepared.Table, fitted),
            observed.AsSpan(0, fitted),
            offsets.AsSpan(0, fitted),
            options.Fit,
            stop
        );
        LogQuantiles raw = LearnedModel.Predict(
            recipe,
            predictor,
            prepared.Table,
            prepared.Expected
        );
        int[] newest = [.. Enumerable.Range(fitted, runs.Count - fitted)];
        var corrections = Corrections.Of(prepared.CellCodes, newest, raw, observed);
        return new LearnedModel(
            recipe,
            predictor,
            runs.Schema.IsForNewcomer
                ? corrections with
                {
                    All = Spread.Over(runs, newest, raw, observed) ?? corrections.All,
                }
                : corrections,
            PartMedians.Of(prepared),
            ConstantBaselines.Of(runs)
        );
    }

    private static void Check(RunTable runs)
    {
        if (runs.Count < LeastRuns)
        {
            throw new ForecastException(
                runs.Schema.Name,
                $"{runs.Count} runs are too few to learn from; at least {LeastRuns} are needed"
            );
        }

        if (Array.TrueForAll(runs.ObservedSeconds, s => s.Equals(runs.ObservedSeconds[0])))
        {
            throw new ForecastException(
                runs.Schema.Name,
                "all runs took equally long; there is nothing to learn"
            );
        }
    }

    private static FeatureTable First(FeatureTable table, int rows)
    {
        var values = new float[table.Columns.Length * rows];
        for (int c = 0; c < table.Columns.Length; c++)
        {
            table.Column(c)[..rows].CopyTo(values.AsSpan(c * rows));
        }

        return new FeatureTable(rows, table.Columns, values);
    }
}
