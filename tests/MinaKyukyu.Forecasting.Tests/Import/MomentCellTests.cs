using System.Globalization;
using MinaKyukyu.Forecasting.Import;

namespace MinaKyukyu.Forecasting.Tests.Import;

public class MomentCellTests
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    private static readonly TimeZoneInfo LosAngeles = TimeZoneInfo.FindSystemTimeZoneById(
        "America/Los_Angeles"
    );

    [Theory]
    [InlineData("令和7年4月1日 23時05分", "2025-04-01T23:05:00+09:00")]
    [InlineData("令和7年4月1日23時05分10秒", "2025-04-01T23:05:10+09:00")]
    [InlineData("Ｒ７．４．１　２３：０５", "2025-04-01T23:05:00+09:00")]
    [InlineData("2025/4/1 24:10", "2025-04-02T00:10:00+09:00")]
    [InlineData("2025年4月1日(火) 午後11時5分", "2025-04-01T23:05:00+09:00")]
    [InlineData("20250401230510", "2025-04-01T23:05:10+09:00")]
    [InlineData("20250401 2305", "2025-04-01T23:05:00+09:00")]
    [InlineData("2025-04-01T23:05:10.125", "2025-04-01T23:05:10.125+09:00")]
    [InlineData("2025-04-01T14:05:10Z", "2025-04-01T23:05:10+09:00")]
    [InlineData("2025-04-01T07:05:10-07:00", "2025-04-01T23:05:10+09:00")]
    [InlineData("2025-04-01 23:05:10 +0900", "2025-04-01T23:05:10+09:00")]
    public void Reads_a_moment(string written, string moment) =>
        Assert.Equal(Moment(moment), MomentCell.Read(CellText.Plain(written), null, Tokyo).Moment);

    [Theory]
    [InlineData("2025/4/1")]
    [InlineData("23:05")]
    [InlineData("平成32年4月1日 23:05")]
    [InlineData("25/04/01 23:05")]
    [InlineData("202504012305")]
    [InlineData("2025-04-01T23:05+15:00")]
    [InlineData("2025-04-01T23:05+09:75")]
    [InlineData("2025-04-01T23:05 JST")]
    [InlineData("0001-01-01 00:00")]
    [InlineData("9999-12-31 47:00")]
    public void Refuses_a_moment_that_is_not_told_in_full_or_does_not_exist(string written) =>
        Assert.Equal(
            ExclusionReason.UnreadableMoment,
            MomentCell.Read(CellText.Plain(written), null, Tokyo).Trouble
        );

    [Theory]
    [InlineData("0001-01-01 00:00:00")]
    [InlineData("12/31/2016")]
    [InlineData("9999-12-31 23:59:59")]
    public void Refuses_what_a_pattern_does_not_fit_or_is_of_another_century(string written) =>
        Assert.Equal(
            ExclusionReason.UnreadableMoment,
            MomentCell.Read(written, "yyyy-MM-dd HH:mm:ss", Tokyo).Trouble
        );

    [Fact]
    public void An_hour_that_clocks_skipped_is_none_and_one_they_showed_twice_is_two()
    {
        Assert.Equal(
            ExclusionReason.UnreadableMoment,
            MomentCell.Read("2017-03-12 02:30", null, LosAngeles).Trouble
        );
        Assert.Equal(
            ExclusionReason.AmbiguousMoment,
            MomentCell.Read("2017-11-05 01:30", null, LosAngeles).Trouble
        );
        Assert.Equal(
            Moment("2017-07-01T12:00:00-07:00"),
            MomentCell.Read("2017-07-01 12:00", null, LosAngeles).Moment
        );
    }

    [Theory]
    [InlineData("2025-04-01T23:50:00+09:00", "23:55", "2025-04-01T23:55:00+09:00")]
    [InlineData("2025-04-01T23:50:00+09:00", "23:50", "2025-04-01T23:50:00+09:00")]
    [InlineData("2025-04-01T23:50:00+09:00", "0:05", "2025-04-02T00:05:00+09:00")]
    [InlineData("2025-04-01T23:50:00+09:00", "24:05", "2025-04-02T00:05:00+09:00")]
    [InlineData("2025-04-02T00:05:00+09:00", "24:10", "2025-04-02T00:10:00+09:00")]
    [InlineData("2025-12-31T23:59:00+09:00", "0時1分", "2026-01-01T00:01:00+09:00")]
    [InlineData("2025-04-01T12:00:40+09:00", "12:00", "2025-04-01T12:00:00+09:00")]
    [InlineData("2025-04-01T12:00:00+09:00", "11:58", "2025-04-01T11:58:00+09:00")]
    [InlineData("2025-04-02T00:01:00+09:00", "23:59", "2025-04-01T23:59:00+09:00")]
    [InlineData("2025-04-01T12:00:00+09:00", "17:59", "2025-04-01T17:59:00+09:00")]
    public void A_time_of_day_belongs_to_the_stamp_before_it(
        string after,
        string time,
        string moment
    ) => Assert.Equal(Moment(moment), MomentCell.ReadTimeAfter(time, Moment(after), Tokyo).Moment);

    private static DateTimeOffset Moment(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
