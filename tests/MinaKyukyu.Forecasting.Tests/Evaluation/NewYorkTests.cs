using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Tests.Evaluation;

/// <summary>
/// Real runs, in public: one in seventy-five of New York's ambulance runs of two years, of which the last half-year is predicted. The
/// oracle is other people's quantile trees (scikit-learn) on the same rows.
/// </summary>
public sealed class NewYorkTests
{
    private const string Later = "2015-07-01T00:00:00";

    private static readonly string Rows = Path.Combine(
        AppContext.BaseDirectory,
        "data",
        "runs",
        "nyc_ems_small.csv.gz"
    );

    [Fact]
    public async Task Our_model_is_no_worse_than_the_quantile_trees_of_others()
    {
        Task<(int N, double P50, double P90)> oracle = AskOracle();
        RunSchema schema = RunTables.Schema("nyc-ems");
        (RunTable runs, RunReport read) = RunFiles.Read(schema, [Rows]);
        DateTimeOffset later = RunMoment
            .Parse(Later, TimeZoneInfo.FindSystemTimeZoneById(schema.TimeZone))!
            .Value;
        StoredModel model = SmallModel.Of(runs, new TrainingOptions { Until = later });
        var report = EvaluationReport.Of(model, runs, read, new EvaluationOptions { From = later });
        (int n, double p50, double p90) = await oracle;
        string figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Count} runs: P50 {report.PinballSeconds.P50:0.00} against {p50:0.00}, P90 {report.PinballSeconds.P90:0.00} against {p90:0.00}, coverage {report.Coverage}, MAE {report.MaeSeconds:0.0}, group {report.BaselineMaeSeconds("group_median"):0.0}, all {report.BaselineMaeSeconds("global_median"):0.0}"
        );
        Assert.Equal(n, report.Count);
        Assert.Equal(14_413, read.Total);
        Assert.Equal(0, report.OverlapRows);
        Assert.True(report.PinballSeconds.P50 <= 1.02 * p50, figures);
        Assert.True(report.PinballSeconds.P90 <= 1.02 * p90, figures);
        Assert.True(report.MaeSeconds < report.BaselineMaeSeconds("group_median"), figures);
        Assert.Null(report.BaselineMaeSeconds("router_only"));
        Assert.InRange(report.Coverage.P90, 0.85, 0.95);
    }

    /// <summary>A missing oracle fails the test: Debian package python3-sklearn.</summary>
    private static async Task<(int N, double P50, double P90)> AskOracle()
    {
        var start = new ProcessStartInfo("/usr/bin/python3")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "Oracle", "quantiles_of_others.py"),
                Rows,
                Later,
            },
            // Its threads wait for one another by turning round and round.
            Environment = { ["OMP_NUM_THREADS"] = "1" },
        };
        using Process python = Process.Start(start)!;
        Task<string> errors = python.StandardError.ReadToEndAsync();
        string said = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        Assert.True(python.ExitCode == 0, await errors);
        using JsonDocument json = JsonDocument.Parse(said);
        return (
            json.RootElement.GetProperty("n").GetInt32(),
            json.RootElement.GetProperty("p50").GetDouble(),
            json.RootElement.GetProperty("p90").GetDouble()
        );
    }
}
