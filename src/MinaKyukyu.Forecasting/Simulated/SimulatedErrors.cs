using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>Mean absolute errors, in seconds, between which every model of these runs must lie.</summary>
/// <param name="ToSceneFloor">The noise floor (<see cref="RunTruth"/>) from the decision until on scene.</param>
/// <param name="Knowable">As the floor, for somebody who does not know the states of the hour.</param>
/// <param name="DriveFloor">The noise floor from rolling until on scene.</param>
/// <param name="DriveByRouter">From rolling until on scene, forecast by the router's time alone.</param>
public sealed record SimulatedErrors(
    double ToSceneFloor,
    double Knowable,
    double DriveFloor,
    double DriveByRouter
)
{
    /// <param name="runs">At least one.</param>
    public static SimulatedErrors Of(IReadOnlyCollection<SimulatedRun> runs) =>
        new(
            runs.Average(one => Math.Abs(ToScene(one.Run) - one.Truth.ToScene.Median)),
            runs.Average(one => Math.Abs(ToScene(one.Run) - one.Truth.Knowable.Median)),
            runs.Average(one => Math.Abs(Drive(one.Run) - one.Truth.Drive.Median)),
            runs.Average(one => Math.Abs(Drive(one.Run) - one.Run.RouterSeconds!.Value))
        );

    private static double ToScene(CanonicalRun run) =>
        (run.OnSceneAt!.Value - run.DecidedAt).TotalSeconds;

    private static double Drive(CanonicalRun run) =>
        (run.OnSceneAt!.Value - run.RollingAt!.Value).TotalSeconds;
}
