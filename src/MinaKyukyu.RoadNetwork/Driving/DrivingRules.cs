using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MinaKyukyu.RoadNetwork.Import;
using MinaKyukyu.RoadNetwork.Import.Osm;

namespace MinaKyukyu.RoadNetwork.Driving;

/// <summary>
/// How vehicles drive, as data: speeds by road class (OpenStreetMap's <c>highway</c>), what a posted limit means, how the hour
/// slows a street. Read from a profile file; <c>ambulance-japan.json</c> ships inside this room and says where its numbers come
/// from. Immutable.
/// </summary>
internal sealed class DrivingRules
{
    private const string OtherClass = "(other)";

    /// <summary>A hundred times the profile that ships.</summary>
    private const long LargestBytes = 1_000_000;
    private const double FastestKmh = 300;
    private const double MostSlowness = 10;

    private static readonly Lazy<DrivingRules> Embedded = new(() =>
        Parse(ReadEmbedded(), "ambulance-japan.json")
    );

    private readonly RulesJson _rules;
    private readonly ByProfile<double> _other;

    private DrivingRules(RulesJson rules, AccessRules access, string text, TimeZoneInfo zone)
    {
        Access = access;
        _rules = rules;
        _other = rules.Speeds[OtherClass];
        Text = text;
        TimeZone = zone;
    }

    /// <summary>The rules that ship inside this room.</summary>
    public static DrivingRules JapaneseAmbulance => Embedded.Value;

    public string Name => _rules.Name;

    /// <summary>The file as it was read.</summary>
    public string Text { get; }

    public TimeZoneInfo TimeZone { get; }

    /// <summary>What may be driven on OpenStreetMap's roads.</summary>
    public AccessRules Access { get; }

    /// <exception cref="RoadFileException">It cannot be read, or a value in it makes no sense.</exception>
    public static DrivingRules Read(string file)
    {
        try
        {
            return new FileInfo(file).Length <= LargestBytes
                ? Parse(File.ReadAllText(file), file)
                : throw new RoadFileException(file, 0, "is too large for a profile");
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new RoadFileException(file, 0, "the profile cannot be opened", denied);
        }
    }

    /// <inheritdoc cref="Read"/>
    public static DrivingRules Parse(string text, string file)
    {
        RulesJson rules;
        try
        {
            rules =
                JsonSerializer.Deserialize(text, RulesJsonContext.Default.RulesJson)
                ?? throw new RoadFileException(file, 0, "the profile is empty");
        }
        catch (JsonException broken)
        {
            throw new RoadFileException(
                file,
                (int)(broken.LineNumber ?? 0) + 1,
                $"the profile cannot be read: {broken.Message}",
                broken
            );
        }

        Check(rules, file);
        return TimeZoneInfo.TryFindSystemTimeZoneById(rules.TimeZone, out TimeZoneInfo? zone)
            ? new DrivingRules(rules, AccessRules.Of(rules.OpenStreetMap, file), text, zone)
            : throw new RoadFileException(file, 0, $"there is no time zone {rules.TimeZone}");
    }

    public bool Knows(string roadClass) => _rules.Speeds.ContainsKey(roadClass);

    /// <summary>Speed in km/h, always above zero.</summary>
    /// <param name="maxSpeedKmh">The posted limit, or 0 where none is known.</param>
    public double KilometresPerHour(string roadClass, int maxSpeedKmh, DrivingProfile profile)
    {
        double usual = (_rules.Speeds.GetValueOrDefault(roadClass) ?? _other).Of(profile);
        return maxSpeedKmh > 0
            ? Math.Min(usual, maxSpeedKmh + _rules.OverLimit.Of(profile))
            : usual;
    }

    /// <summary>How much longer a street takes in that part of the week than at its own speed; 1 at any time.</summary>
    public double Slowness(MetricKey metric)
    {
        if (metric.Bucket.IsAny)
        {
            return 1;
        }

        WeekJson week = _rules.Slowness;
        return (metric.Bucket.IsWeekend ? week.Weekend : week.Weekday).Of(metric.Profile)[
            metric.Bucket.Index % TimeBucket.PartsOfDay
        ];
    }

    private static void Check(RulesJson rules, string file)
    {
        if (!rules.Speeds.ContainsKey(OtherClass))
        {
            throw new RoadFileException(file, 0, $"speeds lacks the row {OtherClass}");
        }

        foreach ((string name, ByProfile<double> speed) in rules.Speeds)
        {
            if (!(Math.Min(speed.Ordinary, speed.Emergency) >= 1 && IsSpeed(speed)))
            {
                throw new RoadFileException(
                    file,
                    0,
                    $"speeds of {name} must lie between 1 and {FastestKmh} km/h"
                );
            }
        }

        if (
            !(
                Math.Min(rules.OverLimit.Ordinary, rules.OverLimit.Emergency) >= 0
                && IsSpeed(rules.OverLimit)
            )
        )
        {
            throw new RoadFileException(
                file,
                0,
                $"overLimit must lie between 0 and {FastestKmh} km/h"
            );
        }

        double[][] parts =
        [
            rules.Slowness.Weekday.Ordinary,
            rules.Slowness.Weekday.Emergency,
            rules.Slowness.Weekend.Ordinary,
            rules.Slowness.Weekend.Emergency,
        ];
        if (
            parts.Any(part =>
                part.Length != TimeBucket.PartsOfDay
                || part.Any(slowness => !(slowness >= 1 / MostSlowness && slowness <= MostSlowness))
            )
        )
        {
            throw new RoadFileException(
                file,
                0,
                $"slowness needs {TimeBucket.PartsOfDay} numbers a day between 0.1 and {MostSlowness}"
            );
        }
    }

    private static bool IsSpeed(ByProfile<double> speed) =>
        speed.Ordinary <= FastestKmh && speed.Emergency <= FastestKmh;

    private static string ReadEmbedded()
    {
        using Stream stream = typeof(DrivingRules).Assembly.GetManifestResourceStream(
            "ambulance-japan.json"
        )!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

internal sealed record RulesJson(
    string Name,
    string TimeZone,
    Dictionary<string, ByProfile<double>> Speeds,
    ByProfile<double> OverLimit,
    WeekJson Slowness,
    AccessFile OpenStreetMap
);

internal sealed record WeekJson(ByProfile<double[]> Weekday, ByProfile<double[]> Weekend);

[JsonSerializable(typeof(RulesJson))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
internal sealed partial class RulesJsonContext : JsonSerializerContext;
