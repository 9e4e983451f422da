using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Forecasting.Calibration;
using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Serving;

/// <summary>
/// A stored model at work: it answers advice, and after each arrival its running averages and its intervals follow. Safe for any
/// number of threads, which take turns.
/// </summary>
public sealed class TimeToSceneModel : ITimeToSceneModel
{
    private readonly Lock _turn = new();
    private readonly LearnedModel _model;
    private readonly AskedRuns _asked;
    private readonly LiveAverages _live;
    private readonly OnlineCorrections _corrections;
    private readonly int _callProcessing;

    /// <param name="department">Whose runs it tells.</param>
    /// <exception cref="ForecastException">The model needs what no advice knows, such as one that was learned without the road's time.</exception>
    public TimeToSceneModel(StoredModel stored, string department)
    {
        _model = stored.Learned.For(department);
        _asked = new AskedRuns(_model, department);
        // No run lasts longer: what was known at its decision is still there when it ends.
        _live = _model.Recipe.NewLive(memoryMs: (long)(_model.Schema.MostSeconds * 1_000));
        _corrections = new OnlineCorrections(_model.Corrections, _model.Schema.IsForNewcomer);
        _callProcessing = Whole(_model.Parts.CallProcessingSeconds);
        ModelManifest manifest = stored.Manifest;
        Identity = new ModelIdentity(
            manifest.Name,
            manifest.Version,
            manifest.Provider,
            manifest.Window.Until,
            manifest.ModelSha256
        );
    }

    public ModelIdentity Identity { get; }

    public void Predict(
        in SceneConditions scene,
        ReadOnlySpan<CandidateDrive> candidates,
        Span<TimeToScene> into
    )
    {
        if (into.Length < candidates.Length)
        {
            throw new ArgumentException("shorter than the candidates", nameof(into));
        }

        lock (_turn)
        {
            _asked.Ask(scene, candidates, _live);
            for (int row = 0; row < candidates.Length; row++)
            {
                into[row] = Told(row);
            }
        }
    }

    /// <summary>A unit that was ordered has arrived. Arrivals are told in their order; those of before a restart from the journal.</summary>
    /// <param name="scene">As it was known at the decision.</param>
    public void Learn(in SceneConditions scene, in CandidateDrive drive, TimeSpan observed)
    {
        float seconds = (float)observed.TotalSeconds;
        if (seconds < _model.Schema.LeastSeconds || seconds > _model.Schema.MostSeconds)
        {
            return;
        }

        lock (_turn)
        {
            _asked.Meet(scene, drive);
            _asked.Ask(scene, [drive], _live);
            _corrections.Learn(_asked.Cell(0), _asked.Raw(0), PreparedRuns.LogOf(seconds));
            long endedAt = (scene.Now + observed).ToUnixTimeMilliseconds();
            _asked.Tell(scene, drive, seconds, endedAt, _live);
        }
    }

    private TimeToScene Told(int row)
    {
        Quantiles seconds = _model.SecondsOf(
            _asked.Raw(row),
            _corrections.Find(_asked.Cell(row)),
            _asked.ExpectedSeconds(row)
        );
        int median = Whole(seconds.Median);
        // The parts explain the whole: what is not call processing and turnout is the drive.
        int processing = Math.Min(_callProcessing, median);
        int turnout = Math.Min(
            Whole(_model.Parts.Turnout?.Find(_asked.TurnoutGroup(row)) ?? 0),
            median - processing
        );
        return new TimeToScene(
            Whole(seconds.Low),
            median,
            Whole(seconds.High),
            processing,
            turnout,
            median - processing - turnout
        );
    }

    private static int Whole(float seconds) => (int)MathF.Round(seconds * 1_000);
}
