using MinaKyukyu.Forecasting.Calibration;
using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Import;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Runs;
using MinaKyukyu.Forecasting.Trees;

namespace MinaKyukyu.Forecasting.Tests.Calibration;

public sealed class OnlineCorrectionsTests
{
    private static readonly Correction Raw = new(6 - 0.32f, 6, 6 + 0.32f);

    /// <summary>P10 and P90 of the usual noise are right from the start; one column of departments, one of stations.</summary>
    private static readonly Corrections Start = new(
        default,
        [
            [default],
            [default, default],
        ]
    );

    [Theory]
    [InlineData(0.2, 1.5)]
    [InlineData(0.4, 1)]
    [InlineData(-0.2, 1)]
    [InlineData(0, 1.6)]
    [InlineData(0, 0.7)]
    public void Five_hundred_arrivals_after_the_roads_changed_nine_of_ten_are_covered_again(
        double slower,
        double noisier
    )
    {
        (double low, double median, double high) = After(slower, noisier, arrivals: 500);
        Assert.InRange(high, 0.88, 0.92);
        Assert.InRange(low, 0.08, 0.12);
        Assert.InRange(median, 0.46, 0.54);
    }

    [Fact]
    public void While_nothing_changes_nine_of_ten_stay_covered()
    {
        (double low, _, double high) = After(slower: 0, noisier: 1, arrivals: 0);
        Assert.InRange(high, 0.88, 0.92);
        Assert.InRange(low, 0.08, 0.12);
    }

    [Fact]
    public void A_week_of_nonsense_is_forgotten_in_days_and_never_makes_limits_of_more_than_three_times()
    {
        var online = new OnlineCorrections(Start);
        for (int i = 0; i < 5_000; i++)
        {
            online.Learn([0, i % 2], Raw, observed: 12);
        }

        Correction worst = online.Find([0, 0]);
        Assert.InRange(worst.High, 0.5f, 1.1f);
        Feed(online, new Random(5), slower: 0, noisier: 1, arrivals: 3_000);
        Assert.InRange(Feed(online, new Random(6), 0, 1, 4_000).High, 0.87, 0.93);
    }

    [Fact]
    public void Each_group_follows_its_own_arrivals_and_the_others_a_little()
    {
        var online = new OnlineCorrections(Start);
        for (int i = 0; i < 40; i++)
        {
            online.Learn([0, 1], Raw, observed: 7);
        }

        Assert.True(online.Find([0, 1]).Median > online.Find([0, 0]).Median + 0.05f);
        Assert.True(online.Find([0, 0]).Median > 0.05f);
        Assert.Equal(default, online.Find([1, 0]));
    }

    [Fact]
    public void The_first_arrivals_of_a_newcomer_move_its_limits_farther()
    {
        var usual = new OnlineCorrections(Start);
        var newcomer = new OnlineCorrections(Start, isNewcomer: true);
        for (int i = 0; i < 20; i++)
        {
            usual.Learn([0, 0], Raw, observed: 7);
            newcomer.Learn([0, 0], Raw, observed: 7);
        }

        Assert.True(newcomer.Find([0, 0]).High > 3 * usual.Find([0, 0]).High);
    }

    [Fact]
    public void A_department_without_history_gets_limits_as_wide_as_departments_differ()
    {
        (StoredModel model, IReadOnlyList<CanonicalRun> newcomer) = FourDepartments();
        Corrections own = model.Learned.Corrections;
        Corrections unknown = model.Learned.Newcomer!.Corrections;
        Assert.True(unknown.All.High - unknown.All.Low > own.All.High - own.All.Low + 0.1f);

        Score still = Evaluate(model, newcomer, isOnline: false);
        Assert.True(still.Coverage.P90 >= 0.88, $"{still.Coverage}");
        Score online = Evaluate(model, newcomer, isOnline: true);
        Assert.InRange(online.Coverage.P90, 0.86, 0.96);
        Assert.True(online.PinballSeconds.P90 < still.PinballSeconds.P90);
        Assert.True(online.MaeSeconds <= still.MaeSeconds * 1.01);
    }

    [Fact]
    public void Each_department_in_turn_can_be_taken_for_a_newcomer()
    {
        (StoredModel model, _) = FourDepartments();
        IReadOnlyList<CanonicalRun> later = Departments(from: 1_000, until: 1_300);
        IReadOnlyList<Newcomer> newcomers = ColdStart.Run(
            model,
            RunTables.Of([.. Departments(from: 0, until: 1_000), .. later]),
            "department",
            new EvaluationOptions(),
            new BoostedTreesLearner(),
            CancellationToken.None
        );
        Assert.Equal(["d1", "d2", "d3", "d4"], newcomers.Select(one => one.Word));
        Assert.All(
            newcomers,
            one =>
            {
                Assert.Equal(300, one.Stages[0]!.Runs);
                Assert.Equal(200, one.Stages[1]!.Runs);
                Assert.Null(one.Stages[2]);
                Assert.InRange(one.Stages[1]!.CoverageP90, 0.75, 1);
            }
        );
        Assert.Throws<ForecastException>(() =>
            ColdStart.Run(
                model,
                RunTables.Of(later),
                "router_seconds",
                new EvaluationOptions(),
                new BoostedTreesLearner(),
                CancellationToken.None
            )
        );
    }

    private static (StoredModel Model, IReadOnlyList<CanonicalRun> Newcomer) FourDepartments() =>
        (
            SmallModel.Of(
                RunTables.Of(Departments(from: 0, until: 1_000)),
                new TrainingOptions
                {
                    Fit = SmallModel.Options.Fit with { Trees = 40 },
                    CalibrationShare = 0.4,
                }
            ),
            DrawnRuns.Of(
                800,
                seed: 120,
                department: "newcomer",
                slower: 1.2,
                from: DrawnRuns.Start.AddDays(40)
            )
        );

    /// <summary>Four departments of which each drives otherwise, in the order of time.</summary>
    private static IReadOnlyList<CanonicalRun> Departments(int from, int until) =>
        [
            .. Enumerable
                .Range(1, 4)
                .SelectMany(d =>
                    DrawnRuns
                        .Of(until, seed: 110 + d, department: $"d{d}", slower: 0.6 + (0.2 * d))
                        .Skip(from)
                )
                .OrderBy(run => run.DecidedAt),
        ];

    private static Score Evaluate(
        StoredModel model,
        IReadOnlyList<CanonicalRun> runs,
        bool isOnline
    ) =>
        Evaluator
            .Run(
                model.Learned,
                model.Manifest.Window,
                RunTables.Of(runs),
                new EvaluationOptions { IsOnline = isOnline }
            )
            .Score();

    /// <summary>2,000 usual arrivals, then others: coverage of the 4,000 after so many of those.</summary>
    private static (double Low, double Median, double High) After(
        double slower,
        double noisier,
        int arrivals
    )
    {
        var online = new OnlineCorrections(Start);
        var chance = new Random(103);
        Feed(online, chance, slower: 0, noisier: 1, arrivals: 2_000);
        Feed(online, chance, slower, noisier, arrivals);
        return Feed(online, chance, slower, noisier, arrivals: 4_000);
    }

    private static (double Low, double Median, double High) Feed(
        OnlineCorrections online,
        Random chance,
        double slower,
        double noisier,
        int arrivals
    )
    {
        (int low, int median, int high) = (0, 0, 0);
        for (int i = 0; i < arrivals; i++)
        {
            int[] cell = [0, chance.Next(2)];
            float observed = (float)(6 + slower + (0.25 * noisier * DrawnRuns.Normal(chance)));
            Correction said = Raw + online.Find(cell);
            low += observed <= said.Low ? 1 : 0;
            median += observed <= said.Median ? 1 : 0;
            high += observed <= said.High ? 1 : 0;
            online.Learn(cell, Raw, observed);
        }

        double all = Math.Max(1, arrivals);
        return (low / all, median / all, high / all);
    }
}
