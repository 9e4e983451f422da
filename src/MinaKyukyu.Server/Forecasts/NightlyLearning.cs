using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Learning;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Ports;
using MinaKyukyu.Forecasting.Runs;
using MinaKyukyu.Server.City;

namespace MinaKyukyu.Server.Forecasts;

/// <summary>How a night's learning ended.</summary>
internal enum LearningOutcome
{
    Promoted = 1,

    /// <summary>Not better with its interval; the one in force stays.</summary>
    NotBetter = 2,
    TooFewRuns = 3,
    Failed = 4,
}

/// <summary>Each night: learns from the department's own runs, lets the newest weeks judge, and promotes only what they say is better.</summary>
internal sealed class NightlyLearning(
    MinaServerOptions options,
    CityPlan city,
    Arrivals arrivals,
    ModelsInForce models,
    ITimeToSceneTrainer trainer,
    TimeProvider time,
    ILogger<NightlyLearning> logger
) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

    private DateOnly? _learnedOn;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Forecast.LearnsNightly)
        {
            return;
        }

        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                DateTimeOffset local = time.GetUtcNow().ToOffset(options.Dispatch.LocalOffset);
                var today = DateOnly.FromDateTime(local.DateTime);
                if (local.Hour == options.Forecast.LearningHour && _learnedOn != today)
                {
                    _learnedOn = today;
                    await Task.Run(() => Learn(stoppingToken), stoppingToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The house is closing.
        }
    }

    /// <summary>One night's work. One thread, so that the calls of the night keep the other.</summary>
    public LearningOutcome Learn(CancellationToken stop) => Learn(arrivals.ListRuns(), stop);

    /// <param name="own">The department's runs, oldest first.</param>
    internal LearningOutcome Learn(IReadOnlyList<JournalRun> own, CancellationToken stop)
    {
        try
        {
            return LearnFrom(own, stop);
        }
        catch (ForecastException refused)
        {
            ServerLog.LearningFailed(logger, refused.Message);
            return LearningOutcome.Failed;
        }
        // The outermost loop of the night: whatever broke in it, the calls of the night go on.
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            ServerLog.LearningFailed(logger, failure.GetType().Name);
            return LearningOutcome.Failed;
        }
    }

    private LearningOutcome LearnFrom(IReadOnlyList<JournalRun> own, CancellationToken stop)
    {
        if (own.Count < options.Forecast.LeastRuns)
        {
            return LearningOutcome.TooFewRuns;
        }

        (RunTable runs, _) = JournalRun.Table(JournalSchema.Own, city.Plan.Id.Value, own);
        using ModelSigner signer = models.Own.Signer();
        trainer.Train(
            runs,
            new TrainingOptions
            {
                Until = time.GetUtcNow() - options.Forecast.JudgedBy,
                Version = (models.Stored?.Manifest.Version ?? 0) + 1,
                Fit = new FitOptions { Threads = 1 },
            },
            models.Own.Candidate,
            signer,
            stop
        );
        StoredModel made = ModelDirectory.Load(
            models.Own.Candidate,
            ModelTrust.In(signer.PublicPem),
            options.Forecast.Learners
        );
        if (Promotion.Compare(models.Stored, made, runs) is not { } verdict)
        {
            return LearningOutcome.TooFewRuns;
        }

        if (!verdict.IsBetter)
        {
            ServerLog.ModelNotBetter(
                logger,
                verdict.GainSeconds,
                verdict.LeastGainSeconds,
                verdict.Runs
            );
            return LearningOutcome.NotBetter;
        }

        models.Own.Promote();
        ServerLog.ModelPromoted(
            logger,
            verdict.GainSeconds,
            verdict.LeastGainSeconds,
            verdict.Runs
        );
        return models.TryTake(models.Own.Current, models.Own.Trust)
            ? LearningOutcome.Promoted
            : LearningOutcome.Failed;
    }
}
