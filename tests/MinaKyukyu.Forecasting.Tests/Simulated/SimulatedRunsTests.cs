using MinaKyukyu.Forecasting.Import;
using MinaKyukyu.Forecasting.Simulated;

namespace MinaKyukyu.Forecasting.Tests.Simulated;

public class SimulatedRunsTests(SampleCityRuns city) : IClassFixture<SampleCityRuns>
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        string first = Text(city.Generate(weeks: 2, seed: 3));

        Assert.Equal(first, Text(city.Generate(weeks: 2, seed: 3)));
        Assert.NotEqual(first, Text(city.Generate(weeks: 2, seed: 4)));
    }

    [Fact]
    public void The_first_weeks_of_a_longer_simulation_are_those_of_a_shorter_one()
    {
        string[] two = Text(city.Generate(weeks: 2, seed: 3)).Split('\n');
        string[] three = Text(city.Generate(weeks: 3, seed: 3)).Split('\n');

        // But for the calls of the last hours, whose units may be chosen after the next week's first calls.
        Assert.Equal(two[..^20], three[..(two.Length - 20)]);
    }

    [Fact]
    public void About_sixty_calls_a_day_and_the_day_is_busier_than_the_night()
    {
        Assert.InRange(city.Runs.Count, 26 * 7 * 57, 26 * 7 * 63);
        int byDay = city.Runs.Count(one => one.Run.DecidedAt.Hour is >= 8 and < 20);
        Assert.InRange((double)byDay / city.Runs.Count, 0.55, 0.75);
    }

    [Fact]
    public void The_true_law_from_decision_to_scene_covers_what_it_says() =>
        AssertNominal(city.Runs, one => one.Truth.ToScene, ToScene);

    [Fact]
    public void The_true_law_of_the_drive_covers_what_it_says() =>
        AssertNominal(city.Runs, one => one.Truth.Drive, Drive);

    [Fact]
    public void Who_does_not_know_the_states_of_the_hour_is_still_right_in_the_long_run() =>
        AssertNominal(city.Runs, one => one.Truth.Knowable, ToScene);

    [Fact]
    public void The_router_alone_is_much_worse_than_the_noise_floor()
    {
        var errors = SimulatedErrors.Of(city.Runs);

        Assert.True(errors.DriveByRouter > 1.7 * errors.DriveFloor, $"{errors}");
        Assert.True(errors.Knowable > errors.ToSceneFloor, $"{errors}");
        Assert.True(errors.Knowable < 1.07 * errors.ToSceneFloor, $"{errors}");
    }

    [Fact]
    public void Farther_units_go_when_the_near_ones_are_away_and_some_go_from_the_road()
    {
        int mobile = city.Runs.Count(one => one.Run.IsAtStation == false);
        int[] free = [.. city.Runs.Select(one => one.Run.UnitsFree!.Value).Distinct().Order()];

        Assert.InRange((double)mobile / city.Runs.Count, 0.02, 0.5);
        Assert.True(free.Length >= 6, string.Join(' ', free));
        Assert.Equal(0, city.Runs.Min(one => one.Run.IncidentsWaiting));
        Assert.InRange(city.Runs.Average(one => one.Run.IncidentsWaiting!.Value), 0.01, 0.3);
        Assert.Contains(
            city.Runs.GroupBy(one => one.Run.Area),
            town => town.Select(one => one.Run.Station).Distinct().Count() > 1
        );
    }

    [Fact]
    public void Stamps_are_in_order_and_metres_add_up_to_a_way()
    {
        Assert.All(
            city.Runs,
            one =>
            {
                CanonicalRun run = one.Run;
                Assert.True(run.CallReceivedAt < run.DecidedAt);
                Assert.True(run.DecidedAt <= run.DispatchedAt);
                Assert.True(run.DispatchedAt <= run.RollingAt);
                Assert.True(run.RollingAt < run.OnSceneAt);
                Assert.True(run.OnSceneAt - run.DecidedAt < TimeSpan.FromHours(2));
                double way = (run.FastMeters + run.MainMeters + run.LocalMeters)!.Value;
                Assert.True(way >= run.StraightLineMeters - 2, $"{run}");
                Assert.Equal(run.IsAtStation, run.PositionAgeSeconds is null);
            }
        );
        Assert.Equal(
            city.Runs.Select(one => one.Run.DecidedAt).Order(),
            city.Runs.Select(one => one.Run.DecidedAt)
        );
    }

    [Fact]
    public void A_new_regime_is_slower_from_its_week_on_and_not_before()
    {
        IReadOnlyList<SimulatedRun> usual = city.Generate(weeks: 8, seed: 5);
        IReadOnlyList<SimulatedRun> changed = city.Generate(weeks: 8, seed: 5, regimeChange: 5);
        DateTimeOffset from = new SimulatedRunsOptions { Weeks = 8, Seed = 5 }.Start.AddDays(28);

        Assert.All(
            changed,
            one => Assert.Equal(one.Run.DecidedAt < from ? 1 : 2, one.Truth.Regime)
        );
        Assert.Equal(
            Text([.. usual.Where(one => one.Run.DecidedAt < from)]),
            Text([.. changed.Where(one => one.Run.DecidedAt < from)])
        );
        double before = MeanLogRatio(changed.Where(one => one.Truth.Regime == 1));
        double after = MeanLogRatio(changed.Where(one => one.Truth.Regime == 2));
        Assert.True(after > before + 0.1, $"{before:F3} {after:F3}");
    }

    private static double MeanLogRatio(IEnumerable<SimulatedRun> runs) =>
        runs.Average(one => Math.Log(Drive(one) / (one.Run.RouterSeconds!.Value + 30)));

    /// <summary>Of all runs, a tenth lies below the law's P10, half below its median, a tenth above its P90, give or take 2 %.</summary>
    private static void AssertNominal(
        IReadOnlyCollection<SimulatedRun> runs,
        Func<SimulatedRun, TrueQuantiles> law,
        Func<SimulatedRun, double> seconds
    )
    {
        Assert.InRange(ShareBelow(quantiles => quantiles.P10), 0.08, 0.12);
        Assert.InRange(ShareBelow(quantiles => quantiles.Median), 0.48, 0.52);
        Assert.InRange(ShareBelow(quantiles => quantiles.P90), 0.88, 0.92);

        double ShareBelow(Func<TrueQuantiles, double> quantile) =>
            runs.Average(one => seconds(one) <= quantile(law(one)) ? 1.0 : 0.0);
    }

    private static double ToScene(SimulatedRun one) =>
        (one.Run.OnSceneAt!.Value - one.Run.DecidedAt).TotalSeconds;

    private static double Drive(SimulatedRun one) =>
        (one.Run.OnSceneAt!.Value - one.Run.RollingAt!.Value).TotalSeconds;

    private static string Text(IReadOnlyList<SimulatedRun> runs)
    {
        using var to = new StringWriter();
        CanonicalRunFile.WriteHeader(to);
        foreach (SimulatedRun run in runs)
        {
            CanonicalRunFile.Write(to, run.Run);
            TruthFile.Write(to, run);
        }

        return to.ToString();
    }
}
