using MinaKyukyu.Forecasting.Files;
using MinaKyukyu.Forecasting.Import;
using MinaKyukyu.Forecasting.Models;
using MinaKyukyu.Forecasting.Simulated;
using MinaKyukyu.Forecasting.Tests.Simulated;

namespace MinaKyukyu.Forecasting.Tests;

/// <summary>Twenty weeks of the sample city, and the model of the first sixteen; made once for all tests.</summary>
internal static class CityModel
{
    private const int Weeks = 20;
    private const int LearnedWeeks = 16;

    private static readonly Lazy<IReadOnlyList<SimulatedRun>> Simulated = new(() =>
        new SampleCityRuns().Generate(Weeks, seed: 11)
    );

    private static readonly Lazy<StoredModel> Learned = new(() =>
        SmallModel.Of(
            RunTables.Of(All.Select(one => one.Run)),
            new TrainingOptions { Until = Until }
        )
    );

    public static IReadOnlyList<SimulatedRun> All => Simulated.Value;

    public static StoredModel Model => Learned.Value;

    /// <summary>What was decided later, the model never saw.</summary>
    public static DateTimeOffset Until { get; } =
        new SimulatedRunsOptions { Weeks = Weeks, Seed = 11 }.Start.AddDays(7 * LearnedWeeks);

    public static IReadOnlyList<CanonicalRun> Later =>
        [.. All.Select(one => one.Run).Where(run => run.DecidedAt >= Until)];
}
