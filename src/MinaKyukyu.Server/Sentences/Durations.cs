using System.Globalization;

namespace MinaKyukyu.Server.Sentences;

/// <summary>Spans as people say them.</summary>
internal static class Durations
{
    public static string Ja(TimeSpan span)
    {
        (int minutes, int seconds) = Parts(span);
        return minutes == 0 ? $"{seconds}秒"
            : seconds == 0 || minutes >= 10 ? $"{minutes}分"
            : $"{minutes}分{seconds}秒";
    }

    public static string En(TimeSpan span)
    {
        (int minutes, int seconds) = Parts(span);
        return minutes == 0 ? $"{seconds} s"
            : seconds == 0 || minutes >= 10 ? $"{minutes} min"
            : string.Create(CultureInfo.InvariantCulture, $"{minutes} min {seconds} s");
    }

    private static (int Minutes, int Seconds) Parts(TimeSpan span)
    {
        int whole = (int)Math.Max(0, Math.Round(span.TotalSeconds));
        return (whole / 60, whole % 60);
    }
}
