using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Tests.Serving;

/// <summary>A recorded run as the advice would have asked about it.</summary>
internal static class Questions
{
    public static SceneConditions SceneOf(CanonicalRun run) =>
        new()
        {
            Now = run.DecidedAt,
            SinceCall = run.DecidedAt - run.CallReceivedAt!.Value,
            Area = run.Area,
            Urgency = run.Urgency,
            UnitsFree = run.UnitsFree!.Value,
            IncidentsWaiting = run.IncidentsWaiting!.Value,
            PlaceUncertaintyMeters = AsWritten(run.PlaceUncertaintyMeters),
            PrecipitationMmPerHour = AsWritten(run.PrecipitationMmPerHour),
        };

    public static CandidateDrive DriveOf(CanonicalRun run) =>
        new()
        {
            RouterMilliseconds = (int)Math.Round(run.RouterSeconds!.Value * 1_000),
            Station = run.Station,
            VehicleKind = run.VehicleKind,
            IsAtStation = run.IsAtStation!.Value,
            PositionAge = run.PositionAgeSeconds is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : null,
            StraightLineMeters = run.StraightLineMeters,
            Way = new RoadMakeup(
                run.FastMeters!.Value,
                run.MainMeters!.Value,
                run.LocalMeters!.Value
            ),
        };

    public static TimeSpan Observed(CanonicalRun run) => run.OnSceneAt!.Value - run.DecidedAt;

    /// <summary>Run files hold thousandths.</summary>
    private static double? AsWritten(double? number) =>
        number is { } value ? Math.Round(value, 3) : null;
}
