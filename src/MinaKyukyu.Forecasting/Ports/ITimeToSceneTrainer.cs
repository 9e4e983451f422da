using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Ports;

/// <summary>Runs and their schema in, a signed model directory out.</summary>
public interface ITimeToSceneTrainer
{
    /// <summary>As it stands in the manifest; who loads the model needs the same provider.</summary>
    string Provider { get; }

    /// <summary>Learns and writes; the directory is there whole or not at all, and what stood there before gives way last.</summary>
    /// <param name="runs">Carry their schema.</param>
    /// <param name="directory">Made if it is not there. A model that stands there already gives the next version its number.</param>
    /// <exception cref="ForecastException">Too few runs, nothing to learn, or the directory cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Nothing was written.</exception>
    ModelManifest Train(
        RunTable runs,
        TrainingOptions options,
        string directory,
        ModelSigner signer,
        CancellationToken stop
    );
}
