using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Models;

namespace MinaKyukyu.Forecasting.Files;

/// <summary>What a model says about itself; its bytes are signed.</summary>
public sealed record ModelManifest
{
    /// <summary>Of this file; another number is another program's.</summary>
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required string Name { get; init; }

    /// <summary>Rises with each training into the same directory, and with each promotion.</summary>
    public required int Version { get; init; }

    public required string Provider { get; init; }

    public required string SchemaSha256 { get; init; }

    /// <summary>Of <c>model.bin</c>.</summary>
    public required string ModelSha256 { get; init; }

    public required TrainingWindow Window { get; init; }

    public required int Runs { get; init; }

    public required FitOptions Fit { get; init; }

    /// <summary>Seconds; no estimate lies outside, unless half of the road's own time does.</summary>
    public required double LeastSeconds { get; init; }

    /// <inheritdoc cref="LeastSeconds"/>
    public required double MostSeconds { get; init; }

    /// <summary>In the order of the model's columns: what it looks at, and nothing else.</summary>
    public required ImmutableArray<string> Features { get; init; }

    /// <summary>On the newest runs of the window, from which no tree learned.</summary>
    public required ManifestMetrics Metrics { get; init; }

    /// <summary>Runs with the answers that the model gave when it was made.</summary>
    public required ImmutableArray<Canary> Canaries { get; init; }

    public byte[] Write() =>
        JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.ModelManifest);

    /// <exception cref="InvalidDataException">Not a manifest of this format.</exception>
    public static ModelManifest Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            ModelManifest manifest =
                JsonSerializer.Deserialize(bytes, ManifestJson.Default.ModelManifest)
                ?? throw new InvalidDataException("the manifest is empty");
            return manifest.Format == CurrentFormat
                ? manifest
                : throw new InvalidDataException(
                    $"the manifest is of format {manifest.Format}, this program reads {CurrentFormat}"
                );
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException("the manifest is not one", broken);
        }
    }
}

/// <summary>Seconds, except the number of runs.</summary>
public sealed record ManifestMetrics(
    int Runs,
    double MaeSeconds,
    double PinballP10Seconds,
    double PinballP50Seconds,
    double PinballP90Seconds,
    double GlobalMedianMaeSeconds,
    double GroupMedianMaeSeconds,
    double? RouterOnlyMaeSeconds
);

/// <summary>One run as the trees see it, and what the model answers. No run can be told from it but by its own department.</summary>
/// <param name="Features">Null for a missing value.</param>
/// <param name="Cell">Codes of the calibration group.</param>
/// <param name="Milliseconds">P10, P50, P90.</param>
public sealed record Canary(
    ImmutableArray<float?> Features,
    float ExpectedSeconds,
    ImmutableArray<int> Cell,
    ImmutableArray<int> Milliseconds
);

[JsonSerializable(typeof(ModelManifest))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true
)]
internal sealed partial class ManifestJson : JsonSerializerContext;
