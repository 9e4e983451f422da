using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MinaKyukyu.Forecasting.Runs;

/// <summary>Reads a schema and refuses one that contradicts itself.</summary>
public static class RunSchemaFile
{
    private const int LargestBytes = 256 * 1024;

    /// <exception cref="ForecastException">Not there, not a schema, or one that contradicts itself; says what.</exception>
    public static RunSchema Read(string path)
    {
        byte[] bytes;
        try
        {
            if (new FileInfo(path).Length > LargestBytes)
            {
                throw new ForecastException(
                    path,
                    $"a schema is no larger than {LargestBytes} bytes"
                );
            }

            bytes = File.ReadAllBytes(path);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new ForecastException(path, "cannot be read", missing);
        }

        return Parse(bytes, path);
    }

    /// <param name="source">Named in a refusal.</param>
    /// <exception cref="ForecastException">Not a schema, or one that contradicts itself; says what.</exception>
    public static RunSchema Parse(ReadOnlySpan<byte> json, string source)
    {
        RunSchema schema;
        try
        {
            schema =
                JsonSerializer.Deserialize(json, SchemaJson.Default.RunSchema)
                ?? throw new ForecastException(source, "holds no schema");
        }
        catch (JsonException broken)
        {
            throw new ForecastException(
                source,
                (int)(broken.LineNumber + 1 ?? 0),
                $"is not a schema: {broken.Path ?? "the text is broken"}",
                broken
            );
        }

        schema = schema with
        {
            Columns = Listed(schema.Columns),
            ExpectBy = Listed(schema.ExpectBy),
            TurnoutBy = Listed(schema.TurnoutBy),
            CalibrateBy = Listed(schema.CalibrateBy),
            ReportBy = Listed(schema.ReportBy),
            Live = Listed(schema.Live),
        };
        Check(schema, source);
        return schema;
    }

    /// <summary>A list that the file leaves out is an empty one.</summary>
    private static ImmutableArray<T> Listed<T>(ImmutableArray<T> list) =>
        list.IsDefault ? [] : list;

    /// <summary>The bytes that a model carries: the same schema, the same bytes.</summary>
    public static byte[] Write(RunSchema schema) =>
        JsonSerializer.SerializeToUtf8Bytes(schema, SchemaJson.Default.RunSchema);

    public static string HashOf(RunSchema schema) =>
        Convert.ToHexStringLower(SHA256.HashData(Write(schema)));

    private static void Check(RunSchema schema, string source)
    {
        void Require(bool holds, string otherwise)
        {
            if (!holds)
            {
                throw new ForecastException(source, otherwise);
            }
        }

        Require(
            (schema.ObservedSeconds is null) != (schema.ArrivedAt is null),
            "names the target twice or not at all: one of observedSeconds, arrivedAt"
        );
        Require(
            schema.LeastSeconds >= 0
                && schema.MostSeconds is > 0 and <= 86_400
                && schema.LeastSeconds < schema.MostSeconds,
            "leastSeconds and mostSeconds must lie in order between 0 and 86400"
        );
        Require(
            TimeZoneInfo.TryFindSystemTimeZoneById(schema.TimeZone, out _),
            $"this machine does not know the time zone {schema.TimeZone} (package tzdata)"
        );
        Require(
            schema.Columns.Select(column => column.Name).Distinct(StringComparer.Ordinal).Count()
                == schema.Columns.Length,
            "names a column twice"
        );
        Require(
            schema
                .Columns.Where(column => column.Meaning != RunMeaning.None)
                .GroupBy(column => column.Meaning)
                .All(same => same.Count() == 1),
            "gives one meaning to two columns"
        );
        IEnumerable<string> named = schema
            .ExpectBy.Concat(schema.CalibrateBy)
            .Concat(schema.TurnoutBy)
            .Concat(schema.ReportBy)
            .Concat(schema.Live.SelectMany(live => new[] { live.By, live.Of }.OfType<string>()));
        foreach (string name in schema.Department is { } own ? named.Append(own) : named)
        {
            Require(
                schema.Find(name) is not null,
                $"speaks of {name}, which is not among its columns"
            );
        }

        Require(
            schema
                .ExpectBy.Concat(schema.CalibrateBy)
                .Concat(schema.TurnoutBy)
                .Concat(schema.ReportBy)
                .All(name => schema.Find(name)!.HasWords),
            "expectBy, turnoutBy, calibrateBy and reportBy take categories and levels only"
        );
        Require(
            schema.Live.All(live =>
                live.Minutes is > 0 and <= 5_256_000
                && live.Shrink is >= 0 and <= 1_000_000
                && (live.By is null || schema.Find(live.By)!.HasWords)
                && (live.Of is null || schema.Find(live.Of)!.HasNumbers)
            ),
            "a live feature averages numbers by a category over more than 0 minutes"
        );
    }
}

[JsonSerializable(typeof(RunSchema))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
internal sealed partial class SchemaJson : JsonSerializerContext;
