using System.Globalization;

namespace MinaKyukyu.Forecasting.Runs;

/// <summary>Moments as files and commands write them: ISO 8601 with an offset, or without one by the clocks of the place.</summary>
public static class RunMoment
{
    /// <summary>Null where the text is no such moment.</summary>
    public static DateTimeOffset? Parse(string text, TimeZoneInfo zone)
    {
        if (
            !DateTime.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal,
                out DateTime moment
            ) || !IsIso(text)
        )
        {
            return null;
        }

        // Years 1 and 9999 stand for "never" in some systems; no offset can be taken from them.
        if (moment.Year is < 1900 or > 2200)
        {
            return null;
        }

        if (moment.Kind == DateTimeKind.Utc)
        {
            return new DateTimeOffset(moment);
        }

        // In the hour that the clocks skip in spring, the clock that wrote it had not been put forward.
        return new DateTimeOffset(
            moment,
            zone.IsInvalidTime(moment) ? zone.BaseUtcOffset : zone.GetUtcOffset(moment)
        );
    }

    /// <summary>A year of four digits first: nothing whose day and month could be mistaken for one another.</summary>
    private static bool IsIso(string text) =>
        text.Length >= 10
        && text[4] == '-'
        && text[7] == '-'
        && char.IsAsciiDigit(text[0])
        && char.IsAsciiDigit(text[3]);
}
