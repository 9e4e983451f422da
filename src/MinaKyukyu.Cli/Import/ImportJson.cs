using System.Text.Json;
using MinaKyukyu.Cli.Audit;
using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Cli.Import;

/// <summary>An import's report for machines: one object on one line. It holds no cell of a list.</summary>
internal static class ImportJson
{
    public static string Of(RunImportReport report, string output) =>
        JsonLine.Of(json =>
        {
            json.WriteNumber("total", report.Total);
            json.WriteNumber("used", report.Used);
            json.WriteNumber("excluded", report.Total - report.Used);
            if (report.Used > 0)
            {
                json.WriteString("out", output);
            }

            List(
                json,
                "inputs",
                report.Inputs,
                input =>
                {
                    json.WriteString("file", input.File);
                    json.WriteString("encoding", ImportWords.Of(input.Encoding));
                    json.WriteNumber("rows", input.Rows);
                }
            );
            List(
                json,
                "excluded_rows",
                report.Excluded,
                rows => WriteCount(json, $"{rows.Reason}", rows.Canonical, rows.Count, rows.First)
            );
            json.WriteStartObject("missing_stamps");
            foreach ((string moment, long count) in report.MissingStamps)
            {
                json.WriteNumber(moment, count);
            }

            json.WriteEndObject();
            List(
                json,
                "withheld_cells",
                report.Withheld,
                cells =>
                    WriteCount(json, $"{cells.Reason}", cells.Canonical, cells.Count, cells.First)
            );
            List(
                json,
                "intervals",
                report.Intervals,
                figures =>
                {
                    json.WriteString("from", figures.From);
                    json.WriteString("to", figures.To);
                    json.WriteNumber("count", figures.Count);
                    json.WriteNumber("p10_seconds", figures.P10);
                    json.WriteNumber("p50_seconds", figures.P50);
                    json.WriteNumber("p90_seconds", figures.P90);
                }
            );
        });

    private static void WriteCount(
        Utf8JsonWriter json,
        string reason,
        string canonical,
        long count,
        RunListPlace first
    )
    {
        json.WriteString("reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(reason));
        json.WriteString("canonical", canonical);
        json.WriteNumber("count", count);
        json.WriteStartObject("first");
        json.WriteString("file", first.File);
        json.WriteNumber("line", first.Line);
        json.WriteString("column", first.Column);
        json.WriteEndObject();
    }

    private static void List<T>(
        Utf8JsonWriter json,
        string name,
        IEnumerable<T> all,
        Action<T> write
    )
    {
        json.WriteStartArray(name);
        foreach (T one in all)
        {
            json.WriteStartObject();
            write(one);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
