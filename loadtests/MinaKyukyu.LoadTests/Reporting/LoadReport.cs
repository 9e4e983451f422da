using System.Globalization;
using System.Text.Json.Nodes;
using MinaKyukyu.LoadTests.Measuring;

namespace MinaKyukyu.LoadTests.Reporting;

/// <summary>What a run was.</summary>
internal sealed record LoadRun(
    int Units,
    string Level,
    double RatePerSecond,
    TimeSpan Duration,
    string Schedule,
    int Seed
);

/// <summary>What a run says, and whether it may say anything at all.</summary>
internal sealed class LoadReport(LoadRun run, IReadOnlyList<(string Name, Tally Tally)> profiles)
{
    /// <summary>A generator that is later than this in one of a hundred sends measures itself.</summary>
    public static readonly TimeSpan MostLag = TimeSpan.FromMilliseconds(1);

    private static readonly (string Name, double Share)[] Quantiles =
    [
        ("p50", 0.5),
        ("p90", 0.9),
        ("p99", 0.99),
        ("p99_9", 0.999),
    ];

    private readonly TimeSpan? _lag = LagOf(profiles);

    /// <summary>Why the figures must not be used; empty when they may.</summary>
    public IReadOnlyList<string> VoidReasons =>
        [
            .. _lag is null ? ["nothing was sent"] : Array.Empty<string>(),
            .. _lag > MostLag
                ? [$"generator lag p99 {Milliseconds(_lag)} ms is above {Milliseconds(MostLag)} ms"]
                : Array.Empty<string>(),
            .. profiles
                .Where(p => p.Tally.Dropped > 0)
                .Select(p => $"{p.Name}: {p.Tally.Dropped} sends dropped, too many in flight"),
            .. profiles
                .Where(p => p.Tally.Completed < p.Tally.Sent)
                .Select(p => $"{p.Name}: {p.Tally.Sent - p.Tally.Completed} calls never ended"),
        ];

    /// <summary>One line; seconds unless a name says otherwise, null where nothing was seen.</summary>
    public string ToJson()
    {
        var json = new JsonObject
        {
            ["units"] = run.Units,
            ["level"] = run.Level,
            ["rate_per_second"] = run.RatePerSecond,
            ["duration"] = run.Duration.TotalSeconds,
            ["schedule"] = run.Schedule,
            ["seed"] = run.Seed,
            ["generator_lag_p99"] = _lag?.TotalSeconds,
            ["void"] = VoidReasons.Count > 0,
            ["void_reasons"] = new JsonArray([.. VoidReasons.Select(r => (JsonNode)r)]),
        };
        foreach ((string name, Tally tally) in profiles)
        {
            json[name] = JsonOf(tally);
        }

        if (Ratios() is { } ratios)
        {
            json["ratio"] = ratios;
        }

        return json.ToJsonString();
    }

    private static JsonObject JsonOf(Tally tally)
    {
        var json = new JsonObject();
        foreach ((string name, double share) in Quantiles)
        {
            json[name] = tally.Latency.Quantile(share)?.TotalSeconds;
        }

        json["max"] = tally.Latency.Count > 0 ? tally.Latency.Max.TotalSeconds : null;
        json["sent"] = tally.Sent;
        json["completed"] = tally.Completed;
        json["dropped"] = tally.Dropped;
        json["errors"] = tally.ErrorCount;
        json["error_codes"] = new JsonObject(
            tally.Errors.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)e.Value))
        );
        json["server_side_p50"] = tally.ServerSide.Quantile(0.5)?.TotalSeconds;
        json["server_side_p99"] = tally.ServerSide.Quantile(0.99)?.TotalSeconds;
        return json;
    }

    /// <summary>Recommend over floor, quantile by quantile; null when one of them is missing.</summary>
    private JsonObject? Ratios()
    {
        if (Find("floor") is not { } floor || Find("recommend") is not { } recommend)
        {
            return null;
        }

        var ratios = new JsonObject();
        foreach ((string name, double share) in Quantiles)
        {
            ratios[name] = RatioOf(recommend, floor, share);
        }

        return ratios;
    }

    private static double? RatioOf(Tally recommend, Tally floor, double share) =>
        recommend.Latency.Quantile(share) / floor.Latency.Quantile(share) is { } ratio
            ? Math.Round(ratio, 3)
            : null;

    private Tally? Find(string name) => profiles.FirstOrDefault(p => p.Name == name).Tally;

    public string ToText()
    {
        var lines = new List<string>
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"{run.Units} units, {run.Level}, each profile {run.RatePerSecond} calls/s for {run.Duration.TotalSeconds} s, {run.Schedule}, seed {run.Seed}"
            ),
            "milliseconds      p50       p90       p99     p99.9       max      sent    errors  server p50  server p99",
        };
        lines.AddRange(profiles.Select(p => RowOf(p.Name, p.Tally)));
        if (Ratios() is { } ratios)
        {
            string cells = string.Concat(
                Quantiles.Select(q => $"{ratios[q.Name]?.ToString() ?? "-", 10}")
            );
            lines.Add($"{"ratio", -11}{cells}");
        }

        lines.Add($"generator lag p99 {Milliseconds(_lag)} ms");
        lines.AddRange(VoidReasons.Select(r => $"VOID: {r}"));
        return string.Join(Environment.NewLine, lines);
    }

    private static string RowOf(string name, Tally tally)
    {
        IEnumerable<string> cells =
        [
            .. Quantiles.Select(q => Milliseconds(tally.Latency.Quantile(q.Share))),
            Milliseconds(tally.Latency.Max),
            tally.Sent.ToString(CultureInfo.InvariantCulture),
            tally.ErrorCount.ToString(CultureInfo.InvariantCulture),
        ];
        return $"{name, -11}{string.Concat(cells.Select(c => $"{c, 10}"))}{Milliseconds(tally.ServerSide.Quantile(0.5)), 12}{Milliseconds(tally.ServerSide.Quantile(0.99)), 12}";
    }

    private static TimeSpan? LagOf(IEnumerable<(string Name, Tally Tally)> profiles)
    {
        var all = new LatencyHistogram();
        foreach ((_, Tally tally) in profiles)
        {
            all.Merge(tally.Lag);
        }

        return all.Quantile(0.99);
    }

    private static string Milliseconds(TimeSpan? duration) =>
        duration?.TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
}
