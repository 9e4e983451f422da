namespace MinaKyukyu.Forecasting.Features;

/// <summary>Three quantiles of one quantity.</summary>
internal readonly record struct Quantiles(float Low, float Median, float High)
{
    /// <summary>P10, P50 and P90 by nearest rank; all 0 for nothing.</summary>
    public static Quantiles Of(IEnumerable<float> values)
    {
        float[] sorted = [.. values.Where(float.IsFinite)];
        Array.Sort(sorted);
        return sorted.Length == 0
            ? default
            : new Quantiles(At(sorted, 0.1), At(sorted, 0.5), At(sorted, 0.9));
    }

    /// <summary>The smallest value that at least this share lies at or below.</summary>
    public static float At(ReadOnlySpan<float> sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}
