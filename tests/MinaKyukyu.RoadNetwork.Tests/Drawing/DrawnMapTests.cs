using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.TestKit;

namespace MinaKyukyu.RoadNetwork.Tests.Drawing;

/// <summary>Whoever draws a map in a test may trust that it is read as drawn.</summary>
public class DrawnMapTests
{
    [Theory]
    [InlineData("a", "b", 90_000)]
    [InlineData("b", "a", 90_000)]
    [InlineData("b", "c", 600_000)]
    [InlineData("c", "b", -1)]
    [InlineData("d", "a", 720_000)]
    [InlineData("a", "d", -1)]
    [InlineData("b", "e", 180_000)]
    [InlineData("e", "b", -1)]
    public void A_drawing_is_read_as_drawn(string from, string to, int milliseconds)
    {
        DrawnMap map = DrawnMap.Draw(
            """
            a --1.5-- b --10-> c
            ^         |
            |         3
            12        |
            |         v
            d         e
            """
        );
        var times = new int[1];
        map.Roads.TravelTimes.ManyToOne([map.At(from)], map.At(to), DrivingProfile.Ordinary, times);
        Assert.Equal(milliseconds, times[0]);
    }

    [Theory]
    [InlineData("a -x- b")]
    [InlineData("a --- b")]
    [InlineData("a -3 4- b")]
    [InlineData("a\n|\n\nb")]
    [InlineData("a\n|\nb")]
    public void A_drawing_that_cannot_be_read_is_refused(string drawing) =>
        Assert.Throws<FormatException>(() => DrawnMap.Draw(drawing));
}
