namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>
/// What the city is like from hour to hour, each hour resembling the last: how slow all of it is, how slow each corridor is, and
/// the rain. Within an hour nothing changes, so a state "as of the decision" is exactly that in force during the drive.
/// </summary>
internal sealed class HourlyStates
{
    // Own working values. Spread: of the logarithm of the time. Memory: correlation with the hour before.
    private const double CitySpread = 0.05;
    private const double CityMemory = 0.92;
    private const double CorridorSpread = 0.03;
    private const double CorridorMemory = 0.85;

    // Own working values: it rains a seventh of the time, six hours on end, 2 mm/h in the mean.
    private const double RainBegins = 1.0 / 36;
    private const double RainEnds = 1.0 / 6;
    private const double MeanRain = 2;

    private readonly double[] _city;
    private readonly double[][] _corridors;
    private readonly double[] _rain;

    public HourlyStates(CounterChance chance, int hours, int corridors)
    {
        _city = Remembering(chance, ChancePurpose.CityState, 0, hours, CitySpread, CityMemory);
        _corridors =
        [
            .. Enumerable
                .Range(0, corridors)
                .Select(corridor =>
                    Remembering(
                        chance,
                        ChancePurpose.CorridorState,
                        corridor,
                        hours,
                        CorridorSpread,
                        CorridorMemory
                    )
                ),
        ];
        _rain = Rain(chance, hours);
    }

    /// <summary>Variance of the sum of both states, for somebody who knows neither.</summary>
    public static double Variance => (CitySpread * CitySpread) + (CorridorSpread * CorridorSpread);

    /// <summary>Logarithm of the factor on the time of all drives.</summary>
    public double City(int hour) => _city[hour];

    /// <summary>Logarithm of the factor on the time of drives to this corridor.</summary>
    public double Corridor(int corridor, int hour) => _corridors[corridor][hour];

    /// <summary>Millimetres per hour; 0 where it is dry.</summary>
    public double RainMm(int hour) => _rain[hour];

    private static double[] Remembering(
        CounterChance chance,
        ChancePurpose purpose,
        int which,
        int hours,
        double spread,
        double memory
    )
    {
        double news = spread * Math.Sqrt(1 - (memory * memory));
        var states = new double[hours];
        states[0] = spread * chance.Normal(purpose, which, 0);
        for (int hour = 1; hour < hours; hour++)
        {
            states[hour] =
                (memory * states[hour - 1]) + (news * chance.Normal(purpose, which, hour));
        }

        return states;
    }

    private static double[] Rain(CounterChance chance, int hours)
    {
        var rain = new double[hours];
        bool isWet = false;
        for (int hour = 0; hour < hours; hour++)
        {
            bool changes =
                chance.Uniform(ChancePurpose.RainChange, hour) < (isWet ? RainEnds : RainBegins);
            isWet ^= changes;
            double strength =
                -MeanRain * Math.Log(chance.Uniform(ChancePurpose.RainStrength, hour));
            rain[hour] = isWet ? Math.Max(0.5, Math.Round(strength * 2) / 2) : 0;
        }

        return rain;
    }
}
