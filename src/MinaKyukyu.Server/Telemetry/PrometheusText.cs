using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace MinaKyukyu.Server.Telemetry;

/// <summary>Writes metrics in Prometheus' text format, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new(32 * 1024);
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);

    public override string ToString() => _text.ToString();

    public void Write(Metric metric)
    {
        bool isSum = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        bool isHistogram = metric.MetricType is MetricType.Histogram;
        string name = NameOf(metric.Name, metric.Unit, isSum);
        // One name, one block: two meters that claim the same name would make the whole page unreadable.
        if (metric.MetricType is MetricType.ExponentialHistogram || !_named.Add(name))
        {
            return;
        }

        string type =
            isHistogram ? "histogram"
            : isSum ? "counter"
            : "gauge";
        _text.Append("# HELP ").Append(name).Append(' ');
        Escape(metric.Description, isLabel: false);
        _text.Append('\n').Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            string labels = LabelsOf(point);
            if (isHistogram)
            {
                WriteHistogram(name, labels, point);
            }
            else
            {
                WriteSample(name, labels, ValueOf(metric.MetricType, point));
            }
        }
    }

    private void WriteHistogram(string name, string labels, in MetricPoint point)
    {
        // Buckets of the metric count themselves alone; on the page each counts all below it too.
        long below = 0;
        string before = labels.Length == 0 ? "" : labels + ",";
        foreach (HistogramBucket bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            WriteSample(name + "_bucket", $"{before}le=\"{Number(bucket.ExplicitBound)}\"", below);
        }

        WriteSample(name + "_sum", labels, point.GetHistogramSum());
        WriteSample(name + "_count", labels, point.GetHistogramCount());
    }

    private void WriteSample(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static double ValueOf(MetricType type, in MetricPoint point) =>
        type switch
        {
            MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
            MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
            MetricType.LongGauge => point.GetGaugeLastValueLong(),
            _ => point.GetGaugeLastValueDouble(),
        };

    private static string LabelsOf(in MetricPoint point)
    {
        var labels = new PrometheusText();
        foreach (KeyValuePair<string, object?> tag in point.Tags)
        {
            labels
                ._text.Append(labels._text.Length == 0 ? "" : ",")
                .Append(Legal(tag.Key))
                .Append("=\"");
            string? value = Convert.ToString(tag.Value, CultureInfo.InvariantCulture);
            labels.Escape(tag.Value is bool ? value?.ToLowerInvariant() : value, isLabel: true);
            labels._text.Append('"');
        }

        return labels.ToString();
    }

    /// <summary>A backslash and a line feed are escaped everywhere; a quotation mark inside labels only.</summary>
    private void Escape(string? text, bool isLabel)
    {
        foreach (char c in text ?? "")
        {
            _ = c switch
            {
                '\\' => _text.Append("\\\\"),
                '\n' => _text.Append("\\n"),
                '"' when isLabel => _text.Append("\\\""),
                _ => _text.Append(c),
            };
        }
    }

    /// <summary>The unit is part of a name, and a counter ends with <c>_total</c>; a unit in braces is only a remark.</summary>
    internal static string NameOf(string name, string unit, bool isCounter)
    {
        string suffix = unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            _ => "",
        };
        string legal = Legal(name);
        return legal
            + (legal.EndsWith(suffix, StringComparison.Ordinal) ? "" : suffix)
            + (isCounter ? "_total" : "");
    }

    private static string Legal(string name) =>
        string.Concat(
            name.Select(
                (c, i) => char.IsAsciiLetter(c) || (char.IsAsciiDigit(c) && i > 0) ? c : '_'
            )
        );

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
