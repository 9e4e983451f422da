using MinaKyukyu.Forecasting.Evaluation;
using MinaKyukyu.Forecasting.Features;

namespace MinaKyukyu.Forecasting.Tests.Evaluation;

public class CardFiguresTests
{
    [Fact]
    public void Figures_are_those_of_the_runs()
    {
        var figures = CardFigures.Of(Runs(100, observed: place => place < 10 ? 60 : 330));

        Assert.Equal(100, figures.All.Runs);
        Assert.Equal(((10 * 240) + (90 * 30)) / 100.0, figures.All.MaeSeconds, 6);
        Assert.Equal(((10 * -240) + (90 * 30)) / 100.0, figures.All.BiasSeconds, 6);
        Assert.Equal(30, figures.All.MedianAeSeconds, 6);
        Assert.Equal(0.9, figures.All.Within180s, 6);
        Assert.Equal(300, figures.All.WidthSeconds, 6);
        Assert.Equal(
            (0.1, 0.1, 1.0),
            (figures.All.P10.Share, figures.All.P50.Share, figures.All.P90.Share)
        );
    }

    /// <summary>Brown, Cai and DasGupta 2001: Wilson's interval for 9 of 10 is 0.596 to 0.982.</summary>
    [Fact]
    public void A_share_comes_with_the_range_of_chance()
    {
        var share = ObservedShare.Of(0.9, 10);
        Assert.Equal((0.596, 0.982), (Math.Round(share.Least, 3), Math.Round(share.Most, 3)));
        Assert.Equal(1, ObservedShare.Of(1, 10).Most);
        Assert.InRange(ObservedShare.Of(0, 10).Most, 0.2, 0.4);
    }

    [Fact]
    public void Groups_of_fewer_than_thirty_stand_together_without_their_names()
    {
        CardFigures figures = WithWords([("kita", 50), ("minami", 40), ("nishi", 29), ("chuo", 3)]);

        ColumnFigures column = Assert.Single(figures.Columns);
        Assert.Equal(["kita", "minami"], column.Groups.Select(group => group.Word));
        Assert.Equal(32, column.Together!.Runs);
    }

    [Fact]
    public void A_few_runs_cannot_be_told_from_the_total()
    {
        CardFigures figures = WithWords([("kita", 50), ("minami", 40), ("nishi", 9)]);

        ColumnFigures column = Assert.Single(figures.Columns);
        Assert.Equal(["kita"], column.Groups.Select(group => group.Word));
        Assert.Equal(49, column.Together!.Runs);
    }

    [Fact]
    public void Twelve_groups_at_most_have_a_bar_of_their_own()
    {
        CardFigures figures = WithWords([
            .. Enumerable.Range(0, 20).Select(group => ($"area {group:00}", 30 + group)),
        ]);

        ColumnFigures column = Assert.Single(figures.Columns);
        Assert.Equal(12, column.Groups.Length);
        Assert.Equal("area 19", column.Groups[0].Word);
        Assert.Equal(
            figures.All.Runs,
            column.Groups.Sum(g => g.Errors.Runs) + column.Together!.Runs
        );
    }

    [Fact]
    public void Hours_of_few_runs_join_their_neighbours_and_none_is_lost()
    {
        CardRuns runs = Runs(100, observed: _ => 300) with
        {
            Hours =
            [
                .. Enumerable
                    .Range(0, 100)
                    .Select(i =>
                        i < 4 ? i
                        : i < 97 ? 8
                        : 23
                    ),
            ],
        };

        HourFigures hours = Assert.Single(CardFigures.Of(runs).Hours);
        Assert.Equal((0, 23, 100), (hours.First, hours.Last, hours.Errors.Runs));
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(35, 3)]
    [InlineData(1_001, 10)]
    public void Lengths_rise_and_hold_ten_runs_or_more(int count, int parts)
    {
        var figures = CardFigures.Of(Runs(count, observed: _ => 300, median: place => 200 + place));

        Assert.Equal(parts, figures.Lengths.Length);
        Assert.All(figures.Lengths, length => Assert.True(length.Errors.Runs >= 10));
        Assert.Equal(count, figures.Lengths.Sum(length => length.Errors.Runs));
        Assert.Equal(
            figures.Lengths.Select(length => length.MedianSeconds).Order(),
            figures.Lengths.Select(length => length.MedianSeconds)
        );
    }

    [Fact]
    public void Examples_are_the_middles_of_tenths()
    {
        var figures = CardFigures.Of(Runs(1_000, observed: _ => 300, median: place => 200 + place));

        Assert.Equal([249, 699, 1_149], figures.Examples.Select(example => example.P50Seconds));
        Assert.All(
            figures.Examples,
            one => Assert.True(one.P10Seconds < one.P50Seconds && one.P50Seconds < one.P90Seconds)
        );
    }

    [Fact]
    public void Nine_runs_make_no_card() =>
        Assert.Throws<ArgumentException>(() => CardFigures.Of(Runs(9, observed: _ => 300)));

    private static CardFigures WithWords((string Word, int Runs)[] groups)
    {
        string[] words = [.. groups.SelectMany(group => Enumerable.Repeat(group.Word, group.Runs))];
        return CardFigures.Of(
            Runs(words.Length, observed: _ => 300) with
            {
                Columns = [new CardColumn("station", place => words[place])],
            }
        );
    }

    /// <summary>Said: 150 s less than the median, the median, 150 s more.</summary>
    private static CardRuns Runs(
        int count,
        Func<int, float> observed,
        Func<int, float>? median = null
    )
    {
        int[] places = [.. Enumerable.Range(0, count)];
        return new CardRuns(
            Array.ConvertAll(
                places,
                place =>
                {
                    float middle = median?.Invoke(place) ?? 300;
                    return new Quantiles(middle - 150, middle, middle + 150);
                }
            ),
            Array.ConvertAll(places, place => observed(place)),
            Array.ConvertAll(places, place => place % 24),
            []
        );
    }
}
