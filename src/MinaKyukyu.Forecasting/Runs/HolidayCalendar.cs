namespace MinaKyukyu.Forecasting.Runs;

/// <summary>Which days are public holidays.</summary>
public enum HolidayCalendar
{
    None = 0,
    Japan = 1,
    UnitedStates = 2,
}

/// <summary>Public holidays by their rules, from the law as it stands; no table to keep up to date.</summary>
public static class Holidays
{
    public static bool IsHoliday(this HolidayCalendar calendar, DateOnly day) =>
        // At its two ends the calendar has no day before, or none after, that could be asked.
        day.Year
            is > 1
                and < 9999
        && calendar switch
        {
            HolidayCalendar.Japan => IsInJapan(day),
            HolidayCalendar.UnitedStates => IsInTheUnitedStates(day),
            _ => false,
        };

    /// <summary>国民の祝日、振替休日、国民の休日: the law of 2007 and its changes since, with the moved days of 2019 to 2021.</summary>
    private static bool IsInJapan(DateOnly day) =>
        IsNational(day) || IsSubstitute(day) || IsBetween(day);

    /// <summary>A holiday on a Sunday moves to the next day that is none (since 2007).</summary>
    private static bool IsSubstitute(DateOnly day)
    {
        for (DateOnly before = day.AddDays(-1); IsNational(before); before = before.AddDays(-1))
        {
            if (before.DayOfWeek == DayOfWeek.Sunday)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A day between two holidays is one.</summary>
    private static bool IsBetween(DateOnly day) =>
        day.DayOfWeek != DayOfWeek.Sunday
        && IsNational(day.AddDays(-1))
        && IsNational(day.AddDays(1));

    private static bool IsNational(DateOnly day)
    {
        (int year, int month, int date) = (day.Year, day.Month, day.Day);
        // 即位 and the Games of 2020, which were held in 2021.
        if (year == 2019 && (month, date) is (5, 1) or (10, 22))
        {
            return true;
        }

        bool isOfTheGames = year is 2020 or 2021;
        return (month, date) switch
        {
            (1, 1) or (2, 11) or (4, 29) or (5, 3) or (5, 4) or (5, 5) => true,
            (11, 3) or (11, 23) => true,
            (2, 23) => year >= 2020,
            (12, 23) => year <= 2018,
            (3, _) => date == VernalEquinox(year),
            (7, _) when isOfTheGames => year == 2020 ? date is 23 or 24 : date is 22 or 23,
            (8, _) when isOfTheGames => date == (year == 2020 ? 10 : 8),
            (10, _) when isOfTheGames => false,
            (8, 11) => year >= 2016,
            (1, _) => IsMonday(day, nth: 2),
            (7, _) => IsMonday(day, nth: 3),
            (9, _) => IsMonday(day, nth: 3) || date == AutumnalEquinox(year),
            (10, _) => IsMonday(day, nth: 2),
            _ => false,
        };
    }

    /// <summary>Day in March; the usual approximation for 1980 to 2099.</summary>
    private static int VernalEquinox(int year) => Equinox(year, 20.8431);

    /// <summary>Day in September; the usual approximation for 1980 to 2099.</summary>
    private static int AutumnalEquinox(int year) => Equinox(year, 23.2488);

    private static int Equinox(int year, double of1980) =>
        (int)Math.Floor(of1980 + (0.242194 * (year - 1980)) - Math.Floor((year - 1980) / 4.0));

    /// <summary>The eleven federal holidays, on the days on which they are kept.</summary>
    private static bool IsInTheUnitedStates(DateOnly day) =>
        IsFixed(day)
        // Kept on Friday when the day itself is a Saturday, on Monday when it is a Sunday.
        || (day.DayOfWeek == DayOfWeek.Friday && IsFixed(day.AddDays(1)))
        || (day.DayOfWeek == DayOfWeek.Monday && IsFixed(day.AddDays(-1)))
        || day.Month switch
        {
            1 or 2 => IsMonday(day, nth: 3),
            5 => day.DayOfWeek == DayOfWeek.Monday && day.Day > 24,
            9 => IsMonday(day, nth: 1),
            10 => IsMonday(day, nth: 2),
            11 => day is { DayOfWeek: DayOfWeek.Thursday, Day: >= 22 and <= 28 },
            _ => false,
        };

    private static bool IsFixed(DateOnly day) =>
        (day.Month, day.Day) is (1, 1) or (7, 4) or (11, 11) or (12, 25)
        || (day is { Month: 6, Day: 19 } && day.Year >= 2021);

    private static bool IsMonday(DateOnly day, int nth) =>
        day.DayOfWeek == DayOfWeek.Monday && (day.Day - 1) / 7 == nth - 1;
}
