using MinaKyukyu.RoadNetwork.Driving;
using MinaKyukyu.RoadNetwork.Import.Osm;

namespace MinaKyukyu.RoadNetwork.Tests.Import.Osm;

public class TagTextTests
{
    [Theory]
    [InlineData("50", 50)]
    [InlineData("50 km/h", 50)]
    [InlineData("50kmh", 50)]
    [InlineData("30 mph", 48)]
    [InlineData("30mph", 48)]
    [InlineData("60;50", 50)]
    [InlineData("30; 70", 30)]
    [InlineData("JP:urban", 60)]
    [InlineData("JP:motorway", 100)]
    [InlineData("IT:urban", 50)]
    [InlineData("none", 0)]
    [InlineData("none;80", 80)]
    [InlineData("signals", 0)]
    [InlineData("XX:urban", null)]
    [InlineData("fast", null)]
    [InlineData("50;fast", null)]
    [InlineData("-50", null)]
    [InlineData("0", null)]
    [InlineData("NaN", null)]
    [InlineData("1e99", null)]
    [InlineData("", null)]
    public void Limits_are_read_as_mappers_write_them(string text, int? kmh) =>
        Assert.Equal(
            kmh,
            TagText.MaxSpeedKmh(text, DrivingRules.JapaneseAmbulance.Access.MaxSpeedWords)
        );

    [Theory]
    [InlineData("2", 2.0)]
    [InlineData("2.5", 2.5)]
    [InlineData("2.30 m", 2.3)]
    [InlineData("250 cm", 2.5)]
    [InlineData("7'", 2.1336)]
    [InlineData("5'6\"", 1.6764)]
    [InlineData("narrow", null)]
    [InlineData("2 - 2.5 m", null)]
    [InlineData("-2", null)]
    [InlineData("NaN", null)]
    [InlineData("'", null)]
    [InlineData("", null)]
    public void Measures_are_read_as_mappers_write_them(string text, double? meters)
    {
        double? read = TagText.Meters(text);
        Assert.Equal(meters is null, read is null);
        Assert.Equal(meters ?? 0, read ?? 0, 1e-9);
    }
}
