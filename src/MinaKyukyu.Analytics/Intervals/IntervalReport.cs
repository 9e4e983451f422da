using System.Collections.Immutable;
using MinaKyukyu.Incidents.State;

namespace MinaKyukyu.Analytics.Intervals;

/// <summary>One interval over the incidents of a period.</summary>
/// <param name="Excluded">Reasons that occurred, with their counts; with <see cref="UsedCount"/> they sum to all incidents of the period.</param>
public sealed record IntervalStatistics(
    IntervalDefinition Interval,
    SecondsHistogram Histogram,
    ImmutableSortedDictionary<ExclusionReason, long> Excluded
)
{
    public long UsedCount => Histogram.Count;

    public long ExcludedCount => Excluded.Values.Sum();

    /// <summary>Median in whole seconds; null when no incident was used.</summary>
    public long? P50Seconds => Histogram.FindPercentile(0.5m);

    /// <summary>Nine of ten took no longer, in whole seconds; null when no incident was used.</summary>
    public long? P90Seconds => Histogram.FindPercentile(0.9m);

    public double? MeanSeconds => Histogram.MeanSeconds;
}

/// <summary>How long each part of the runs took. Pure: the same incidents give the same report.</summary>
/// <param name="Intervals">All of <see cref="IntervalDefinition.All"/>, in that order, also those that nobody reached.</param>
/// <param name="IncidentCount">Incidents whose call came in the period.</param>
/// <param name="MilestoneCount">Milestones of those incidents that stand.</param>
public sealed record IntervalReport(
    ImmutableArray<IntervalStatistics> Intervals,
    long IncidentCount,
    long MilestoneCount
)
{
    /// <summary>Over the incidents whose call came at or after <paramref name="from"/> and before <paramref name="to"/>.</summary>
    public static IntervalReport Of(
        IEnumerable<Incident> incidents,
        DateTimeOffset from,
        DateTimeOffset to
    )
    {
        ImmutableArray<Incident> counted = ReportPeriod.Within(incidents, from, to);
        return new IntervalReport(
            [.. IntervalDefinition.All.Select(d => Count(counted, d))],
            counted.Length,
            counted.Sum(i => i.Milestones.Count(m => !m.IsWithdrawn))
        );
    }

    public IntervalStatistics Get(IntervalKind kind) =>
        Intervals.First(i => i.Interval.Kind == kind);

    private static IntervalStatistics Count(
        ImmutableArray<Incident> incidents,
        IntervalDefinition interval
    )
    {
        IntervalReading[] readings =
        [
            .. incidents.Select(incident => IntervalReading.Of(incident, interval)),
        ];
        return new IntervalStatistics(
            interval,
            SecondsHistogram.Of(
                readings.OfType<IntervalReading.Measured>().Select(m => m.Duration)
            ),
            readings
                .OfType<IntervalReading.Excluded>()
                .CountBy(e => e.Reason)
                .ToImmutableSortedDictionary(c => c.Key, c => (long)c.Value)
        );
    }
}
