namespace MinaKyukyu.Forecasting.Trees;

/// <summary>Chance that depends on nothing but what is asked for, so no thread can change it.</summary>
internal static class Chance
{
    /// <summary>The mixing function of SplitMix64 (Steele, Lea, Flood 2014), once for each of the three words.</summary>
    public static ulong Bits(ulong seed, ulong stream, ulong number) =>
        Mix(Mix(Mix(seed + Step) + (stream * Step)) + (number * Step));

    /// <summary>True for about this share of the numbers of a stream.</summary>
    public static bool Takes(double share, ulong seed, ulong stream, ulong number) =>
        (Bits(seed, stream, number) >> 11) * (1.0 / (1UL << 53)) < share;

    private const ulong Step = 0x9e37_79b9_7f4a_7c15;

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58_476d_1ce4_e5b9;
        z = (z ^ (z >> 27)) * 0x94d0_49bb_1331_11eb;
        return z ^ (z >> 31);
    }
}
