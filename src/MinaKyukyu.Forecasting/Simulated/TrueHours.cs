namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>What the hour does to the truth. All numbers are own working values.</summary>
internal static class TrueHours
{
    // Calls by hour of the day, in any unit; the day is busier than the night as everywhere.
    private static readonly double[] Calls =
    [
        0.55,
        0.45,
        0.40,
        0.38,
        0.40,
        0.50,
        0.75,
        1.00,
        1.30,
        1.45,
        1.45,
        1.40,
        1.35,
        1.30,
        1.25,
        1.25,
        1.20,
        1.25,
        1.30,
        1.25,
        1.15,
        1.00,
        0.85,
        0.70,
    ];

    private static readonly double CallsPerDay = Calls.Sum();

    /// <summary>Crews that slept turn out later.</summary>
    public static bool IsNight(DateTimeOffset local) => local.Hour is >= 22 or < 6;

    /// <summary>Share of a day's calls that come in this hour; a Friday has a few more, a Sunday a few less.</summary>
    public static double CallShare(DateTimeOffset local)
    {
        double day = local.DayOfWeek switch
        {
            DayOfWeek.Friday => 1.05,
            DayOfWeek.Sunday => 0.95,
            _ => 1,
        };
        return day * Calls[local.Hour] / CallsPerDay;
    }

    /// <summary>How much longer a road takes in this hour: nights are quick, rush hours slow, most of all on main roads.</summary>
    public static double Slowness(DateTimeOffset local, RoadKind kind)
    {
        bool isWeekend = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        return local.Hour switch
        {
            >= 22 or < 5 => 0.90,
            (>= 7 and < 9) or (>= 17 and < 19) when !isWeekend => kind switch
            {
                RoadKind.Fast => 1.10,
                RoadKind.Main => 1.20,
                _ => 1.06,
            },
            >= 11 and < 17 when isWeekend => kind == RoadKind.Main ? 1.08 : 1.02,
            _ => 1,
        };
    }
}
