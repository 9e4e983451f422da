using System.Globalization;
using System.Text.Json.Serialization;

namespace MinaKyukyu.MedicalInfo.Ports;

/// <summary>A date as exactly as the source knows it: a day, a month (claims often say no more) or a year.</summary>
/// <param name="Month">0 when only the year is known.</param>
/// <param name="Day">0 when only the month is known.</param>
public readonly record struct RecordDate(int Year, int Month, int Day)
{
    /// <summary>Japan has one time zone and no summer time.</summary>
    private static readonly TimeSpan JapanStandardTime = TimeSpan.FromHours(9);

    [JsonIgnore]
    public bool IsDay => Day > 0;

    /// <summary>First day that it may mean.</summary>
    [JsonIgnore]
    public DateOnly Earliest => new(Year, Math.Max(1, Month), Math.Max(1, Day));

    /// <summary>Last day that it may mean.</summary>
    [JsonIgnore]
    public DateOnly Latest =>
        (Month, Day) switch
        {
            (0, _) => new DateOnly(Year, 12, 31),
            (_, 0) => new DateOnly(Year, Month, DateTime.DaysInMonth(Year, Month)),
            _ => Earliest,
        };

    public static RecordDate From(DateOnly day) => new(day.Year, day.Month, day.Day);

    /// <summary>The day in Japan at that moment.</summary>
    public static DateOnly DayInJapan(DateTimeOffset moment) =>
        DateOnly.FromDateTime(moment.ToOffset(JapanStandardTime).DateTime);

    /// <summary>Reads a FHIR date or dateTime; null when it is none.</summary>
    public static RecordDate? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        CultureInfo invariant = CultureInfo.InvariantCulture;
        const DateTimeStyles strict = DateTimeStyles.None;
        return text.Length switch
        {
            4 when DateOnly.TryParseExact(text, "yyyy", invariant, strict, out DateOnly year) =>
                new RecordDate(year.Year, 0, 0),
            7 when DateOnly.TryParseExact(text, "yyyy-MM", invariant, strict, out DateOnly month) =>
                new RecordDate(month.Year, month.Month, 0),
            10
                when DateOnly.TryParseExact(
                    text,
                    "yyyy-MM-dd",
                    invariant,
                    strict,
                    out DateOnly day
                ) => From(day),
            > 10
            and <= 40
                when text[10] == 'T'
                    && DateTimeOffset.TryParse(
                        text,
                        invariant,
                        DateTimeStyles.AssumeUniversal,
                        out DateTimeOffset moment
                    )
                    && moment.Year is > 1 and < 9999 => From(DayInJapan(moment)),
            _ => null,
        };
    }

    /// <summary>ISO 8601 with the precision that is known: 2026, 2026-10 or 2026-10-03.</summary>
    public override string ToString() =>
        (Month, Day) switch
        {
            (0, _) => Earliest.ToString("yyyy", CultureInfo.InvariantCulture),
            (_, 0) => Earliest.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            _ => Earliest.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
}
