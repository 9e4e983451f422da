using MinaKyukyu.Forecasting.Import;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Tests;

/// <summary>Run tables by the way that everybody's take: through a file.</summary>
internal static class RunTables
{
    public static RunSchema Journal { get; } = Schema("journal");

    public static RunSchema Schema(string name) =>
        RunSchemaFile.Read(
            Path.Combine(AppContext.BaseDirectory, "samples", "schemas", $"{name}.json")
        );

    public static RunTable Of(IEnumerable<CanonicalRun> runs, RunSchema? schema = null)
    {
        (RunTable table, RunReport report) = Read(Csv(runs), schema ?? Journal);
        Assert.Empty(report.Excluded);
        return table;
    }

    public static (RunTable Runs, RunReport Report) Read(string csv, RunSchema schema)
    {
        using var folder = new Folder();
        return RunFiles.Read(schema, [folder.Write("runs.csv", csv)]);
    }

    public static string Csv(IEnumerable<CanonicalRun> runs)
    {
        using var text = new StringWriter();
        CanonicalRunFile.WriteHeader(text);
        foreach (CanonicalRun run in runs)
        {
            CanonicalRunFile.Write(text, run);
        }

        return text.ToString();
    }

    /// <summary>One more column, with its value for each row.</summary>
    public static string With(string csv, string column, Func<int, string> valueOf)
    {
        string[] lines = csv.TrimEnd('\n').Split('\n');
        return string.Concat(
            lines.Select((line, i) => i == 0 ? $"{line},{column}\n" : $"{line},{valueOf(i - 1)}\n")
        );
    }
}
