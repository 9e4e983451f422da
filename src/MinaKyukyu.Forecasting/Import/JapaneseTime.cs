namespace MinaKyukyu.Forecasting.Import;

/// <summary>
/// Reads a time of day as Japanese lists write it: 23:05, 23:05:10.250, 23時05分, 23時5分10秒, 午後11時5分, 2305, 230510. An hour
/// from 24 to 47 belongs to the night after the day that it is written under (24:10 is ten past midnight).
/// </summary>
internal static class JapaneseTime
{
    private const int LastHour = 47;

    /// <param name="text">In compatibility form (<see cref="CellText.Plain"/>).</param>
    public static TimeSpan? TryRead(string text)
    {
        var cursor = new TextCursor(text);
        return TryTake(cursor) is { } time && cursor.IsAtEnd ? time : null;
    }

    /// <summary>Null where no time begins here; the cursor is then anywhere. Hours alone are no time.</summary>
    public static TimeSpan? TryTake(TextCursor cursor)
    {
        bool? isAfternoon = TakeHalf(cursor);
        if (cursor.TryTakeNumber(4, 4) is { } short4)
        {
            return Of(isAfternoon, short4 / 100, short4 % 100, 0, 0);
        }

        if (cursor.TryTakeNumber(6, 6) is { } short6)
        {
            return Of(isAfternoon, short6 / 10_000, short6 / 100 % 100, short6 % 100, 0);
        }

        if (
            cursor.TryTakeNumber(1, 2) is not { } hour
            || cursor.TryTakeOneOf(":時") is not { } separator
            || cursor.TryTakeNumber(1, 2) is not { } minute
        )
        {
            return null;
        }

        bool isInWords = separator == '時';
        bool hasMore = cursor.TryTake(isInWords ? "分" : ":");
        if (isInWords && !hasMore)
        {
            return null;
        }

        int second = 0;
        int milliseconds = 0;
        if (hasMore && cursor.TryTakeNumber(1, 2) is { } seconds)
        {
            second = seconds;
            milliseconds = TakeFraction(cursor);
            if (isInWords && !cursor.TryTake("秒"))
            {
                return null;
            }
        }
        else if (hasMore && !isInWords)
        {
            return null;
        }

        return Of(isAfternoon ?? TakeHalf(cursor), hour, minute, second, milliseconds);
    }

    private static bool? TakeHalf(TextCursor cursor) =>
        cursor.TryTake("午前") || cursor.TryTake("AM") || cursor.TryTake("am") ? false
        : cursor.TryTake("午後") || cursor.TryTake("PM") || cursor.TryTake("pm") ? true
        : null;

    /// <summary>Behind a point, up to a millisecond; what is finer is left out.</summary>
    private static int TakeFraction(TextCursor cursor)
    {
        if (!cursor.TryTake("."))
        {
            return 0;
        }

        int milliseconds = 0;
        for (int worth = 100; cursor.TryTakeOneOf("0123456789") is { } digit; worth /= 10)
        {
            milliseconds += (digit - '0') * worth;
        }

        return milliseconds;
    }

    private static TimeSpan? Of(
        bool? isAfternoon,
        int hour,
        int minute,
        int second,
        int milliseconds
    )
    {
        if (minute > 59 || second > 59 || hour > (isAfternoon is null ? LastHour : 12))
        {
            return null;
        }

        int of24 = isAfternoon is { } afternoon ? (hour % 12) + (afternoon ? 12 : 0) : hour;
        return new TimeSpan(0, of24, minute, second, milliseconds);
    }
}
