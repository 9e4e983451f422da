using MinaKyukyu.Forecasting.Simulated;

namespace MinaKyukyu.Forecasting.Tests.Simulated;

public class CounterChanceTests
{
    [Fact]
    public void A_number_does_not_depend_on_what_was_asked_before()
    {
        var one = new CounterChance(9);
        var other = new CounterChance(9);
        other.Uniform(ChancePurpose.Town, 1);

        Assert.Equal(
            one.Uniform(ChancePurpose.Turnout, 4, 2),
            other.Uniform(ChancePurpose.Turnout, 4, 2)
        );
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 0, 1)]
    public void Another_seed_subject_or_draw_gives_another_number(
        int seed,
        int subject,
        int draw
    ) =>
        Assert.NotEqual(
            new CounterChance(7).Uniform(ChancePurpose.Town, 5, 3),
            new CounterChance(7 + seed).Uniform(ChancePurpose.Town, 5 + subject, 3 + draw)
        );

    [Fact]
    public void Numbers_fill_the_unit_evenly_and_neighbours_do_not_resemble_each_other()
    {
        var chance = new CounterChance(1);
        double[] numbers =
        [
            .. Enumerable.Range(0, 100_000).Select(i => chance.Uniform(ChancePurpose.Town, i)),
        ];

        Assert.All(
            numbers.GroupBy(u => (int)(u * 20)),
            g => Assert.InRange(g.Count(), 4_700, 5_300)
        );
        Assert.All(numbers, u => Assert.True(u is > 0 and < 1));
        double together =
            numbers.Zip(numbers.Skip(1), (a, b) => (a - 0.5) * (b - 0.5)).Average() * 12;
        Assert.InRange(together, -0.015, 0.015);
    }
}
