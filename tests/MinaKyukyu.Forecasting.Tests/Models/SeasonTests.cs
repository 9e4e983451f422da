using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Import;
using MinaKyukyu.Forecasting.Learners;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Tests.Models;

/// <summary>A department in the snow: in winter its roads take half as long again.</summary>
public sealed class SeasonTests
{
    private const double InSnow = 1.5;

    private static readonly TrainingOptions Options = new()
    {
        Fit = new FitOptions
        {
            Trees = 60,
            LeafRows = 20,
            Threads = 2,
        },
    };

    [Fact]
    public void A_winter_is_told_by_the_two_before_it()
    {
        // From April: two winters to learn from, and the December of the third. No running average that would tell it as well.
        IReadOnlyList<CanonicalRun> runs = Months(33);
        DateTimeOffset until = runs[^60].DecidedAt;
        RunSchema schema = RunTables.Journal with { Live = [] };

        double knowing = MaeOf(runs, until, schema, out StoredModel model);
        double blind = MaeOf(runs, until, schema with { BySeason = false }, out _);

        Assert.Contains("season", model.Manifest.Features);
        Assert.True(knowing < 0.8 * blind, $"{knowing} s beside {blind} s");
    }

    [Fact]
    public void Of_a_single_year_no_season_is_learned()
    {
        StoredModel model = SmallModel.Of(RunTables.Of(Months(20)));

        Assert.True(RunTables.Journal.BySeason);
        Assert.False(model.Learned.Schema.BySeason);
        Assert.DoesNotContain("season", model.Manifest.Features);
        Assert.Contains("holiday", model.Manifest.Features);
    }

    /// <summary>Sixty runs at the beginning of each month from April on.</summary>
    private static IReadOnlyList<CanonicalRun> Months(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .SelectMany(month =>
                {
                    DateTimeOffset from = new DateTimeOffset(
                        2023,
                        4,
                        1,
                        0,
                        0,
                        0,
                        TimeSpan.FromHours(9)
                    ).AddMonths(month);
                    double slower = from.Month is 12 or 1 or 2 ? InSnow : 1;
                    return DrawnRuns.Of(60, seed: month, slower: slower, from: from);
                }),
        ];

    private static double MaeOf(
        IReadOnlyList<CanonicalRun> runs,
        DateTimeOffset until,
        RunSchema schema,
        out StoredModel model
    )
    {
        (RunTable table, RunReport read) = RunTables.Read(RunTables.Csv(runs), schema);
        model = SmallModel.Of(table, Options with { Until = until });
        var scored = new EvaluationOptions { From = until };
        return EvaluationReport.Of(model, table, read, scored).MaeSeconds;
    }
}
