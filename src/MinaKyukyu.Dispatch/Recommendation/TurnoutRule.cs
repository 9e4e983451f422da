using MinaKyukyu.Incidents.State;

namespace MinaKyukyu.Dispatch.Recommendation;

/// <summary>出動所要時間: by state and hour, never by person or crew.</summary>
internal static class TurnoutRule
{
    public static TimeSpan Of(UnitState state, DateTimeOffset now, DispatchOptions options) =>
        options.TurnoutOf(state == UnitState.AtStation, LocalHour(now, options.LocalOffset));

    private static int LocalHour(DateTimeOffset now, TimeSpan offset) =>
        now.UtcDateTime.TimeOfDay.Add(offset).Add(TimeSpan.FromDays(1)).Hours;
}
