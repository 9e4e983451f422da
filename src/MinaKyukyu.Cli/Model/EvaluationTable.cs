using System.Globalization;
using MinaKyukyu.Forecasting.Evaluation;

namespace MinaKyukyu.Cli.Model;

/// <summary>A report for people: one line a figure.</summary>
internal static class EvaluationTable
{
    public static void Print(EvaluationReport report)
    {
        Line("出動件数 runs", $"{report.Count}");
        Line("平均誤差 MAE", $"{report.MaeSeconds:0.0} s");
        Line("かたより bias", $"{report.BiasSeconds:+0.0;-0.0} s (観測−予測 observed − predicted)");
        Line("±3分以内 within 3 min", $"{report.Within180s:0.0 %}");
        (double low, double median, double high) = report.PinballSeconds;
        Line("pinball P10 / P50 / P90", $"{low:0.0} / {median:0.0} / {high:0.0} s");
        (low, median, high) = report.Coverage;
        Line("被覆率 coverage P10 / P50 / P90", $"{low:0.0 %} / {median:0.0 %} / {high:0.0 %}");
        foreach (
            string name in (string[])
                ["global_median", "group_median", "router_only", "straight_line"]
        )
        {
            Line(
                $"比較 {name} MAE",
                report.BaselineMaeSeconds(name) is { } mae
                    ? $"{mae:0.0} s"
                    : (FormattableString)$"—"
            );
        }
    }

    private static void Line(string name, FormattableString value) =>
        Console.Out.WriteLine($"{name, -36} {value.ToString(CultureInfo.InvariantCulture)}");
}
