using System.Globalization;

namespace MinaKyukyu.Forecasting.Import;

/// <summary>A moment, or why a cell holds none.</summary>
internal readonly record struct ReadMoment(DateTimeOffset? Moment, ExclusionReason? Trouble)
{
    public static ReadMoment None => default;

    public static ReadMoment Unreadable => new(null, ExclusionReason.UnreadableMoment);
}

/// <summary>Reads moments by the clocks of a time zone. Cells are in compatibility form and not empty.</summary>
internal static class MomentCell
{
    public static ReadMoment Read(string cell, string? pattern, TimeZoneInfo zone)
    {
        if (pattern is not null)
        {
            return DateTime.TryParseExact(
                cell,
                pattern,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AllowWhiteSpaces,
                out DateTime local
            )
                ? OnClock(local, zone)
                : ReadMoment.Unreadable;
        }

        return ReadCompact(cell) is { } compact ? OnClock(compact, zone) : ReadShaped(cell, zone);
    }

    /// <summary>Date and time of day in two cells.</summary>
    public static ReadMoment ReadParts(string date, string time, TimeZoneInfo zone) =>
        JapaneseDate.TryRead(date) is { } day && JapaneseTime.TryRead(time) is { } clock
            ? OnClock(At(day, clock), zone)
            : ReadMoment.Unreadable;

    /// <summary>
    /// The first such time of day at or after that moment. Where that were more than <see cref="RunImport.LongestInterval"/>
    /// later, it is taken for the same day, since a clock that is a little slow is likelier than a day between two stamps.
    /// </summary>
    public static ReadMoment ReadTimeAfter(string time, DateTimeOffset after, TimeZoneInfo zone)
    {
        if (JapaneseTime.TryRead(time) is not { } clock)
        {
            return ReadMoment.Unreadable;
        }

        DateTime before = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        DateTime sameDay = before.Date + new TimeSpan(clock.Ticks % TimeSpan.TicksPerDay);
        DateTime next = sameDay < before ? sameDay.AddDays(1) : sameDay;
        if (next - before > RunImport.LongestInterval)
        {
            DateTime last = next.AddDays(-1);
            next = before - last < next - before ? last : next;
        }

        return OnClock(next, zone);
    }

    /// <summary>20250401230510.</summary>
    private static DateTime? ReadCompact(string cell)
    {
        const int digits = 14;
        return
            cell.Length == digits
            && cell.All(char.IsAsciiDigit)
            && JapaneseDate.TryRead(cell[..8]) is { } day
            && JapaneseTime.TryRead(cell[8..]) is { } clock
            ? At(day, clock)
            : null;
    }

    private static ReadMoment ReadShaped(string cell, TimeZoneInfo zone)
    {
        var cursor = new TextCursor(cell);
        if (JapaneseDate.TryTake(cursor) is not { } day)
        {
            return ReadMoment.Unreadable;
        }

        cursor.TryTake("T");
        if (JapaneseTime.TryTake(cursor) is not { } clock)
        {
            return ReadMoment.Unreadable;
        }

        DateTime local = At(day, clock);
        if (cursor.IsAtEnd)
        {
            return OnClock(local, zone);
        }

        return TakeOffset(cursor) is { } offset && cursor.IsAtEnd
            ? new ReadMoment(
                TimeZoneInfo.ConvertTime(new DateTimeOffset(local, offset), zone),
                null
            )
            : ReadMoment.Unreadable;
    }

    /// <summary>Z, +09:00 or -0800.</summary>
    private static TimeSpan? TakeOffset(TextCursor cursor)
    {
        if (cursor.TryTake("Z"))
        {
            return TimeSpan.Zero;
        }

        if (cursor.TryTakeOneOf("+-") is not { } sign)
        {
            return null;
        }

        int? offset = cursor.TryTakeNumber(4, 4);
        if (
            offset is null
            && cursor.TryTakeNumber(2, 2) is { } hours
            && cursor.TryTake(":")
            && cursor.TryTakeNumber(2, 2) is { } minutes
        )
        {
            offset = (hours * 100) + minutes;
        }

        return offset is >= 0 and <= 1400 && offset % 100 < 60
            ? new TimeSpan(offset.Value / 100, offset.Value % 100, 0) * (sign == '-' ? -1 : 1)
            : null;
    }

    private static DateTime At(DateOnly day, TimeSpan clock) =>
        day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified) + clock;

    /// <summary>An hour that the clocks skipped is no moment; one that they showed twice is two, and nobody knows which.</summary>
    private static ReadMoment OnClock(DateTime local, TimeZoneInfo zone) =>
        local.Year is < Dates.FirstYear or > Dates.LastYear || zone.IsInvalidTime(local)
            ? ReadMoment.Unreadable
        : zone.IsAmbiguousTime(local) ? new ReadMoment(null, ExclusionReason.AmbiguousMoment)
        : new ReadMoment(new DateTimeOffset(local, zone.GetUtcOffset(local)), null);
}
