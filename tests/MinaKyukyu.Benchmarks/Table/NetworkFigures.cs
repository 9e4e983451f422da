using MinaKyukyu.Benchmarks.Measuring;
using MinaKyukyu.Benchmarks.Networks;

namespace MinaKyukyu.Benchmarks.Table;

/// <summary>Everything that was read on one network.</summary>
internal sealed record NetworkFigures(
    string Network,
    bool IsPrefecture,
    int Nodes,
    int Edges,
    int Arcs,
    int Height,
    int Metrics,
    ImportCost Import,
    IReadOnlyList<Reading> Readings,
    string LoadBefore,
    string LoadAfter
)
{
    private const string Standing = "300 → 1, standing";

    public long Unequal => Readings.Sum(reading => reading.Agreement.Unequal);

    /// <summary>Not a number where it was not measured.</summary>
    public double P50Of(string trial) =>
        Readings.FirstOrDefault(reading => reading.Name == trial)?.Time.P50 ?? double.NaN;

    /// <summary>What is promised beside the trials' own targets: words, what was read, and whether it holds.</summary>
    public IEnumerable<(string What, string Read, string Target, bool IsMet)> Further()
    {
        double ratio = P50Of("1000 → 1, standing") / P50Of(Standing);
        if (double.IsNaN(ratio))
        {
            yield break;
        }

        yield return (
            "1,000 units beside 300, p50",
            FormattableString.Invariant($"{ratio:F1} ×"),
            "≤ 3 ×",
            ratio <= Targets.MostTimesForManyUnits
        );
        if (Network == "milan")
        {
            yield return (
                "extract imported to a finished file, process start included",
                FormattableString.Invariant($"{Import.Seconds:F1} s"),
                "≤ 10 s",
                Import.Seconds <= Targets.ImportSeconds
            );
            yield return (
                "peak of memory while importing",
                FormattableString.Invariant($"{Import.PeakMegabytes:F0} MB"),
                "≤ 1 GiB",
                Import.PeakMegabytes <= Targets.ImportMegabytes
            );
        }

        if (IsPrefecture)
        {
            yield return (
                $"file on disk with {Metrics} metrics",
                FormattableString.Invariant($"{Import.FileMegabytes:F0} MB"),
                "≤ 700 MB",
                Import.FileMegabytes <= Targets.PrefectureFileMegabytes
            );
        }
    }

    /// <summary>How many times as long plain Dijkstra takes as standing units.</summary>
    public double TimesDijkstra => P50Of("300 → 1, Dijkstra") / P50Of(Standing);
}
