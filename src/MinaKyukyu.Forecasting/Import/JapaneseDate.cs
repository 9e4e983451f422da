namespace MinaKyukyu.Forecasting.Import;

/// <summary>
/// Reads a date as Japanese lists write it: 2025-04-01, 2025/4/1, 2025年4月1日(火), 20250401, 令和7年4月1日, R7.4.1, R07/04/01,
/// R070401, 令和元年5月1日. A year of two digits without an era is never guessed.
/// </summary>
internal static class JapaneseDate
{
    /// <param name="text">In compatibility form (<see cref="CellText.Plain"/>).</param>
    public static DateOnly? TryRead(string text)
    {
        var cursor = new TextCursor(text);
        return TryTake(cursor) is { } date && cursor.IsAtEnd ? date : null;
    }

    /// <summary>Null where no date begins here, or one that the calendar or its era does not have; the cursor is then anywhere.</summary>
    public static DateOnly? TryTake(TextCursor cursor)
    {
        DateOnly? date = JapaneseEra.TryTake(cursor) is { } era
            ? TakeInEra(cursor, era)
            : TakeCommon(cursor);
        TakeWeekday(cursor);
        return date;
    }

    private static DateOnly? TakeInEra(TextCursor cursor, JapaneseEra era)
    {
        if (cursor.TryTakeNumber(6, 6) is { } compact)
        {
            return era.Day(compact / 10_000, compact / 100 % 100, compact % 100);
        }

        // 令和.7 is seen on forms.
        cursor.TryTake(".");
        int? year = cursor.TryTake("元") ? 1 : cursor.TryTakeNumber(1, 2);
        return year is { } y && TakeMonthAndDay(cursor) is { } rest
            ? era.Day(y, rest.Month, rest.Day)
            : null;
    }

    private static DateOnly? TakeCommon(TextCursor cursor)
    {
        if (cursor.TryTakeNumber(8, 8) is { } compact)
        {
            return Dates.Find(compact / 10_000, compact / 100 % 100, compact % 100);
        }

        return cursor.TryTakeNumber(4, 4) is { } year && TakeMonthAndDay(cursor) is { } rest
            ? Dates.Find(year, rest.Month, rest.Day)
            : null;
    }

    /// <summary>年4月1日, or a separator twice: /4/1, .4.1, -4-1.</summary>
    private static (int Month, int Day)? TakeMonthAndDay(TextCursor cursor)
    {
        if (cursor.TryTakeOneOf("年/.-") is not { } separator)
        {
            return null;
        }

        string next = separator == '年' ? "月" : separator.ToString();
        if (
            cursor.TryTakeNumber(1, 2) is not { } month
            || !cursor.TryTake(next)
            || cursor.TryTakeNumber(1, 2) is not { } day
            || (separator == '年' && !cursor.TryTake("日"))
        )
        {
            return null;
        }

        return (month, day);
    }

    /// <summary>(火) or (火曜日) behind a date; it says nothing that the date does not.</summary>
    private static void TakeWeekday(TextCursor cursor)
    {
        if (cursor.TryTake("("))
        {
            cursor.TryTakeOneOf("月火水木金土日祝");
            cursor.TryTake("曜日");
            cursor.TryTake("曜");
            cursor.TryTake(")");
        }
    }
}
