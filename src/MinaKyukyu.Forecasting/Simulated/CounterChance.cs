namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>What a number of chance is for. Numbers of different purposes have nothing to do with each other.</summary>
internal enum ChancePurpose
{
    ArrivalCount = 1,
    ArrivalMoment = 2,
    Town = 3,
    Junction = 4,
    Urgency = 5,
    Triage = 6,
    Processing = 7,
    Turnout = 8,
    RoadNoiseKind = 9,
    RoadNoise = 10,
    SceneTime = 11,
    IsTransported = 12,
    Handover = 13,
    FixAge = 14,
    PlaceUncertainty = 15,
    CityState = 16,
    CorridorState = 17,
    RainChange = 18,
    RainStrength = 19,
    TownWeight = 20,
    TownSlowness = 21,
    TownAccess = 22,
    StationTurnout = 23,
}

/// <summary>
/// Chance by number: the same seed, purpose, subject and draw give the same value, whatever was asked before. So a unit that goes
/// elsewhere changes nobody else's luck.
/// </summary>
internal sealed class CounterChance(long seed)
{
    /// <summary>Between 0 and 1, both exclusive, with 53 bits.</summary>
    public double Uniform(ChancePurpose purpose, long subject, long draw = 0)
    {
        unchecked
        {
            // Odd constants: the golden ratio's and three of Steele and others' (2014) variants keep the keys apart.
            ulong mixed = Mix(
                ((ulong)seed * 0x9E3779B97F4A7C15) + ((ulong)purpose * 0xD1B54A32D192ED03)
            );
            mixed = Mix(mixed ^ ((ulong)subject * 0x8CB92BA72F3D8DD7));
            mixed = Mix(mixed + ((ulong)draw * 0xABC98388FB8FAC03));
            return ((mixed >> 11) + 0.5) / (1UL << 53);
        }
    }

    /// <summary>Of the standard normal law.</summary>
    public double Normal(ChancePurpose purpose, long subject, long draw = 0) =>
        NormalLaw.Quantile(Uniform(purpose, subject, draw));

    /// <summary>The finaliser of SplitMix64 (Steele, Lea, Flood 2014).</summary>
    private static ulong Mix(ulong x)
    {
        unchecked
        {
            x += 0x9E3779B97F4A7C15;
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            return x ^ (x >> 31);
        }
    }
}
