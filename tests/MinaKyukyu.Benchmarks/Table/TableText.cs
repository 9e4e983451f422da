using System.Globalization;
using System.Text;
using MinaKyukyu.Benchmarks.Measuring;

namespace MinaKyukyu.Benchmarks.Table;

/// <summary>The figures of one network as Markdown.</summary>
internal static class TableText
{
    public static string Of(NetworkFigures figures)
    {
        var text = new StringBuilder();
        Line(
            $"**{figures.Network}**: {figures.Nodes} nodes, {figures.Edges} directed edges, {figures.Arcs} arcs after contraction, height {figures.Height}, {figures.Metrics} metrics; import {figures.Import.Seconds:F1} s, peak {figures.Import.PeakMegabytes:F0} MB, file {figures.Import.FileMegabytes:F1} MB; load {figures.LoadBefore} before, {figures.LoadAfter} after"
        );
        Line($"");
        Line($"| what | p50 | p99 | samples | B per run | equal / unequal | target | |");
        Line($"|---|---|---|---|---|---|---|---|");
        foreach (Reading reading in figures.Readings)
        {
            Target? target = Targets.Of(reading.Name, figures.IsPrefecture);
            Line(
                $"| {reading.Name} | {Duration.Of(reading.Time.P50)} | {Duration.Of(reading.Time.P99)} | {reading.Time.Samples} | {reading.BytesPerRun} | {reading.Agreement.Equal} / {reading.Agreement.Unequal} | {target} | {Verdict(target?.IsMetBy(reading))} |"
            );
        }

        foreach ((string what, string read, string target, bool isMet) in figures.Further())
        {
            Line($"| {what} | {read} | | | | | {target} | {Verdict(isMet)} |");
        }

        if (double.IsFinite(figures.TimesDijkstra))
        {
            Line(
                $"| Dijkstra beside standing units, p50 | {figures.TimesDijkstra:F0} × | | | | | | |"
            );
        }

        return text.ToString();

        void Line(FormattableString line) =>
            text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Verdict(bool? isMet) =>
        isMet switch
        {
            true => "met",
            false => "**not met**",
            null => "",
        };
}
