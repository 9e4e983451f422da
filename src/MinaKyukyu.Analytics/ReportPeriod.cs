using System.Collections.Immutable;
using MinaKyukyu.Incidents.State;

namespace MinaKyukyu.Analytics;

/// <summary>Which incidents a report counts: those whose call came in the period, whenever the rest of them happened.</summary>
internal static class ReportPeriod
{
    public static ImmutableArray<Incident> Within(
        IEnumerable<Incident> incidents,
        DateTimeOffset from,
        DateTimeOffset to
    ) => [.. incidents.Where(i => i.CallReceivedAt >= from && i.CallReceivedAt < to)];
}
