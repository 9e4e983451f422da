using System.Security.Cryptography;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Runs;
using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Forecasting.Files;

/// <summary>A model on disk: <c>model.bin</c>, <c>manifest.json</c>, its signature, and the key that signed.</summary>
public static class ModelDirectory
{
    public const string Binary = "model.bin";
    public const string Manifest = "manifest.json";
    public const string Signature = "manifest.sig";
    public const string Signer = "signer.pem";

    /// <summary>Behind the name of a directory whose model is being replaced.</summary>
    private const string Before = ".old";

    /// <summary>Ten times what a large model takes.</summary>
    private const long LargestBytes = 256L * 1024 * 1024;

    /// <summary>Reads a model and believes nothing: signature, hash, format, schema, canaries, in this order.</summary>
    /// <param name="learners">Providers that may read trees; null: ours.</param>
    /// <exception cref="ForecastException">Refused; says why.</exception>
    public static StoredModel Load(
        string directory,
        ModelTrust trust,
        IReadOnlyList<IQuantileLearner>? learners = null
    )
    {
        try
        {
            byte[] manifestBytes = ReadAll(directory, Manifest);
            string signer =
                trust.FindSigner(
                    File.ReadAllText(Path.Combine(directory, Signer)),
                    manifestBytes,
                    ReadAll(directory, Signature)
                )
                ?? throw new InvalidDataException(
                    "the signature does not hold, or is not of a trusted key"
                );
            var manifest = ModelManifest.Read(manifestBytes);
            byte[] binary = ReadAll(directory, Binary);
            Require(
                Convert.ToHexStringLower(SHA256.HashData(binary)) == manifest.ModelSha256,
                "the model is not the one that its manifest describes"
            );
            IQuantileLearner learner =
                (learners ?? [new BoostedTreesLearner()]).FirstOrDefault(l =>
                    l.Name == manifest.Provider
                )
                ?? throw new InvalidDataException(
                    $"this program was built without the provider {manifest.Provider}"
                );
            LearnedModel model = ModelFile.Read(binary, learner);
            Require(
                RunSchemaFile.HashOf(model.Schema) == manifest.SchemaSha256,
                "the schema is not the one that its manifest describes"
            );
            Require(
                manifest.Features.SequenceEqual(
                    model.Recipe.Columns.Select(column => column.Name),
                    StringComparer.Ordinal
                ),
                "the model looks at other features than its manifest says"
            );
            Canaries.Check(model, manifest);
            return new StoredModel(model, manifest, signer);
        }
        catch (InvalidDataException refused)
        {
            throw new ForecastException(directory, refused.Message, refused);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new ForecastException(directory, "is no model directory", missing);
        }
    }

    /// <summary>The version of the model that stands there, as far as it can be read; 0 for none.</summary>
    internal static int VersionIn(string directory)
    {
        try
        {
            return ModelManifest.Read(ReadAll(directory, Manifest)).Version;
        }
        catch (Exception none) when (none is IOException or InvalidDataException)
        {
            return 0;
        }
    }

    /// <summary>Writes all four files beside the directory and puts them in its place in one step.</summary>
    internal static void Write(
        string directory,
        byte[] binary,
        ModelManifest manifest,
        ModelSigner signer
    )
    {
        string made = Whole(directory) + ".new";
        try
        {
            Remove(made);
            Directory.CreateDirectory(made);
            byte[] manifestBytes = manifest.Write();
            File.WriteAllBytes(Path.Combine(made, Binary), binary);
            File.WriteAllBytes(Path.Combine(made, Manifest), manifestBytes);
            File.WriteAllBytes(Path.Combine(made, Signature), signer.Sign(manifestBytes));
            File.WriteAllText(Path.Combine(made, Signer), signer.PublicPem);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new ForecastException(directory, "cannot be written", refused);
        }

        Replace(made, directory);
    }

    /// <summary>Puts one model in the place of another; what stood there stays beside it until the new one is in place.</summary>
    /// <exception cref="ForecastException">It cannot be moved; the one before stands where it stood.</exception>
    public static void Replace(string made, string directory)
    {
        string whole = Whole(directory);
        string before = whole + Before;
        try
        {
            if (Directory.Exists(whole))
            {
                // Only now: where power failed between the two moves, it is the only model there is.
                Remove(before);
                Directory.Move(whole, before);
            }

            Directory.Move(made, whole);
            Remove(before);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Recover(directory);
            throw new ForecastException(directory, "cannot be put in its place", refused);
        }
    }

    /// <summary>Where power failed between the two moves of <see cref="Replace"/>, puts back the model that stood there.</summary>
    public static void Recover(string directory)
    {
        string whole = Whole(directory);
        if (!Directory.Exists(whole) && Directory.Exists(whole + Before))
        {
            Directory.Move(whole + Before, whole);
        }
    }

    private static string Whole(string directory) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static byte[] ReadAll(string directory, string name)
    {
        var file = new FileInfo(Path.Combine(directory, name));
        Require(!file.Exists || file.Length <= LargestBytes, $"{name} is too large");
        return File.ReadAllBytes(file.FullName);
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException(otherwise);
        }
    }
}

/// <summary>A model that was read from disk and passed every check.</summary>
public sealed class StoredModel
{
    internal StoredModel(LearnedModel learned, ModelManifest manifest, string signer)
    {
        Learned = learned;
        Manifest = manifest;
        SignerFingerprint = signer;
    }

    internal LearnedModel Learned { get; }

    public ModelManifest Manifest { get; }

    public RunSchema Schema => Learned.Schema;

    /// <summary>SHA-256 of the public key that signed, in lower case.</summary>
    public string SignerFingerprint { get; }
}
