using System.Security.Cryptography;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Tests;

/// <summary>A model that is learned in no time, and what somebody who may sign could make of it.</summary>
internal static class SmallModel
{
    public static TrainingOptions Options { get; } =
        new()
        {
            Fit = new FitOptions
            {
                Trees = 8,
                LeafRows = 20,
                Threads = 1,
            },
        };

    public static ModelManifest Train(
        string directory,
        ModelSigner signer,
        RunTable? runs = null,
        TrainingOptions? options = null
    ) =>
        new TimeToSceneTrainer().Train(
            runs ?? RunTables.Of(DrawnRuns.Of(600, seed: 51)),
            options ?? Options,
            directory,
            signer,
            CancellationToken.None
        );

    public static StoredModel Of(RunTable runs, TrainingOptions? options = null)
    {
        using var folder = new Folder();
        using ModelSigner signer = ModelSigner.Temporary();
        Train(folder.In("model"), signer, runs, options ?? Options);
        return ModelDirectory.Load(folder.In("model"), ModelTrust.In(signer.PublicPem));
    }

    /// <summary>Changes the manifest and signs it again.</summary>
    public static void Rewrite(
        string directory,
        ModelSigner signer,
        Func<ModelManifest, ModelManifest> change
    )
    {
        string file = Path.Combine(directory, ModelDirectory.Manifest);
        byte[] bytes = change(ModelManifest.Read(File.ReadAllBytes(file))).Write();
        File.WriteAllBytes(file, bytes);
        Sign(directory, signer);
    }

    public static void Sign(string directory, ModelSigner signer) =>
        File.WriteAllBytes(
            Path.Combine(directory, ModelDirectory.Signature),
            signer.Sign(File.ReadAllBytes(Path.Combine(directory, ModelDirectory.Manifest)))
        );

    /// <summary>Puts another binary in place, as its manifest then describes it.</summary>
    public static void ReplaceBinary(string directory, ModelSigner signer, byte[] binary)
    {
        File.WriteAllBytes(Path.Combine(directory, ModelDirectory.Binary), binary);
        Rewrite(
            directory,
            signer,
            manifest =>
                manifest with
                {
                    ModelSha256 = Convert.ToHexStringLower(SHA256.HashData(binary)),
                }
        );
    }
}
