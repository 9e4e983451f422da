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

    /// <summary>The candidate takes the place of the one before, in one step.</summary>
    public void Promote()
    {
        string before = Current + ".before";
        if (Directory.Exists(before))
        {
            Directory.Delete(before, recursive: true);
        }

        if (Directory.Exists(Current))
        {
            Directory.Move(Current, before);
        }

        Directory.Move(Candidate, Current);
    }
}
