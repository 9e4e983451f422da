using MinaKyukyu.Vocabulary.Incidents;

namespace MinaKyukyu.Server.Pages.Board;

/// <summary>How strongly a waiting incident is tinted.</summary>
internal static class Ageing
{
    /// <summary>0 to 3.</summary>
    /// <remarks>
    /// Our own working values, not measurements: a critical call darkens after 1, 2 and 3 minutes, a high or unknown one after
    /// 2, 4 and 6, a medium one after 5, 10 and 15, a low one after 10, 20 and 30.
    /// </remarks>
    public static int Step(UrgencyLevel level, TimeSpan age)
    {
        int minutes = level switch
        {
            UrgencyLevel.Critical => 1,
            UrgencyLevel.High or UrgencyLevel.Unknown => 2,
            UrgencyLevel.Medium => 5,
            _ => 10,
        };
        return Math.Clamp((int)(age.TotalMinutes / minutes), 0, 3);
    }
}
