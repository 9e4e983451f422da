namespace MinaKyukyu.RoadNetwork.Driving;

/// <summary>
/// One of twelve parts of the local week: six of four hours on a weekday, six on a day of the weekend. Speeds are the same
/// within a part. <see cref="Any"/> stands for roads whose times do not depend on the hour.
/// </summary>
public readonly record struct TimeBucket
{
    public const int Count = 12;
    internal const int PartsOfDay = 6;
    private const int HoursInPart = 4;

    // 0 is no bucket in particular, so that the default value is a sensible one.
    private readonly int _number;

    private TimeBucket(int number) => _number = number;

    public static TimeBucket Any => default;

    /// <summary>A weekday from noon: the part whose speeds are those of the profile file as they stand.</summary>
    public static TimeBucket Usual => FromIndex(3);

    public bool IsAny => _number == 0;

    /// <summary>0 to 11; weekdays first. −1 for <see cref="Any"/>.</summary>
    public int Index => _number - 1;

    public bool IsWeekend => Index >= PartsOfDay;

    public int FirstHour => IsAny ? 0 : Index % PartsOfDay * HoursInPart;

    public static TimeBucket FromIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return new TimeBucket(index + 1);
    }

    /// <summary>The part of the week in that zone; total, also when clocks change.</summary>
    public static TimeBucket At(DateTimeOffset instant, TimeZoneInfo zone)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(instant, zone);
        int day = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? PartsOfDay : 0;
        return FromIndex(day + (local.Hour / HoursInPart));
    }

    /// <summary><c>weekday-08</c>, <c>weekend-20</c>, <c>any</c>.</summary>
    public override string ToString() =>
        IsAny ? "any"
        : IsWeekend ? $"weekend-{FirstHour:00}"
        : $"weekday-{FirstHour:00}";
}

/// <summary>Names one metric of a map: how the vehicle drives, and in which part of the week.</summary>
public readonly record struct MetricKey(DrivingProfile Profile, TimeBucket Bucket)
{
    /// <summary><c>emergency/weekday-08</c>.</summary>
    public override string ToString() =>
        $"{(Profile == DrivingProfile.Emergency ? "emergency" : "ordinary")}/{Bucket}";
}
