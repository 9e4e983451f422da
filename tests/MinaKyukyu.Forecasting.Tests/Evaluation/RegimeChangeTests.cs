using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Simulated;
using MinaKyukyu.Forecasting.Tests.Simulated;

namespace MinaKyukyu.Forecasting.Tests.Evaluation;

/// <summary>Roads and turnout of the simulated city change while the model does not.</summary>
public sealed class RegimeChangeTests
{
    [Fact]
    public void After_five_hundred_arrivals_intervals_that_follow_cover_what_fixed_ones_miss()
    {
        const int changeWeek = 11;
        IReadOnlyList<SimulatedRun> all = new SampleCityRuns().Generate(
            weeks: 16,
            seed: 13,
            regimeChange: changeWeek
        );
        DateTimeOffset change = new SimulatedRunsOptions { Weeks = 1, Seed = 1 }.Start.AddDays(
            7 * (changeWeek - 1)
        );
        StoredModel model = SmallModel.Of(
            RunTables.Of(all.Select(one => one.Run)),
            new TrainingOptions
            {
                Until = change,
                Fit = SmallModel.Options.Fit with { Trees = 100, LeafRows = 50 },
            }
        );
        int first = all.TakeWhile(one => one.Run.DecidedAt < change).Count() + 500;
        double Covered(bool isOnline) =>
            Evaluator
                .Run(
                    model.Learned,
                    model.Manifest.Window,
                    RunTables.Of(all.Select(one => one.Run)),
                    new EvaluationOptions { From = change, IsOnline = isOnline }
                )
                .Score(row => row >= first)
                .Coverage.P90;
        Assert.True(Covered(isOnline: false) < 0.86);
        Assert.InRange(Covered(isOnline: true), 0.88, 0.92);
    }
}
