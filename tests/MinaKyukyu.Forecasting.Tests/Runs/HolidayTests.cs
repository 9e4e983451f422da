using System.Globalization;
using MinaKyukyu.Forecasting.Runs;

namespace MinaKyukyu.Forecasting.Tests.Runs;

/// <summary>Every day of the years against a table that was written by hand.</summary>
public sealed class HolidayTests
{
    [Theory]
    // The year of the enthronement: ten days in a row around it.
    [InlineData(
        2019,
        "1/1 1/14 2/11 3/21 4/29 4/30 5/1 5/2 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/23 10/14 10/22 11/3 11/4 11/23"
    )]
    // Moved for the Games, which then were not held.
    [InlineData(
        2020,
        "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/23 7/24 8/10 9/21 9/22 11/3 11/23"
    )]
    // And moved again.
    [InlineData(
        2021,
        "1/1 1/11 2/11 2/23 3/20 4/29 5/3 5/4 5/5 7/22 7/23 8/8 8/9 9/20 9/23 11/3 11/23"
    )]
    [InlineData(
        2022,
        "1/1 1/10 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/18 8/11 9/19 9/23 10/10 11/3 11/23"
    )]
    [InlineData(
        2023,
        "1/1 1/2 1/9 2/11 2/23 3/21 4/29 5/3 5/4 5/5 7/17 8/11 9/18 9/23 10/9 11/3 11/23"
    )]
    [InlineData(
        2024,
        "1/1 1/8 2/11 2/12 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/15 8/11 8/12 9/16 9/22 9/23 10/14 11/3 11/4 11/23"
    )]
    [InlineData(
        2025,
        "1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23 11/24"
    )]
    // The day between Respect for the Aged and the equinox.
    [InlineData(
        2026,
        "1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23"
    )]
    [InlineData(
        2027,
        "1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23"
    )]
    public void Japan_keeps_the_holidays_of_its_law(int year, string days) =>
        AssertYear(HolidayCalendar.Japan, year, days);

    [Theory]
    [InlineData(2013, "1/1 1/21 2/18 5/27 7/4 9/2 10/14 11/11 11/28 12/25")]
    [InlineData(2015, "1/1 1/19 2/16 5/25 7/3 7/4 9/7 10/12 11/11 11/26 12/25")]
    // Before Juneteenth was one.
    [InlineData(2020, "1/1 1/20 2/17 5/25 7/3 7/4 9/7 10/12 11/11 11/26 12/25")]
    // Three of them fall on a Saturday or Sunday, and so does the next New Year.
    [InlineData(
        2021,
        "1/1 1/18 2/15 5/31 6/18 6/19 7/4 7/5 9/6 10/11 11/11 11/25 12/24 12/25 12/31"
    )]
    public void The_United_States_keep_their_federal_days_also_when_they_are_moved(
        int year,
        string days
    ) => AssertYear(HolidayCalendar.UnitedStates, year, days);

    [Fact]
    public void Where_nobody_keeps_any_no_day_is_one() =>
        AssertYear(HolidayCalendar.None, 2026, "");

    [Fact]
    public void The_ends_of_the_calendar_can_be_asked()
    {
        foreach (HolidayCalendar calendar in Enum.GetValues<HolidayCalendar>())
        {
            foreach (int days in (int[])[0, 1, 2, 3])
            {
                Assert.False(calendar.IsHoliday(DateOnly.MinValue.AddDays(days)));
                Assert.False(calendar.IsHoliday(DateOnly.MaxValue.AddDays(-days)));
            }
        }
    }

    private static void AssertYear(HolidayCalendar calendar, int year, string days)
    {
        IEnumerable<string> kept = Enumerable
            .Range(0, DateTime.IsLeapYear(year) ? 366 : 365)
            .Select(day => new DateOnly(year, 1, 1).AddDays(day))
            .Where(day => calendar.IsHoliday(day))
            .Select(day => day.ToString("M'/'d", CultureInfo.InvariantCulture));
        Assert.Equal(days, string.Join(' ', kept));
    }
}
