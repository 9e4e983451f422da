using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Tests.Import;

public class CellTextTests
{
    [Theory]
    [InlineData("錦町3-2-26")]
    [InlineData("錦町３－２")]
    [InlineData("錦町三丁目2番26号")]
    [InlineData("錦町三丁目2番")]
    [InlineData("錦町2の26")]
    [InlineData("砂川町二番地")]
    [InlineData("123 Main Street")]
    [InlineData("0 Block of BALCETA AVE")]
    public void Tells_a_house(string written) =>
        Assert.True(CellText.TellsHouse(CellText.Plain(written)));

    [Theory]
    [InlineData("錦町三丁目")]
    [InlineData("錦町3丁目")]
    [InlineData("錦町")]
    [InlineData("一番町四丁目")]
    [InlineData("1番町4丁目")]
    [InlineData("West of Twin Peaks")]
    [InlineData("16")]
    [InlineData("Kita-Ku")]
    public void Tells_a_town_only(string written) =>
        Assert.False(CellText.TellsHouse(CellText.Plain(written)));
}
