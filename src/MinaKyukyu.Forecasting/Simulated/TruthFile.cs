using System.Globalization;
using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>Writes what is true of each run (<see cref="RunTruth"/>), in seconds: CSV in UTF-8, a header, LF.</summary>
public static class TruthFile
{
    public static IReadOnlyList<string> Columns { get; } =
    [
        "run_id",
        "median",
        "p10",
        "p90",
        "knowable_median",
        "knowable_p10",
        "knowable_p90",
        "drive_median",
        "drive_p10",
        "drive_p90",
        "regime",
    ];

    public static void WriteHeader(TextWriter to) => CsvLine.Write(to, Columns);

    public static void Write(TextWriter to, SimulatedRun run) =>
        CsvLine.Write(
            to,
            [
                run.Run.RunId,
                .. Cells(run.Truth.ToScene),
                .. Cells(run.Truth.Knowable),
                .. Cells(run.Truth.Drive),
                run.Truth.Regime.ToString(CultureInfo.InvariantCulture),
            ]
        );

    private static string[] Cells(TrueQuantiles law) =>
        [Seconds(law.Median), Seconds(law.P10), Seconds(law.P90)];

    private static string Seconds(double seconds) =>
        seconds.ToString("0.###", CultureInfo.InvariantCulture);
}
