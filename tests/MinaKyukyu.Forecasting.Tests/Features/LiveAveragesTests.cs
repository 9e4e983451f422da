using MinaKyukyu.Forecasting.Features;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Tests.Features;

public sealed class LiveAveragesTests
{
    private const long Minute = 60_000;

    [Fact]
    public void An_average_of_little_is_drawn_to_what_is_usual_and_fades_back_to_it()
    {
        LiveAverages live = Of(memoryMinutes: 0);
        Assert.Equal(1f, live.Find(0, 0, 0));
        live.Add(0, 0, 5, 0);
        // One run beside three usual ones: (5 + 3 × 1) / 4.
        Assert.Equal(2f, live.Find(0, 0, 0), 5);
        double left = Math.Exp(-1);
        Assert.Equal((5 * left + 3) / (left + 3), live.Find(0, 0, 30 * Minute), 5);
        Assert.Equal(1f, live.Find(0, 0, 3_000 * Minute), 3);
    }

    [Fact]
    public void What_was_known_then_is_still_found_while_it_is_remembered()
    {
        LiveAverages remembering = Of(memoryMinutes: 120);
        var said = new List<float>();
        var chance = new Random(5);
        for (int minute = 0; minute < 400; minute++)
        {
            said.Add(remembering.Find(0, 0, minute * Minute));
            remembering.Add(0, 0, chance.Next(10), (minute * Minute) + 1);
            for (int ago = 0; ago <= Math.Min(119, minute); ago++)
            {
                Assert.Equal(said[minute - ago], remembering.Find(0, 0, (minute - ago) * Minute));
            }
        }
    }

    [Fact]
    public void A_run_that_is_told_late_does_not_count_for_more_than_one_told_in_time()
    {
        LiveAverages live = Of(memoryMinutes: 120);
        live.Add(0, 0, 4, 60 * Minute);
        live.Add(0, 0, 4, 10 * Minute);
        Assert.Equal((4 + 4 + 3) / 5f, live.Find(0, 0, 60 * Minute), 5);
    }

    [Fact]
    public void A_value_that_nobody_knows_is_no_value()
    {
        LiveAverages live = Of(memoryMinutes: 0);
        live.Add(0, 0, float.NaN, 0);
        live.Add(0, 0, float.PositiveInfinity, 0);
        Assert.Equal(1f, live.Find(0, 0, 0));
    }

    private static LiveAverages Of(long memoryMinutes) =>
        new([new LiveFeature(null, null, Minutes: 30, Shrink: 3)], [1f], memoryMinutes * Minute);
}
