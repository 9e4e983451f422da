using MinaKyukyu.Forecasting.Files;

namespace MinaKyukyu.Server.Forecasts;

/// <summary>Where a department's own models lie: <c>models/current</c> of the data directory, signed with a key that never leaves it.</summary>
internal sealed class OwnModels(string data)
{
    /// <summary>The one that answers.</summary>
    public string Current { get; } = Path.Combine(data, "models", "current");

    /// <summary>What was learned last night, until later runs have judged it.</summary>
    public string Candidate { get; } = Path.Combine(data, "models", "candidate");

    private string KeyFile { get; } = Path.Combine(data, "model-signing.pem");

    /// <exception cref="MinaKyukyu.Forecasting.Runs.ForecastException">The key cannot be read or made.</exception>
    public ModelSigner Signer() => ModelSigner.LoadOrCreate(KeyFile);

    /// <inheritdoc cref="Signer"/>
    public ModelTrust Trust()
    {
        using ModelSigner signer = Signer();
        return ModelTrust.In(signer.PublicPem);
    }

    /// <summary>The candidate takes the place of the one before.</summary>
    /// <exception cref="MinaKyukyu.Forecasting.Runs.ForecastException">It cannot; the one before stays.</exception>
    public void Promote() => ModelDirectory.Replace(Candidate, Current);

    /// <summary>Whether one was learned here; a promotion that power cut in two is mended first.</summary>
    public bool IsThere()
    {
        ModelDirectory.Recover(Current);
        return Directory.Exists(Current);
    }
}
