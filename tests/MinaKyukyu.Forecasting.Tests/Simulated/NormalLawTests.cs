using MinaKyukyu.Forecasting.Simulated;

namespace MinaKyukyu.Forecasting.Tests.Simulated;

public class NormalLawTests
{
    /// <summary>Tables of the normal law, such as Abramowitz and Stegun 26.1.</summary>
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746)]
    [InlineData(-1.281551566, 0.1)]
    [InlineData(1.959963985, 0.975)]
    [InlineData(-3, 0.001349898)]
    public void Share_and_quantile_are_those_of_the_tables(double z, double share)
    {
        Assert.Equal(share, NormalLaw.Share(z), 6);
        Assert.Equal(z, NormalLaw.Quantile(share), 5);
    }

    [Theory]
    [InlineData(-1e9, 0)]
    [InlineData(-8.5, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(7.9999, 1)]
    [InlineData(8.5, 1)]
    [InlineData(1e300, 1)]
    public void Far_out_there_is_nothing_or_all(double z, double share) =>
        Assert.Equal(share, NormalLaw.Share(z), 12);

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.01, 0.5)]
    [InlineData(0.02, 0.9)]
    public void A_quantile_of_the_noise_has_its_share_below_it(double variance, double share)
    {
        var noise = new RoadNoise(variance);

        Assert.Equal(share, noise.Share(noise.Quantile(share)), 6);
    }
}
