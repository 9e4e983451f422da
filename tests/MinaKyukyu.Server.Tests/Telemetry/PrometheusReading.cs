using System.Globalization;
using System.Text.RegularExpressions;

namespace MinaKyukyu.Server.Tests.Telemetry;

/// <summary>One line of the page.</summary>
internal sealed record Sample(
    string Name,
    IReadOnlyDictionary<string, string> Labels,
    double Value
);

/// <summary>Reads Prometheus' text format by its grammar and refuses whatever is outside it; shares no line with the writer.</summary>
internal sealed partial class PrometheusReading
{
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly List<Sample> _samples = [];

    public IReadOnlyDictionary<string, string> Types => _types;

    public IReadOnlyList<Sample> Samples => _samples;

    /// <exception cref="FormatException">Names the line.</exception>
    public static PrometheusReading Parse(string page)
    {
        var reading = new PrometheusReading();
        if (!page.EndsWith('\n'))
        {
            throw new FormatException("The last line does not end.");
        }

        foreach (string line in page[..^1].Split('\n'))
        {
            reading.Take(line);
        }

        reading.RequireWholeHistograms();
        return reading;
    }

    public double Get(string name, params (string Key, string Value)[] labels) =>
        _samples
            .Single(s =>
                s.Name == name && labels.All(l => s.Labels.GetValueOrDefault(l.Key) == l.Value)
            )
            .Value;

    private void Take(string line)
    {
        if (line.StartsWith("# HELP ", StringComparison.Ordinal))
        {
            return;
        }

        if (TypeLine().Match(line) is { Success: true } type)
        {
            if (!_types.TryAdd(type.Groups["name"].Value, type.Groups["type"].Value))
            {
                throw new FormatException($"typed twice: {line}");
            }

            return;
        }

        Match sample = SampleLine().Match(line);
        if (!sample.Success)
        {
            throw new FormatException($"neither comment nor sample: {line}");
        }

        string name = sample.Groups["name"].Value;
        if (!_types.ContainsKey(FamilyOf(name)))
        {
            throw new FormatException($"before its type: {line}");
        }

        var labels = LabelPair()
            .Matches(sample.Groups["labels"].Value)
            .ToDictionary(
                l => l.Groups["key"].Value,
                l => Unescape(l.Groups["value"].Value),
                StringComparer.Ordinal
            );
        _samples.Add(new Sample(name, labels, NumberOf(sample.Groups["number"].Value)));
    }

    private string FamilyOf(string name)
    {
        string family = HistogramPart().Replace(name, "");
        return _types.GetValueOrDefault(family) == "histogram" ? family : name;
    }

    /// <summary>Buckets never fall, the last is +Inf and holds the count.</summary>
    private void RequireWholeHistograms()
    {
        foreach (string family in _types.Where(t => t.Value == "histogram").Select(t => t.Key))
        {
            foreach (
                var series in _samples.Where(s => s.Name == family + "_bucket").GroupBy(SeriesOf)
            )
            {
                double[] counts = [.. series.Select(s => s.Value)];
                double count = _samples
                    .Single(s => s.Name == family + "_count" && SeriesOf(s) == series.Key)
                    .Value;
                bool isWhole =
                    counts.SequenceEqual(counts.Order())
                    && series.Last().Labels["le"] == "+Inf"
                    && series.Last().Value == count;
                if (!isWhole)
                {
                    throw new FormatException($"not a whole histogram: {family}{{{series.Key}}}");
                }
            }
        }
    }

    private static string SeriesOf(Sample sample) =>
        string.Join(
            ',',
            sample.Labels.Where(l => l.Key != "le").Select(l => $"{l.Key}={l.Value}").Order()
        );

    private static double NumberOf(string text) =>
        text switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            _ => double.Parse(text, CultureInfo.InvariantCulture),
        };

    private static string Unescape(string value) =>
        Escaped().Replace(value, e => e.Value[1] == 'n' ? "\n" : e.Value[1..]);

    [GeneratedRegex(
        """^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)$""",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex TypeLine();

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\[\\"n])*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\[\\"n])*")*)\})? (?<number>[-+0-9.eEInfNa]+)$""",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex SampleLine();

    [GeneratedRegex(
        """(?<key>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\]|\\[\\"n])*)["]""",
        RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex LabelPair();

    [GeneratedRegex("""_(bucket|sum|count)$""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex HistogramPart();

    [GeneratedRegex("""\\.""", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Escaped();
}
