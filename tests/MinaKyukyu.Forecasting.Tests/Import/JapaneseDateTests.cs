using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Tests.Import;

public class JapaneseDateTests
{
    [Theory]
    [InlineData("令和7年4月1日", "2025-04-01")]
    [InlineData("令和 7年 4月 1日", "2025-04-01")]
    [InlineData("令和７年４月１日", "2025-04-01")]
    [InlineData("㋿7年4月1日", "2025-04-01")]
    [InlineData("令7.4.1", "2025-04-01")]
    [InlineData("R7.4.1", "2025-04-01")]
    [InlineData("R.7.4.1", "2025-04-01")]
    [InlineData("Ｒ７．４．１", "2025-04-01")]
    [InlineData("r7/4/1", "2025-04-01")]
    [InlineData("R07/04/01", "2025-04-01")]
    [InlineData("R070401", "2025-04-01")]
    [InlineData("R7-4-1", "2025-04-01")]
    [InlineData("令和元年5月1日", "2019-05-01")]
    [InlineData("令和1年5月1日", "2019-05-01")]
    [InlineData("平成31年4月30日", "2019-04-30")]
    [InlineData("H31.4.30", "2019-04-30")]
    [InlineData("平成元年1月8日", "1989-01-08")]
    [InlineData("㍻元年1月8日", "1989-01-08")]
    [InlineData("昭和64年1月7日", "1989-01-07")]
    [InlineData("2025/4/1", "2025-04-01")]
    [InlineData("2025-04-01", "2025-04-01")]
    [InlineData("２０２５年４月１日", "2025-04-01")]
    [InlineData("2025年4月1日(火)", "2025-04-01")]
    [InlineData("2025年4月1日（火曜日）", "2025-04-01")]
    [InlineData("20250401", "2025-04-01")]
    [InlineData("2024/2/29", "2024-02-29")]
    [InlineData("R6.2.29", "2024-02-29")]
    public void Reads(string written, string date) =>
        Assert.Equal(
            DateOnly.ParseExact(
                date,
                "yyyy-MM-dd",
                System.Globalization.CultureInfo.InvariantCulture
            ),
            JapaneseDate.TryRead(CellText.Plain(written))
        );

    [Theory]
    [InlineData("平成32年4月1日")]
    [InlineData("平成31年5月1日")]
    [InlineData("令和元年4月30日")]
    [InlineData("昭和64年1月8日")]
    [InlineData("昭和元年12月24日")]
    [InlineData("令和0年5月1日")]
    [InlineData("R7.2.29")]
    [InlineData("R7.13.1")]
    [InlineData("R070231")]
    [InlineData("25/04/01")]
    [InlineData("07/04/01")]
    [InlineData("7.4.1")]
    [InlineData("250401")]
    [InlineData("4月1日")]
    [InlineData("令和7年4月")]
    [InlineData("令和7年4/1")]
    [InlineData("2025/4-1")]
    [InlineData("2025/4/1x")]
    [InlineData("2025/2/29")]
    [InlineData("0025/4/1")]
    [InlineData("9999/12/31")]
    [InlineData("45748")]
    [InlineData("令和七年四月一日")]
    [InlineData("X7.4.1")]
    [InlineData("令和")]
    [InlineData("")]
    public void Never_guesses(string written) =>
        Assert.Null(JapaneseDate.TryRead(CellText.Plain(written)));

    [Fact]
    public void Every_day_from_1950_to_2040_reads_back_in_its_own_era_and_in_no_other()
    {
        (string Name, DateOnly First)[] eras =
        [
            ("昭和", new(1926, 12, 25)),
            ("平成", new(1989, 1, 8)),
            ("令和", new(2019, 5, 1)),
        ];
        for (var day = new DateOnly(1950, 1, 1); day.Year < 2041; day = day.AddDays(1))
        {
            string own = eras.Last(era => era.First <= day).Name;
            foreach ((string name, DateOnly first) in eras)
            {
                string written = $"{name}{day.Year - first.Year + 1}年{day.Month}月{day.Day}日";
                Assert.Equal(name == own ? day : null, JapaneseDate.TryRead(written));
            }
        }
    }
}
