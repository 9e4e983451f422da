using System.Globalization;
using MinaKyukyu.Server.Sentences;

namespace MinaKyukyu.Server.Pages.Words;

/// <summary>Moments as the pages show them: absolute in Japan Standard Time, and as an age.</summary>
internal static class Moments
{
    /// <summary>Japan has one time zone and no summer time.</summary>
    public static readonly TimeSpan Jst = TimeSpan.FromHours(9);

    public static string Clock(DateTimeOffset moment) =>
        moment.ToOffset(Jst).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Date(DateTimeOffset moment) =>
        moment.ToOffset(Jst).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Minute(DateTimeOffset moment) =>
        moment.ToOffset(Jst).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Two clocks that nobody set together must not make a negative age.</summary>
    public static TimeSpan Age(DateTimeOffset moment, DateTimeOffset now) =>
        now > moment ? now - moment : TimeSpan.Zero;

    public static string Ago(DateTimeOffset moment, DateTimeOffset now) =>
        Span(Age(moment, now)) + "前";

    /// <summary>As <see cref="Durations.Ja"/>; from an hour on in hours and minutes.</summary>
    public static string Span(TimeSpan span) =>
        span < TimeSpan.FromHours(1)
            ? Durations.Ja(span)
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(int)span.TotalHours}時間{span.Minutes}分"
            );
}
