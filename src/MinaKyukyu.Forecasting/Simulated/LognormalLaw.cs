namespace MinaKyukyu.Forecasting.Simulated;

/// <summary>A time whose logarithm is normal.</summary>
/// <param name="MedianSeconds">Above 0.</param>
/// <param name="Spread">Standard deviation of the logarithm.</param>
internal readonly record struct LognormalLaw(double MedianSeconds, double Spread)
{
    public double Quantile(double share) => At(NormalLaw.Quantile(share));

    /// <param name="z">Of the standard normal law.</param>
    public double At(double z) => MedianSeconds * Math.Exp(Spread * z);
}
