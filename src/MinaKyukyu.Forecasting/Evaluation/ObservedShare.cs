namespace MinaKyukyu.Forecasting.Evaluation;

/// <summary>A share of runs, and the range in which the true share lies in 95 of 100 such samples.</summary>
/// <param name="Least">Lower end by Wilson (1927): stays a range, and inside 0 and 1, also for few runs.</param>
public readonly record struct ObservedShare(double Share, double Least, double Most)
{
    /// <summary>The standard normal law leaves 2.5 % beyond it on each side.</summary>
    private const double Z = 1.959964;

    /// <exception cref="ArgumentOutOfRangeException">No runs.</exception>
    public static ObservedShare Of(double share, int runs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(runs);
        double pull = Z * Z / runs;
        double centre = (share + (pull / 2)) / (1 + pull);
        double half =
            Math.Sqrt((share * (1 - share) / runs * Z * Z) + (pull * pull / 4)) / (1 + pull);
        return new ObservedShare(
            share,
            Math.Clamp(centre - half, 0, share),
            Math.Clamp(centre + half, share, 1)
        );
    }
}
