using Microsoft.Extensions.Logging;
using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Dispatch.Reasons;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Runs;
using MinaKyukyu.Forecasting.Serving;
using MinaKyukyu.Server.Advice;
using MinaKyukyu.Server.City;

namespace MinaKyukyu.Server.Forecasts;

/// <summary>
/// Which model answers: the department's own, else the one the node was started with, else the city's. A model that is refused
/// changes nothing; when none is left, advice falls to the road's times and says so.
/// </summary>
internal sealed class ModelsInForce : IModelInForce
{
    private readonly IReadOnlyList<IQuantileLearner> _learners;
    private readonly CityPlan _city;
    private readonly Arrivals _arrivals;
    private readonly CoverageWatch _coverage;
    private readonly ILogger<ModelsInForce> _logger;
    private readonly Lock _turn = new();
    private volatile InForce? _current;
    private volatile bool _wasRefused;

    public ModelsInForce(
        MinaServerOptions options,
        CityPlan city,
        Arrivals arrivals,
        CoverageWatch coverage,
        ILogger<ModelsInForce> logger
    )
    {
        _learners = options.Forecast.Learners;
        _city = city;
        _arrivals = arrivals;
        _coverage = coverage;
        _logger = logger;
        Own = new OwnModels(options.Data);
        foreach ((string directory, Func<ModelTrust> trust) in Places(options))
        {
            if (_current is null)
            {
                TryTake(directory, trust);
            }
        }

        arrivals.Follower = Learn;
    }

    /// <summary>Where what is learned here is kept.</summary>
    public OwnModels Own { get; }

    public ITimeToSceneModel? Current => _current?.Model;

    public StoredModel? Stored => _current?.Stored;

    public ReasonCode WhyNone => _wasRefused ? ReasonCode.ModelRefused : ReasonCode.NoModel;

    public bool HoldsInterval => _coverage.Now.HoldsInterval;

    /// <summary>Reads a model and puts it in force; the one before stays where this one is refused or is not newer.</summary>
    /// <returns>False: refused, and said so in the log.</returns>
    public bool TryTake(string directory, Func<ModelTrust> trust)
    {
        try
        {
            StoredModel stored = ModelDirectory.Load(directory, trust(), _learners);
            if (
                _current?.Stored.Manifest.Version is { } version
                && stored.Manifest.Version <= version
            )
            {
                throw new ForecastException(
                    directory,
                    $"version {stored.Manifest.Version} is not newer than {version}"
                );
            }

            var model = new TimeToSceneModel(stored, _city.Plan.Id.Value);
            IReadOnlyList<JournalRun> ended = _arrivals.ListRuns();
            Follow(model, ended.Where(_arrivals.IsRecent));
            lock (_turn)
            {
                // The journal's writer waits for this turn: only what ended meanwhile is told in it.
                Follow(model, _arrivals.ListRuns(after: ended is [.., var last] ? last : null));
                _current = new InForce(stored, model);
                _coverage.Restart();
            }

            _wasRefused = false;
            ServerLog.ModelInForce(
                _logger,
                model.Identity.Name,
                model.Identity.Version,
                model.Identity.Provider
            );
            return true;
        }
        catch (ForecastException refused)
        {
            _wasRefused = _current is null;
            ServerLog.ModelRefused(_logger, refused.Message);
            return false;
        }
    }

    private IEnumerable<(string Directory, Func<ModelTrust> Trust)> Places(
        MinaServerOptions options
    )
    {
        if (Own.IsThere())
        {
            yield return (Own.Current, () => Own.Trust());
        }

        if (options.Forecast.Directory is { } given)
        {
            yield return (given, () => TrustIn(options.Forecast.SignerFile));
        }
        else if (_city.Model is { } model)
        {
            yield return (model.Directory, () => TrustIn(model.SignerFile));
        }
    }

    private static ModelTrust TrustIn(string? signerFile)
    {
        if (signerFile is null)
        {
            throw new ForecastException(
                "--model-signer",
                "nobody was named whose signature is believed"
            );
        }

        try
        {
            return ModelTrust.In(File.ReadAllText(signerFile));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new ForecastException(signerFile, "cannot be read", missing);
        }
    }

    /// <summary>It knows what has ended, however often it is replaced.</summary>
    private static void Follow(TimeToSceneModel model, IEnumerable<JournalRun> ended)
    {
        foreach (JournalRun run in ended)
        {
            model.Learn(run.Scene, run.Drive, run.Observed);
        }
    }

    private void Learn(Arrival arrival)
    {
        lock (_turn)
        {
            if (arrival.Said is { } said)
            {
                _coverage.Note(said, arrival.Run.Observed);
            }

            _current?.Model.Learn(arrival.Run.Scene, arrival.Run.Drive, arrival.Run.Observed);
        }
    }

    private sealed record InForce(StoredModel Stored, TimeToSceneModel Model);
}
