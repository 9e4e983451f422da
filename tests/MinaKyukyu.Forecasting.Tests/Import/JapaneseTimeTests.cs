using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Tests.Import;

public class JapaneseTimeTests
{
    [Theory]
    [InlineData("23:05", "23:05:00")]
    [InlineData("9:05", "09:05:00")]
    [InlineData("23:05:10", "23:05:10")]
    [InlineData("23:05:10.25", "23:05:10.250")]
    [InlineData("２３：０５", "23:05:00")]
    [InlineData("23時05分", "23:05:00")]
    [InlineData("23時5分10秒", "23:05:10")]
    [InlineData("２３時０５分", "23:05:00")]
    [InlineData(" 9時 5分", "09:05:00")]
    [InlineData("午後11時5分", "23:05:00")]
    [InlineData("午前0時5分", "00:05:00")]
    [InlineData("午後12時5分", "12:05:00")]
    [InlineData("午前12時5分", "00:05:00")]
    [InlineData("11:05:10 PM", "23:05:10")]
    [InlineData("12:05 AM", "00:05:00")]
    [InlineData("2305", "23:05:00")]
    [InlineData("230510", "23:05:10")]
    [InlineData("24:10", "1.00:10:00")]
    [InlineData("24時10分", "1.00:10:00")]
    [InlineData("47:59:59", "1.23:59:59")]
    public void Reads(string written, string time) =>
        Assert.Equal(
            TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture),
            JapaneseTime.TryRead(CellText.Plain(written))
        );

    [Theory]
    [InlineData("48:00")]
    [InlineData("23:60")]
    [InlineData("23:05:60")]
    [InlineData("2360")]
    [InlineData("午後13時5分")]
    [InlineData("13:05 PM")]
    [InlineData("23時")]
    [InlineData("23")]
    [InlineData("905")]
    [InlineData("23:")]
    [InlineData("23:05:")]
    [InlineData("23時05")]
    [InlineData("23時5分10")]
    [InlineData("-1:05")]
    [InlineData("23:05x")]
    [InlineData("0.96")]
    [InlineData("")]
    public void Never_guesses(string written) =>
        Assert.Null(JapaneseTime.TryRead(CellText.Plain(written)));
}
