using MinaKyukyu.Forecasting.Simulated;

namespace MinaKyukyu.Forecasting.Tests.Simulated;

public class TimeBeforeRollingTests
{
    [Theory]
    [InlineData(18, 50, 60)]
    [InlineData(24, 12, 200)]
    [InlineData(42, 108, 500)]
    public void Enough_points_give_the_quantiles_of_many_more(
        double processing,
        double turnout,
        double drive
    )
    {
        TrueQuantiles enough = With(TimeBeforeRolling.Enough);
        TrueQuantiles more = With(8 * TimeBeforeRolling.Enough);

        Assert.InRange(enough.P10 - more.P10, -0.5, 0.5);
        Assert.InRange(enough.Median - more.Median, -0.5, 0.5);
        Assert.InRange(enough.P90 - more.P90, -0.5, 0.5);

        TrueQuantiles With(int points) =>
            new TimeBeforeRolling(points).With(
                new LognormalLaw(processing, 0.4),
                new LognormalLaw(turnout, 0.5),
                drive,
                new RoadNoise(0.003)
            );
    }
}
