using System.Globalization;
using System.Text;
using MinaKyukyu.Benchmarks.Measuring;
using MinaKyukyu.Benchmarks.Trials;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Benchmarks.Model;

/// <summary>Predicts as many rows as a large department has units, and xgboost beside it with as many trees of the same depth.</summary>
internal sealed class ModelRun(SampleSize size, int seed)
{
    private const int Learned = 20_000;
    private const int Asked = 300;

    /// <param name="options">How large the model is.</param>
    /// <returns>The figures as Markdown, and how many answers of ours were not the same one row at a time.</returns>
    public (string Text, long Unequal) Measure(FitOptions options)
    {
        var learned = ModelRows.Of(Learned, seed);
        var asked = ModelRows.Of(Asked, seed + 1);
        var forest = (SymmetricForest)
            new BoostedTreesLearner().Fit(
                learned.Table,
                learned.Target,
                [],
                options,
                CancellationToken.None
            );
        List<ClockedTrial> trials =
        [
            new ForestTrial($"mina-trees, {(int)ForestKernel.Widest} rows at once", forest, asked),
        ];
        using XgboostTrial? peer = XgboostBooster.IsInstalled
            ? new XgboostTrial(
                $"xgboost {XgboostBooster.Version}, three boosters, one thread",
                [.. Enumerable.Range(0, Quantiles.Count).Select(_ => Peer(learned, options))],
                asked
            )
            : null;
        if (peer is not null)
        {
            trials.Add(peer);
        }

        string before = Load.Now;
        IReadOnlyList<Reading> readings = new Sampler(size).Measure(trials);
        return (
            Write(forest, options, trials, readings, before),
            readings.Sum(reading => reading.Agreement.Unequal)
        );
    }

    /// <summary>The loss does not matter for how long it takes; that the trees are as many and as deep does.</summary>
    private static XgboostBooster Peer(ModelRows learned, FitOptions options) =>
        new(
            learned.ByRow(),
            learned.Target,
            options.Trees,
            [
                ("objective", "reg:squarederror"),
                ("tree_method", "hist"),
                ("max_depth", options.Depth.ToString(CultureInfo.InvariantCulture)),
                ("eta", options.Rate.ToString(CultureInfo.InvariantCulture)),
                ("verbosity", "0"),
            ]
        );

    private static string Write(
        SymmetricForest forest,
        FitOptions options,
        IReadOnlyList<ClockedTrial> trials,
        IReadOnlyList<Reading> readings,
        string before
    )
    {
        var text = new StringBuilder();
        Line(
            $"**{Asked} rows × {Quantiles.Count} quantiles**: {forest.Trees} trees of depth {options.Depth}, {ModelRows.Features} features; load {before} before, {Load.Now} after"
        );
        Line($"");
        Line($"| what | fastest | p50 | p99 | samples | B per run | equal / unequal |");
        Line($"|---|---|---|---|---|---|---|");
        foreach ((ClockedTrial trial, Reading reading) in trials.Zip(readings))
        {
            Line(
                $"| {reading.Name} | {trial.Fastest.TotalMicroseconds:F0} µs | {reading.Time.P50:F0} µs | {reading.Time.P99:F0} µs | {reading.Time.Samples} | {reading.BytesPerRun} | {reading.Agreement.Equal} / {reading.Agreement.Unequal} |"
            );
        }

        if (readings.Count > 1)
        {
            Line(
                $"| xgboost ÷ ours | {trials[1].Fastest / trials[0].Fastest:F0} × | {readings[1].Time.P50 / readings[0].Time.P50:F0} × | {readings[1].Time.P99 / readings[0].Time.P99:F0} × | | | |"
            );
        }
        else
        {
            Line($"");
            Line(
                $"{XgboostBooster.Library} is not installed (Debian: libxgboost0), so nothing stands beside ours."
            );
        }

        return text.ToString();

        void Line(FormattableString line) =>
            text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
