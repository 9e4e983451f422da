namespace MinaKyukyu.Forecasting.Import;

/// <summary>An era (元号) and the days that belong to it. A year that the era never had is no date.</summary>
/// <param name="Letter">As on forms: R7.4.1.</param>
internal sealed record JapaneseEra(string Name, char Letter, DateOnly First, DateOnly Last)
{
    // The days on which each began and ended: cabinet orders of 1926, 1989 (昭和64年政令第1号) and 2019 (平成31年政令第143号).
    private static readonly JapaneseEra[] All =
    [
        new("令和", 'R', new(2019, 5, 1), DateOnly.MaxValue),
        new("平成", 'H', new(1989, 1, 8), new(2019, 4, 30)),
        new("昭和", 'S', new(1926, 12, 25), new(1989, 1, 7)),
    ];

    /// <summary>Takes an era's name, its first character or its letter; null, and the cursor where it was, when there is none.</summary>
    public static JapaneseEra? TryTake(TextCursor text)
    {
        foreach (JapaneseEra era in All)
        {
            if (
                text.TryTake(era.Name)
                || text.TryTake(era.Name[..1])
                || text.TryTake(era.Letter.ToString())
                || text.TryTake(char.ToLowerInvariant(era.Letter).ToString())
            )
            {
                return era;
            }
        }

        return null;
    }

    /// <summary>Null where the calendar or the era has no such day.</summary>
    /// <param name="year">1 is the first (元年).</param>
    public DateOnly? Day(int year, int month, int day)
    {
        if (year < 1 || Dates.Find(First.Year + year - 1, month, day) is not { } date)
        {
            return null;
        }

        return date >= First && date <= Last ? date : null;
    }
}

/// <summary>Days of the calendar.</summary>
internal static class Dates
{
    // Own working values: a run list of another century is a slip of the keyboard.
    public const int FirstYear = 1900;
    public const int LastYear = 2200;

    /// <summary>Null where there is no such day.</summary>
    public static DateOnly? Find(int year, int month, int day) =>
        year is >= FirstYear and <= LastYear
        && month is >= 1 and <= 12
        && day >= 1
        && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
}
