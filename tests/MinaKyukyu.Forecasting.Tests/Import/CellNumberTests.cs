using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Tests.Import;

public class CellNumberTests
{
    [Theory]
    [InlineData("312.5", 312.5)]
    [InlineData("1,200", 1200)]
    [InlineData("12,345,678.5", 12345678.5)]
    [InlineData("-3", -3)]
    [InlineData("0", 0)]
    public void Reads(string written, double number) =>
        Assert.Equal(number, CellNumber.TryRead(written));

    [Theory]
    [InlineData("1,5")]
    [InlineData("1,20")]
    [InlineData("1,2000")]
    [InlineData(",200")]
    [InlineData("12km")]
    [InlineData("1e3")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("")]
    public void Never_guesses(string written) => Assert.Null(CellNumber.TryRead(written));
}
