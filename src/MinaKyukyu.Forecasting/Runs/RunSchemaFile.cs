using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.Forecasting.Features;

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

        RunSchema schema = Parse(bytes, path);
        return schema.IsForNewcomer
            ? throw new ForecastException(
                path,
                "isForNewcomer is not said by a file; training makes that model by itself"
            )
            : schema;
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

        IEnumerable<string?> lists = schema
            .ExpectBy.Concat(schema.CalibrateBy)
            .Concat(schema.TurnoutBy)
            .Concat(schema.ReportBy);
        Require(
            schema.Columns.All(column => !string.IsNullOrEmpty(column?.Name))
                && schema.Live.All(live => live is not null)
                && !string.IsNullOrEmpty(schema.Name)
                && !string.IsNullOrEmpty(schema.DecidedAt)
                && lists.All(name => name is not null),
            "a name is missing or a list holds null"
        );
        foreach (RunColumn column in schema.Columns)
        {
            Require(
                PersonWords.FindIn(column.Name) is null,
                $"nobody is scored: {column.Name} speaks of a person or a crew"
            );
        }

        Require(
            Enum.IsDefined(schema.Calendar)
                && Enum.IsDefined(schema.Decision)
                && schema.Columns.All(column =>
                    Enum.IsDefined(column.Kind)
                    && Enum.IsDefined(column.Known)
                    && Enum.IsDefined(column.Meaning)
                ),
            "calendar, decision, and kind, known and meaning of each column take the words of docs/MODEL.md only; kind and known must be said"
        );
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
        Require(
            schema.Columns.All(column =>
                column.Meaning switch
                {
                    RunMeaning.None => true,
                    RunMeaning.DispatchedAt or RunMeaning.RollingAt => column.Kind
                        == RunColumnKind.Moment,
                    RunMeaning.AtStation => column.Kind
                        is RunColumnKind.Level
                            or RunColumnKind.Number,
                    _ => column.Kind == RunColumnKind.Number,
                }
            ),
            "gives a meaning to a column that cannot hold it"
        );
        Require(
            schema.Columns.All(column =>
                column.Known == KnownWhen.After
                || (column.Name != schema.ObservedSeconds && column.Name != schema.ArrivedAt)
            ),
            "takes the target for something that is known at the decision"
        );
        Require(
            schema.ExpectBy.Length <= GroupKey.MostColumns
                && schema.TurnoutBy.Length < GroupKey.MostColumns,
            $"expectBy takes {GroupKey.MostColumns} columns at most, turnoutBy one fewer"
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
            schema.Department is { } department
                ? schema.Find(department)!.HasWords
                : !schema.IsForNewcomer,
            "department takes a category or a level, and a newcomer's model needs one"
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
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true
)]
internal sealed partial class SchemaJson : JsonSerializerContext;
