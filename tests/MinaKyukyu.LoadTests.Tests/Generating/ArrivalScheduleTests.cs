using MinaKyukyu.LoadTests.Generating;

namespace MinaKyukyu.LoadTests.Tests.Generating;

public sealed class ArrivalScheduleTests
{
    [Fact]
    public void Two_uniform_profiles_take_turns()
    {
        var second = TimeSpan.FromSeconds(1);
        double[] first = [.. ArrivalSchedule.Uniform(4, second, 0).Select(t => t.TotalSeconds)];
        double[] other = [.. ArrivalSchedule.Uniform(4, second, 0.5).Select(t => t.TotalSeconds)];

        Assert.Equal([0, 0.25, 0.5, 0.75], first);
        Assert.Equal([0.125, 0.375, 0.625, 0.875], other);
    }

    [Fact]
    public void Independent_callers_follow_from_the_seed_and_keep_the_rate()
    {
        TimeSpan[] arrivals = [.. ArrivalSchedule.Poisson(100, TimeSpan.FromSeconds(100), 5)];

        Assert.Equal(arrivals, ArrivalSchedule.Poisson(100, TimeSpan.FromSeconds(100), 5));
        Assert.NotEqual(arrivals, ArrivalSchedule.Poisson(100, TimeSpan.FromSeconds(100), 6));
        Assert.Equal(arrivals.Order(), arrivals);
        // Five standard deviations of a count of 10,000.
        Assert.InRange(arrivals.Length, 9_500, 10_500);
    }
}
