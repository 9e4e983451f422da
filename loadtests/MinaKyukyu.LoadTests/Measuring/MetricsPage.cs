using System.Globalization;
using System.Text.RegularExpressions;

namespace MinaKyukyu.LoadTests.Measuring;

/// <summary>The server's own histogram of one method's durations, as its page of metrics gives it.</summary>
/// <param name="Buckets">Upper bounds in seconds with the calls up to them.</param>
internal sealed record CallDurations(
    IReadOnlyList<(double Bound, double Count)> Buckets,
    double Sum,
    double Count
)
{
    /// <summary>What came since an earlier reading.</summary>
    public CallDurations Since(CallDurations earlier) =>
        new(
            [
                .. Buckets.Select(
                    (b, i) =>
                        (
                            b.Bound,
                            b.Count - (i < earlier.Buckets.Count ? earlier.Buckets[i].Count : 0)
                        )
                ),
            ],
            Sum - earlier.Sum,
            Count - earlier.Count
        );

    /// <summary>By straight line inside a bucket, so good to the bucket's width; null: no call.</summary>
    public TimeSpan? Quantile(double share)
    {
        double wanted = share * Count;
        double lower = 0;
        double before = 0;
        foreach ((double bound, double count) in Buckets)
        {
            if (count >= wanted && count > 0)
            {
                double inside = count > before ? (wanted - before) / (count - before) : 1;
                double upper = double.IsInfinity(bound) ? lower : bound;
                return TimeSpan.FromSeconds(lower + ((upper - lower) * inside));
            }

            lower = bound;
            before = count;
        }

        return null;
    }

    public TimeSpan? Mean => Count > 0 ? TimeSpan.FromSeconds(Sum / Count) : null;
}

/// <summary>Reads <c>/metrics</c> of the server under load.</summary>
internal static partial class MetricsPage
{
    private const string Name = "mina_server_call_duration_seconds";

    public static async Task<CallDurations> ReadAsync(
        Uri web,
        string method,
        CancellationToken stop
    )
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        return Parse(await http.GetStringAsync(new Uri(web, "/metrics"), stop), method);
    }

    internal static CallDurations Parse(string page, string method)
    {
        List<(double, double)> buckets = [];
        double sum = 0;
        double count = 0;
        foreach (
            string line in page.Split('\n').Where(l => l.Contains(method, StringComparison.Ordinal))
        )
        {
            if (!line.StartsWith(Name, StringComparison.Ordinal))
            {
                continue;
            }

            double value = double.Parse(
                line[(line.LastIndexOf(' ') + 1)..],
                CultureInfo.InvariantCulture
            );
            if (line.StartsWith(Name + "_bucket", StringComparison.Ordinal))
            {
                string bound = Bound().Match(line).Groups["bound"].Value;
                buckets.Add(
                    (
                        bound == "+Inf"
                            ? double.PositiveInfinity
                            : double.Parse(bound, CultureInfo.InvariantCulture),
                        value
                    )
                );
            }
            else if (line.StartsWith(Name + "_sum", StringComparison.Ordinal))
            {
                sum = value;
            }
            else if (line.StartsWith(Name + "_count", StringComparison.Ordinal))
            {
                count = value;
            }
        }

        return new CallDurations([.. buckets.OrderBy(b => b.Item1)], sum, count);
    }

    [GeneratedRegex("le=\"(?<bound>[^\"]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Bound();
}
