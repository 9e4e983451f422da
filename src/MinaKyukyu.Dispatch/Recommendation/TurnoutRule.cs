using MinaKyukyu.Incidents.State;

namespace MinaKyukyu.Dispatch.Recommendation;

/// <summary>出動所要時間: by state and hour, never by person or crew.</summary>
internal static class TurnoutRule
{
    public static TimeSpan Of(UnitState state, DateTimeOffset now, DispatchOptions options) =>
        state != UnitState.AtStation ? options.TurnoutWhenRolling
        : IsNight(now, options) ? options.TurnoutByNight
        : options.TurnoutByDay;

    private static bool IsNight(DateTimeOffset now, DispatchOptions options)
    {
        int hour = now
            .UtcDateTime.TimeOfDay.Add(options.LocalOffset)
            .Add(TimeSpan.FromDays(1))
            .Hours;
        (int from, int until) = (options.NightFromHour, options.NightUntilHour);
        return from <= until ? hour >= from && hour < until : hour >= from || hour < until;
    }
}
