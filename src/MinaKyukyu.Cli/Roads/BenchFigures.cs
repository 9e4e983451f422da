using System.Globalization;
using MinaKyukyu.Cli.Audit;

namespace MinaKyukyu.Cli.Roads;

/// <summary>What a bench run found; times in microseconds.</summary>
/// <param name="Moving">As <paramref name="Contracted"/>, after one unit in ten moved; the moving is part of the time.</param>
/// <param name="Label">To put one unit down at another place.</param>
internal sealed record BenchFigures(
    int Nodes,
    int Edges,
    int Units,
    int Queries,
    int Seed,
    Spread Contracted,
    Spread Moving,
    Spread Dijkstra,
    long Equal,
    long Unequal,
    Spread Label,
    string MetricVersion
)
{
    public string ToJson() =>
        JsonLine.Of(json =>
        {
            json.WriteNumber("nodes", Nodes);
            json.WriteNumber("edges", Edges);
            json.WriteNumber("units", Units);
            json.WriteNumber("queries", Queries);
            json.WriteNumber("seed", Seed);
            json.WriteNumber("cch_p50_us", Contracted.P50);
            json.WriteNumber("cch_p99_us", Contracted.P99);
            json.WriteNumber("moving_p50_us", Moving.P50);
            json.WriteNumber("dijkstra_p50_us", Dijkstra.P50);
            json.WriteNumber("dijkstra_p99_us", Dijkstra.P99);
            json.WriteNumber("equal", Equal);
            json.WriteNumber("unequal", Unequal);
            json.WriteNumber("labels_us_p50", Label.P50);
            json.WriteString("metric_version", MetricVersion);
        });

    public string ToTable() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {Nodes} nodes, {Edges} edges, {Units} units, {Queries} places, seed {Seed}, {MetricVersion}
                                                    p50 µs      p99 µs
            {Units, 5} units → 1, standing          {Contracted.P50, 10:F1}  {Contracted.P99, 10:F1}
            {Units, 5} units → 1, a tenth moved     {Moving.P50, 10:F1}  {Moving.P99, 10:F1}
            {Units, 5} units → 1, Dijkstra          {Dijkstra.P50, 10:F1}  {Dijkstra.P99, 10:F1}
                  one unit put down           {Label.P50, 10:F1}  {Label.P99, 10:F1}
            {Equal} times equal to Dijkstra, {Unequal} unequal; Dijkstra takes {Dijkstra.P50
                / Contracted.P50:F0} times as long
            """
        );
}

/// <summary>Median and 99th percentile (nearest rank) in microseconds, rounded to tenths.</summary>
internal readonly record struct Spread(double P50, double P99)
{
    public static Spread Of(double[] microseconds)
    {
        double[] sorted = [.. microseconds.Order()];
        return new Spread(At(sorted, 0.50), At(sorted, 0.99));
    }

    private static double At(double[] sorted, double quantile) =>
        Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(quantile * sorted.Length) - 1)], 1);
}
