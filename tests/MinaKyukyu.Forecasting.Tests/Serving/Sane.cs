using MinaKyukyu.Dispatch.Ports;

namespace MinaKyukyu.Forecasting.Tests.Serving;

/// <summary>What every estimate holds, whatever was asked.</summary>
internal static class Sane
{
    public static void Check(TimeToScene said, string asked)
    {
        Assert.True(
            said.P10 >= 0 && said.P10 <= said.P50 && said.P50 <= said.P90,
            $"{asked}: {said}"
        );
        Assert.True(said.P90 < int.MaxValue, $"{asked}: {said}");
        Assert.True(
            said.CallProcessing >= 0 && said.Turnout >= 0 && said.Travel >= 0,
            $"{asked}: {said}"
        );
        Assert.True(
            said.CallProcessing + said.Turnout + said.Travel == said.P50,
            $"{asked}: {said}"
        );
    }
}

/// <summary>Questions that nobody should ask.</summary>
internal static class Absurd
{
    public static CandidateDrive[] Drives { get; } =
    [
        default,
        Drive(0),
        Drive(1),
        Drive(300_000),
        Drive(int.MaxValue),
        Drive(int.MinValue),
        Drive(-1),
        Drive(300_000) with
        {
            Station = "",
            VehicleKind = "",
        },
        Drive(300_000) with
        {
            Station = new string('駅', 5_000),
        },
        Drive(300_000) with
        {
            StraightLineMeters = double.NaN,
            Way = new RoadMakeup(double.NaN, 0, 0),
        },
        Drive(300_000) with
        {
            StraightLineMeters = 0,
            Way = new RoadMakeup(0, 0, 0),
        },
        Drive(300_000) with
        {
            StraightLineMeters = double.Epsilon,
            Way = new RoadMakeup(double.MaxValue, double.MaxValue, double.MaxValue),
        },
        Drive(300_000) with
        {
            StraightLineMeters = double.PositiveInfinity,
            Way = new RoadMakeup(double.NegativeInfinity, double.PositiveInfinity, -1),
        },
        Drive(300_000) with
        {
            PositionAge = TimeSpan.MaxValue,
        },
        Drive(300_000) with
        {
            PositionAge = TimeSpan.MinValue,
        },
    ];

    public static SceneConditions[] Scenes { get; } =
    [
        default,
        Scene(DrawnRuns.Start.AddDays(40)),
        Scene(DateTimeOffset.MaxValue),
        Scene(DateTimeOffset.MinValue.AddDays(1)),
        Scene(DateTimeOffset.UnixEpoch) with
        {
            SinceCall = TimeSpan.MinValue,
            UnitsFree = int.MinValue,
            IncidentsWaiting = int.MaxValue,
        },
        Scene(DrawnRuns.Start) with
        {
            PlaceUncertaintyMeters = double.NaN,
            PrecipitationMmPerHour = double.PositiveInfinity,
        },
        Scene(DrawnRuns.Start) with
        {
            Area = "nowhere",
            Urgency = "unheard-of",
        },
    ];

    private static SceneConditions Scene(DateTimeOffset now) =>
        new() { Now = now, SinceCall = TimeSpan.FromSeconds(40) };

    private static CandidateDrive Drive(int milliseconds) =>
        new()
        {
            RouterMilliseconds = milliseconds,
            Station = "kita",
            VehicleKind = "ambulance",
            IsAtStation = true,
        };
}
