namespace MinaKyukyu.Benchmarks.Measuring;

/// <summary>Median, 99th percentile (nearest rank) and mean, in microseconds.</summary>
internal readonly record struct Spread(double P50, double P99, double Mean, int Samples)
{
    public static Spread Of(IReadOnlyCollection<double> microseconds)
    {
        double[] sorted = [.. microseconds.Order()];
        return new Spread(At(sorted, 0.50), At(sorted, 0.99), sorted.Average(), sorted.Length);
    }

    private static double At(double[] sorted, double quantile) =>
        sorted[Math.Max(0, (int)Math.Ceiling(quantile * sorted.Length) - 1)];
}
