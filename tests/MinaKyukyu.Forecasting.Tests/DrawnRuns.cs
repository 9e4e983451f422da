using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Tests;

/// <summary>Invented runs of an invented department, fast to make: the same seed, the same runs.</summary>
internal static class DrawnRuns
{
    private static readonly string[] Stations = ["kita", "nishi", "higashi", "minami"];
    private static readonly string[] Areas = ["ichibancho", "sakaecho", "fujimicho", "kashiwacho"];

    /// <summary>A Monday in Japan.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.FromHours(9));

    /// <summary>A run every 24 minutes: turnout of a minute, half as long again at night, and a drive of the road's time, more or less by station and rain.</summary>
    /// <param name="slower">True drives over those of a usual department.</param>
    public static IReadOnlyList<CanonicalRun> Of(
        int count,
        int seed,
        string department = "test",
        double slower = 1,
        DateTimeOffset? from = null
    )
    {
        var chance = new Random(seed);
        DateTimeOffset start = from ?? Start;
        return
        [
            .. Enumerable.Range(0, count).Select(i => Draw(chance, i, start, department, slower)),
        ];
    }

    /// <summary>Normal with mean 0 and variance 1.</summary>
    public static double Normal(Random chance) =>
        Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble()))
        * Math.Cos(2 * Math.PI * chance.NextDouble());

    private static CanonicalRun Draw(
        Random chance,
        int i,
        DateTimeOffset start,
        string department,
        double slower
    )
    {
        DateTimeOffset decided = start.AddMilliseconds((i * 1_440_000L) + chance.Next(1_400_000));
        int station = chance.Next(Stations.Length);
        bool isAtStation = chance.Next(6) > 0;
        double router = Math.Round(60 + (840 * chance.NextDouble()), 3);
        double rain = chance.Next(5) == 0 ? Math.Round(5 * chance.NextDouble(), 1) : 0;
        bool isNight = decided.Hour is >= 22 or < 6;
        double turnout = isAtStation ? (isNight ? 90 : 60) * Math.Exp(0.25 * Normal(chance)) : 8;
        double drive =
            router
            * slower
            * (0.85 + (0.15 * station))
            * (1 + (0.03 * rain))
            * Math.Exp(0.2 * Normal(chance));
        double meters = Math.Round(router * (8 + (6 * chance.NextDouble())));
        double fast = Math.Round(meters * 0.5 * chance.NextDouble());
        double main = Math.Round((meters - fast) * chance.NextDouble());
        DateTimeOffset dispatched = decided.AddMilliseconds(2_000 + chance.Next(8_000));
        DateTimeOffset rolling = dispatched.AddMilliseconds(Math.Round(turnout * 1_000));
        return new CanonicalRun
        {
            RunId = $"run-{i}",
            Department = department,
            DecidedAt = decided,
            CallReceivedAt = decided.AddMilliseconds(-20_000 - chance.Next(60_000)),
            DispatchedAt = dispatched,
            RollingAt = rolling,
            OnSceneAt = rolling.AddMilliseconds(Math.Round(drive * 1_000)),
            Station = Stations[station],
            VehicleKind = chance.Next(10) == 0 ? "pump" : "ambulance",
            IsAtStation = isAtStation,
            Area = chance.Next(20) == 0 ? "" : Areas[chance.Next(Areas.Length)],
            Urgency = chance.Next(3) == 0 ? "critical" : "urgent",
            RouterSeconds = router,
            StraightLineMeters = Math.Round(meters * 0.7),
            FastMeters = fast,
            MainMeters = main,
            LocalMeters = meters - fast - main,
            PositionAgeSeconds = isAtStation ? null : chance.Next(60),
            PlaceUncertaintyMeters = chance.Next(4) == 0 ? 150 : null,
            UnitsFree = chance.Next(12),
            IncidentsWaiting = chance.Next(8) / 7,
            PrecipitationMmPerHour = rain,
        };
    }
}
