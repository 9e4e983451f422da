using MinaKyukyu.Dispatch.Ports;
using MinaKyukyu.Server.Forecasts;

namespace MinaKyukyu.Server.Tests.Forecasts;

/// <summary>An interval that does not hold is not told.</summary>
public class CoverageWatchTests
{
    private static readonly TimeToScene Said = new(300_000, 480_000, 780_000, 0, 60_000, 420_000);

    [Fact]
    public void Before_five_hundred_arrivals_nothing_is_held_against_it()
    {
        var watch = new CoverageWatch();
        Arrive(watch, 499, minutes: 20);
        Assert.True(watch.Now.HoldsInterval);
        Assert.Equal(0, watch.Now.CoverageP90);
    }

    [Theory]
    [InlineData(50, 400, 50, true)]
    [InlineData(50, 376, 74, true)]
    [InlineData(50, 374, 76, false)]
    [InlineData(50, 430, 20, false)]
    [InlineData(20, 430, 50, false)]
    [InlineData(80, 370, 50, false)]
    public void Of_five_hundred_arrivals_some_fifty_lie_beyond_each_limit(
        int early,
        int within,
        int late,
        bool holds
    )
    {
        var watch = new CoverageWatch();
        Arrive(watch, early, minutes: 4);
        Arrive(watch, within, minutes: 8);
        Arrive(watch, late, minutes: 14);
        Assert.Equal(holds, watch.Now.HoldsInterval);
    }

    [Fact]
    public void What_is_long_ago_is_forgotten_and_the_interval_comes_back()
    {
        var watch = new CoverageWatch();
        Arrive(watch, 500, minutes: 20);
        Assert.False(watch.Now.HoldsInterval);
        Arrive(watch, 50, minutes: 4);
        Arrive(watch, 400, minutes: 8);
        Arrive(watch, 50, minutes: 14);
        Assert.True(watch.Now.HoldsInterval);
        Assert.Equal(500, watch.Now.Arrivals);
    }

    [Fact]
    public void Another_model_begins_anew()
    {
        var watch = new CoverageWatch();
        Arrive(watch, 500, minutes: 20);
        watch.Restart();
        Assert.True(watch.Now.HoldsInterval);
        Assert.Equal(0, watch.Now.Arrivals);
    }

    private static void Arrive(CoverageWatch watch, int times, double minutes)
    {
        for (int i = 0; i < times; i++)
        {
            watch.Note(Said, TimeSpan.FromMinutes(minutes));
        }
    }
}
