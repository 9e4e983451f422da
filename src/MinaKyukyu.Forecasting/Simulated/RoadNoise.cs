namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>
/// The logarithm of a drive's time over its usual one: mostly normal, now and then held up (a level crossing, a wrong entrance),
/// which gives it a heavier tail to the right. Own working values: 94 in 100 drives have a spread of 0.14, the others are half as
/// long again with a spread of 0.35.
/// </summary>
/// <param name="Variance">What else is unsure adds to the variance of both kinds.</param>
internal readonly record struct RoadNoise(double Variance)
{
    private const double HeldUpShare = 0.06;
    private const double HeldUpMean = 0.4;
    private const double HeldUpSpread = 0.35;
    private const double UsualSpread = 0.14;

    public RoadNoise And(double variance) => new(Variance + variance);

    /// <param name="kind">Uniform; decides whether the drive is held up.</param>
    /// <param name="z">Of the standard normal law.</param>
    public double Draw(double kind, double z) =>
        kind < HeldUpShare ? HeldUpMean + (Spread(HeldUpSpread) * z) : Spread(UsualSpread) * z;

    /// <summary>Share of the law below <paramref name="x"/>.</summary>
    public double Share(double x) =>
        (HeldUpShare * NormalLaw.Share((x - HeldUpMean) / Spread(HeldUpSpread)))
        + ((1 - HeldUpShare) * NormalLaw.Share(x / Spread(UsualSpread)));

    public double Quantile(double share)
    {
        double low = -8;
        double high = 8;
        while (high - low > 1e-7)
        {
            double middle = (low + high) / 2;
            (low, high) = Share(middle) < share ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private double Spread(double own) => Math.Sqrt((own * own) + Variance);
}
