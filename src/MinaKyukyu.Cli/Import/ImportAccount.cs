using System.Globalization;
using System.Text;
using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Cli.Import;

/// <summary>An import's report for people: what was used, what was not and where to look. It holds no cell of a list.</summary>
internal static class ImportAccount
{
    public static string Of(RunImportReport report, string output)
    {
        var text = new StringBuilder();
        foreach (RunInput input in report.Inputs)
        {
            Line($"{input.File}: {input.Rows} 行 rows, {ImportWords.Of(input.Encoding)}");
        }

        Line($"全行 total      {report.Total}");
        string written = report.Used > 0 ? $" → {output}" : "";
        Line($"使用 used       {report.Used}{written}");
        Line($"除外 excluded   {report.Total - report.Used}");
        foreach (ExcludedRows rows in report.Excluded)
        {
            Line(
                $"  {rows.Count, 8}  {Column(rows.Canonical)}{ImportWords.Of(rows.Reason)}; 最初 first: {ImportWords.Of(rows.First)}"
            );
        }

        Line($"欠けた時刻 missing stamps (使用行のうち of the used rows)");
        foreach ((string moment, long count) in report.MissingStamps)
        {
            Line($"  {count, 8}  {moment}");
        }

        if (report.Withheld.Count > 0)
        {
            Line($"空欄にした値 cells left empty");
        }

        foreach (WithheldCells cells in report.Withheld)
        {
            Line(
                $"  {cells.Count, 8}  {Column(cells.Canonical)}{ImportWords.Of(cells.Reason)}; 最初 first: {ImportWords.Of(cells.First)}"
            );
        }

        Line($"所要時間 intervals (秒 s): P10 / P50 / P90");
        foreach (IntervalFigures figures in report.Intervals)
        {
            Line(
                $"  {figures.Count, 8}  {ImportWords.OfInterval(figures.To)}: {figures.P10:0.#} / {figures.P50:0.#} / {figures.P90:0.#}"
            );
        }

        return text.ToString().TrimEnd('\n');

        void Line(FormattableString line) =>
            text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Column(string canonical) => canonical.Length > 0 ? $"{canonical}: " : "";
}
