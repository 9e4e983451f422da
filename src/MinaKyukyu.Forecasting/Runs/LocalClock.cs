namespace MinaKyukyu.Forecasting.Runs;

/// <summary>What the clock on the wall and the calendar beside it show at each decision.</summary>
internal sealed class LocalClock
{
    private readonly DateTime[] _local;
    private readonly bool[] _isHoliday;

    private LocalClock(DateTime[] local, bool[] isHoliday)
    {
        _local = local;
        _isHoliday = isHoliday;
    }

    public static LocalClock Of(RunSchema schema, long[] moments)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(schema.TimeZone);
        DateTime[] local = Array.ConvertAll(moments, moment => LocalOf(zone, moment));
        var days = new Dictionary<DateOnly, bool>();
        bool[] isHoliday = Array.ConvertAll(
            local,
            moment =>
            {
                var day = DateOnly.FromDateTime(moment);
                if (!days.TryGetValue(day, out bool holiday))
                {
                    days[day] = holiday = schema.Calendar.IsHoliday(day);
                }

                return holiday;
            }
        );
        return new LocalClock(local, isHoliday);
    }

    public static DateTime LocalOf(TimeZoneInfo zone, long moment) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(moment), zone).DateTime;

    public float Hour(int row) => HourOf(_local[row]);

    /// <summary>From 0 on Monday.</summary>
    public float Weekday(int row) => WeekdayOf(_local[row]);

    /// <summary>From 1.</summary>
    public float DayOfYear(int row) => _local[row].DayOfYear;

    public bool IsHoliday(int row) => _isHoliday[row];

    public static float HourOf(DateTime local) => (float)local.TimeOfDay.TotalHours;

    public static float WeekdayOf(DateTime local) => ((int)local.DayOfWeek + 6) % 7;
}
