using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Import;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Ports;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Tests.Models;

/// <summary>From runs to a directory that loads and holds what it promises; one suite for every provider.</summary>
public abstract class TrainerContract : IDisposable
{
    private static readonly TrainingOptions Options = new()
    {
        Fit = new FitOptions
        {
            Trees = 60,
            LeafRows = 30,
            Threads = 2,
        },
        CalibrationShare = 0.2,
    };

    private static readonly Lazy<IReadOnlyList<CanonicalRun>> Drawn = new(() =>
        DrawnRuns.Of(2_500, seed: 41)
    );

    private readonly Folder _folder = new();
    private readonly ModelSigner _signer = ModelSigner.Temporary();

    protected abstract IQuantileLearner Learner { get; }

    private ITimeToSceneTrainer Trainer => new TimeToSceneTrainer(Learner);

    /// <summary>After the 1,500 runs that are learned from.</summary>
    private static DateTimeOffset Until => Drawn.Value[1_500].DecidedAt;

    public void Dispose()
    {
        _signer.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Of_ten_later_runs_one_is_faster_than_P10_and_nine_are_faster_than_P90()
    {
        Train("model");
        StoredModel model = Load("model");
        (RunTable runs, RunReport read) = RunTables.Read(
            RunTables.Csv(Drawn.Value),
            RunTables.Journal
        );
        var report = EvaluationReport.Of(model, runs, read, new EvaluationOptions { From = Until });
        Assert.Equal((1_000, 0, 0), (report.Count, report.OverlapRows, report.Crossings));
        Assert.InRange(report.Coverage.P10, 0.05, 0.15);
        Assert.InRange(report.Coverage.P90, 0.85, 0.95);
        Assert.True(report.MaeSeconds < 0.9 * report.BaselineMaeSeconds("router_only"));
        Assert.True(report.MaeSeconds < 0.5 * report.BaselineMaeSeconds("global_median"));
    }

    [Fact]
    public void The_manifest_says_who_learned_from_what()
    {
        ModelManifest manifest = Train("model");
        Assert.Equal(Learner.Name, manifest.Provider);
        Assert.Equal(Learner.Name, Trainer.Provider);
        Assert.Equal(1_500, manifest.Runs);
        Assert.Equal(Drawn.Value[0].DecidedAt, manifest.Window.From);
        Assert.Equal(Drawn.Value[1_499].DecidedAt.AddMilliseconds(1), manifest.Window.Until);
        Assert.True(manifest.Window.Until <= Until);
        Assert.Equal(300, manifest.Metrics.Runs);
        Assert.Equal(manifest.ModelSha256, Load("model").Manifest.ModelSha256);
    }

    [Fact]
    public void The_same_runs_and_seed_give_the_same_model_and_the_next_version()
    {
        ModelManifest first = Train("model");
        ModelManifest second = Train("model");
        Assert.Equal(first.ModelSha256, second.ModelSha256);
        Assert.Equal((1, 2), (first.Version, second.Version));
        Assert.Equal(2, Load("model").Manifest.Version);
    }

    [Fact]
    public void Too_few_runs_are_refused_and_nothing_is_written()
    {
        RunTable few = RunTables.Of(Drawn.Value.Take(99));
        ForecastException refused = Assert.Throws<ForecastException>(() =>
            Trainer.Train(few, Options, _folder.In("model"), _signer, CancellationToken.None)
        );
        Assert.Contains("99 runs are too few", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Who_stops_the_training_finds_nothing_written()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            Trainer.Train(
                RunTables.Of(Drawn.Value),
                Options,
                _folder.In("model"),
                _signer,
                stop.Token
            )
        );
        Assert.Empty(_folder.Names);
    }

    private ModelManifest Train(string name) =>
        Trainer.Train(
            RunTables.Of(Drawn.Value),
            Options with
            {
                Until = Until,
            },
            _folder.In(name),
            _signer,
            CancellationToken.None
        );

    private StoredModel Load(string name) =>
        ModelDirectory.Load(_folder.In(name), ModelTrust.In(_signer.PublicPem), [Learner]);
}
