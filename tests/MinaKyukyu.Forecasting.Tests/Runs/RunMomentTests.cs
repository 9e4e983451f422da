using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Tests.Runs;

public sealed class RunMomentTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById(
        "America/New_York"
    );

    [Theory]
    [InlineData("2015-07-01T08:00:00", "2015-07-01T12:00:00Z")]
    [InlineData("2015-12-01T08:00:00", "2015-12-01T13:00:00Z")]
    [InlineData("2015-12-01", "2015-12-01T05:00:00Z")]
    [InlineData("2015-12-01 08:00", "2015-12-01T13:00:00Z")]
    [InlineData("2015-12-01T08:00:00+09:00", "2015-11-30T23:00:00Z")]
    [InlineData("2015-12-01T08:00:00Z", "2015-12-01T08:00:00Z")]
    // In the night when the clocks are put forward there is no half past two: it was half past three by the new time.
    [InlineData("2015-03-08T02:30:00", "2015-03-08T07:30:00Z")]
    // In the night when they are put back there are two: the later one.
    [InlineData("2015-11-01T01:30:00", "2015-11-01T06:30:00Z")]
    public void A_moment_is_read_by_the_clocks_of_the_place(string text, string utc) =>
        Assert.Equal(
            DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture),
            RunMoment.Parse(text, NewYork)
        );

    [Theory]
    [InlineData("")]
    [InlineData("08:00")]
    [InlineData("12/01/2015 08:00")]
    [InlineData("01.12.2015")]
    [InlineData("2015-13-01")]
    [InlineData("2015-12-01T25:00:00")]
    [InlineData("0001-01-01T00:00:00")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    [InlineData("9999-12-31T23:59:59")]
    [InlineData("9999-12-31T23:59:59-12:00")]
    [InlineData("yesterday it was")]
    public void What_could_be_read_in_two_ways_or_stands_for_never_is_no_moment(string text) =>
        Assert.Null(RunMoment.Parse(text, NewYork));
}
