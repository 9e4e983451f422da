using System.Collections.Immutable;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Evaluation;

/// <summary>What a department without any history gets: each word of a column in turn is the newcomer, the others are the pool.</summary>
public static class ColdStart
{
    /// <summary>Own runs after which the newcomer is looked at.</summary>
    public static ImmutableArray<int> Stages { get; } = [0, 100, 1_000, 10_000];

    /// <param name="options">Which runs of the newcomer are scored; those after the training window, if it does not say.</param>
    /// <exception cref="ForecastException">No such column, or no run of the window in the files.</exception>
    public static IReadOnlyList<Newcomer> Run(
        StoredModel model,
        RunTable runs,
        string column,
        EvaluationOptions options,
        IQuantileLearner learner,
        CancellationToken stop
    )
    {
        TrainingWindow window = model.Manifest.Window;
        RunColumn named = model.Schema.Find(column) is { HasWords: true } found
            ? found
            : throw new ForecastException("--cold-start", $"{column} is no column of words");
        // Whoever is the newcomer here is a department, whatever the schema calls one.
        RunTable asDepartments = runs.With(runs.Schema with { Department = column });
        CategoryColumn words = asDepartments.Categories(named);
        var training = new TrainingOptions
        {
            Fit = model.Manifest.Fit with { Threads = Environment.ProcessorCount },
        };
        DateTimeOffset from = options.From ?? window.Until;
        var newcomers = new List<Newcomer>();
        foreach (string word in words.Words.Order(StringComparer.Ordinal))
        {
            int own = words.Words.IndexOf(word);
            RunTable pool = asDepartments.Where(row =>
                words.Codes[row] != own && window.Holds(asDepartments.DecidedAt(row))
            );
            RunTable scored = asDepartments.Where(row =>
                words.Codes[row] == own
                && asDepartments.DecidedAt(row) >= from
                && (options.Until is not { } until || asDepartments.DecidedAt(row) < until)
            );
            if (pool.Count < ModelLearning.LeastRuns)
            {
                throw new ForecastException(
                    "--cold-start",
                    "the files hold too few runs of the others in the training window"
                );
            }

            if (scored.Count > 0)
            {
                LearnedModel learned = ModelLearning.LearnForNewcomer(
                    pool,
                    learner,
                    training,
                    stop
                );
                newcomers.Add(Score(word, learned, window, scored));
            }
        }

        return newcomers;
    }

    private static Newcomer Score(
        string word,
        LearnedModel model,
        TrainingWindow window,
        RunTable runs
    )
    {
        EvaluationRuns still = Evaluator.Run(model, window, runs, new EvaluationOptions());
        EvaluationRuns online = Evaluator.Run(
            model,
            window,
            runs,
            new EvaluationOptions { IsOnline = true }
        );
        // After no run of its own nothing was learned: all its runs are a test of that.
        return new Newcomer(
            word,
            [
                .. Stages.Select(own =>
                    own >= runs.Count ? null
                    : own == 0 ? new Stage(own, still.Score())
                    : new Stage(own, online.Score(row => row >= own))
                ),
            ]
        );
    }
}

/// <param name="Stages">In the order of <see cref="ColdStart.Stages"/>; null where it had fewer runs.</param>
public sealed record Newcomer(string Word, ImmutableArray<Stage?> Stages);

/// <summary>The runs after the first <paramref name="OwnRuns"/>.</summary>
public sealed record Stage(
    int OwnRuns,
    int Runs,
    double MaeSeconds,
    double CoverageP10,
    double CoverageP90
)
{
    internal Stage(int ownRuns, Score score)
        : this(ownRuns, score.Count, score.MaeSeconds, score.Coverage.P10, score.Coverage.P90) { }
}
