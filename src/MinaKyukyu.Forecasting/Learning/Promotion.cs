using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Learning;

/// <summary>Whether a newly learned model may take the place of the one in force: only if later runs say so, with an interval.</summary>
/// <param name="Runs">Newer than what the new model learned from; a model in force that knows some of them has the advantage.</param>
/// <param name="GainSeconds">Mean pinball loss of the model in force less that of the new one, over P10, P50 and P90; above 0 is better.</param>
/// <param name="LeastGainSeconds">The lower end of its 95 % interval, from the gains of whole days: runs of one day resemble each other.</param>
public sealed record Promotion(int Runs, double GainSeconds, double LeastGainSeconds)
{
    /// <summary>Days that an interval needs. Own working value.</summary>
    public const int LeastDays = 7;

    public bool IsBetter => LeastGainSeconds > 0;

    /// <param name="inForce">Null: none; then the new one has to beat the median of its groups.</param>
    /// <returns>Null where the runs newer than what the new one learned from are of too few days.</returns>
    public static Promotion? Compare(StoredModel? inForce, StoredModel made, RunTable runs)
    {
        var options = new EvaluationOptions { From = made.Manifest.Window.Until };
        EvaluationRuns said = Evaluator.Run(made.Learned, made.Manifest.Window, runs, options);
        Func<int, double> before = inForce is null
            ? OfGroups(made, said)
            : Losses(Evaluator.Run(inForce.Learned, inForce.Manifest.Window, runs, options));
        Func<int, double> after = Losses(said);
        double[] gains =
        [
            .. Enumerable
                .Range(0, said.Rows.Length)
                .GroupBy(i => runs.DecidedAtMs[said.Rows[i]] / 86_400_000)
                .Select(day => day.Average(i => before(i) - after(i))),
        ];
        if (gains.Length < LeastDays)
        {
            return null;
        }

        double mean = gains.Average();
        double variance = gains.Sum(g => (g - mean) * (g - mean)) / (gains.Length - 1);
        // Two and a half standard errors: Student's t for seven days, more than enough for many.
        return new Promotion(
            said.Rows.Length,
            mean,
            mean - (2.5 * Math.Sqrt(variance / gains.Length))
        );
    }

    private static Func<int, double> Losses(EvaluationRuns runs) =>
        i => Score.Pinball(runs.Said[i], runs.Observed(i));

    private static Func<int, double> OfGroups(StoredModel made, EvaluationRuns runs) =>
        i =>
            Score.Pinball(
                Baselines.OfGroup(made.Learned, runs.Prepared, runs.Rows[i]),
                runs.Observed(i)
            );
}
