namespace MinaKyukyu.LoadTests.Generating;

/// <summary>When calls come: fixed before the run begins, so that no answer can move an arrival.</summary>
internal static class ArrivalSchedule
{
    /// <summary>Evenly spaced.</summary>
    /// <param name="offset">Of the first arrival, as a share of the gap: two profiles with 0 and 0.5 take turns.</param>
    public static IEnumerable<TimeSpan> Uniform(
        double ratePerSecond,
        TimeSpan duration,
        double offset
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratePerSecond);
        long count = (long)Math.Round(ratePerSecond * duration.TotalSeconds);
        for (long i = 0; i < count; i++)
        {
            yield return TimeSpan.FromSeconds((i + offset) / ratePerSecond);
        }
    }

    /// <summary>As independent callers come: exponential gaps from a seed.</summary>
    public static IEnumerable<TimeSpan> Poisson(double ratePerSecond, TimeSpan duration, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratePerSecond);
        var chance = new Random(seed);
        double at = Gap(chance, ratePerSecond);
        while (at < duration.TotalSeconds)
        {
            yield return TimeSpan.FromSeconds(at);
            at += Gap(chance, ratePerSecond);
        }
    }

    private static double Gap(Random chance, double rate) =>
        -Math.Log(1 - chance.NextDouble()) / rate;
}
