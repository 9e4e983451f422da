using System.Security.Cryptography;
using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Ports;
using MinaKyukyu.Forecasting.Runs;
using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Forecasting.Models;

/// <summary>Trains with any learner; features, calibration and files are the same for all of them.</summary>
public sealed class TimeToSceneTrainer(IQuantileLearner learner) : ITimeToSceneTrainer
{
    /// <summary>With our own trees.</summary>
    public TimeToSceneTrainer()
        : this(new BoostedTreesLearner()) { }

    public string Provider => learner.Name;

    public ModelManifest Train(
        RunTable runs,
        TrainingOptions options,
        string directory,
        ModelSigner signer,
        CancellationToken stop
    )
    {
        RunTable learned = options.Until is { } until ? runs.Before(until) : runs;
        LearnedModel model = ModelLearning.Learn(learned, learner, options, stop);
        byte[] binary = ModelFile.Write(model);
        var window = new TrainingWindow(
            learned.DecidedAt(0),
            learned.DecidedAt(learned.Count - 1).AddMilliseconds(1)
        );
        ModelManifest manifest = new()
        {
            Format = ModelManifest.CurrentFormat,
            Name = model.Schema.Name,
            Version = Math.Max(options.Version, ModelDirectory.VersionIn(directory) + 1),
            Provider = learner.Name,
            SchemaSha256 = RunSchemaFile.HashOf(model.Schema),
            ModelSha256 = Convert.ToHexStringLower(SHA256.HashData(binary)),
            Window = window,
            Runs = learned.Count,
            // How many threads there were changes nothing, and would only make equal manifests differ.
            Fit = options.Fit with
            {
                Threads = 0,
            },
            LeastSeconds = model.Schema.LeastSeconds,
            MostSeconds = model.Schema.MostSeconds,
            Features = [.. model.Recipe.Columns.Select(column => column.Name)],
            Metrics = MetricsOf(model, window, learned, options),
            Canaries = Canaries.Of(model, PreparedRuns.Of(model.Recipe, learned)),
        };
        ModelDirectory.Write(directory, binary, manifest, signer);
        return manifest;
    }

    private static ManifestMetrics MetricsOf(
        LearnedModel model,
        TrainingWindow window,
        RunTable runs,
        TrainingOptions options
    )
    {
        DateTimeOffset newest = runs.DecidedAt((int)(runs.Count * (1 - options.CalibrationShare)));
        EvaluationRuns evaluated = Evaluator.Run(
            model,
            window,
            runs,
            new EvaluationOptions { From = newest }
        );
        Score score = evaluated.Score();
        Dictionary<string, Score?> baselines = Baselines
            .Of(model, evaluated)
            .ToDictionary(baseline => baseline.Name, baseline => baseline.Score);
        return new ManifestMetrics(
            score.Count,
            score.MaeSeconds,
            score.PinballSeconds.P10,
            score.PinballSeconds.P50,
            score.PinballSeconds.P90,
            baselines["global_median"]!.MaeSeconds,
            baselines["group_median"]!.MaeSeconds,
            baselines["router_only"]?.MaeSeconds
        );
    }
}
