namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>How long things really take in the simulated city; no model ever reads this.</summary>
internal sealed class TrueTimes
{
    // Own working values, in seconds: the fastest and the slowest station by day.
    private const double FastestTurnout = 50;
    private const double SlowestTurnout = 80;
    private const double TurnoutSpread = 0.22;
    private const double NightFactor = 1.35;

    // Own working value: rain above a few millimetres makes nothing worse.
    private const double MostRainSlowness = 0.12;

    // Own working values: how much a minute of a fix's age and an unsure place blur the way; see BlurOf.
    private const double BlurPerMinute = 0.05;
    private const double MostBlur = 0.15;
    private const double UnsaidUncertaintyMeters = 60;

    /// <summary>Own working value: a crew on the road turns at once, or finishes a form first.</summary>
    private static readonly LognormalLaw MobileTurnout = new(12, 0.5);

    private readonly double[] _turnouts;

    public TrueTimes(CounterChance chance, int stations) =>
        _turnouts = [
            .. Enumerable
                .Range(0, stations)
                .Select(station =>
                    FastestTurnout
                    + (
                        (SlowestTurnout - FastestTurnout)
                        * chance.Uniform(ChancePurpose.StationTurnout, station)
                    )
                ),
        ];

    public LognormalLaw Turnout(
        int station,
        bool isAtStation,
        DateTimeOffset local,
        TrueRegime regime
    ) =>
        isAtStation
            ? new LognormalLaw(
                _turnouts[station]
                    * (TrueHours.IsNight(local) ? NightFactor : 1)
                    * regime.TurnoutFactor,
                TurnoutSpread
            )
            : MobileTurnout;

    /// <summary>Median of the drive, in seconds, in an hour like any other.</summary>
    public static double DriveMedian(
        WayByKind way,
        TrueTown town,
        DateTimeOffset local,
        TrueRegime regime,
        double rainMm
    )
    {
        double seconds = town.AccessSeconds;
        for (int kind = 0; kind < way.RouterSeconds.Length; kind++)
        {
            seconds +=
                way.RouterSeconds[kind]
                / regime.SpeedShares[kind]
                * TrueHours.Slowness(local, (RoadKind)kind);
        }

        double rain = MostRainSlowness * (1 - Math.Exp(-rainMm / 2));
        return seconds * Math.Exp(town.Slowness + rain);
    }

    /// <summary>What is unsure beside the road itself: where the unit is by now, and where the scene is.</summary>
    public static RoadNoise NoiseOf(
        double? fixAgeSeconds,
        double? placeUncertaintyMeters,
        double straightLineMeters
    )
    {
        double fix = Math.Min(MostBlur, BlurPerMinute * (fixAgeSeconds ?? 0) / 60);
        double place =
            (placeUncertaintyMeters ?? UnsaidUncertaintyMeters) / (straightLineMeters + 600);
        return new RoadNoise((fix * fix) + (place * place));
    }
}
