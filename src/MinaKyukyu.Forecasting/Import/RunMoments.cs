namespace MinaKyukyu.Forecasting.Import;

/// <summary>The moments of a run by the names of their columns, and the times between them.</summary>
internal static class RunMoments
{
    private static readonly (string From, string To)[] Shown =
    [
        (CanonicalColumn.CallReceivedAt, CanonicalColumn.DispatchedAt),
        (CanonicalColumn.DispatchedAt, CanonicalColumn.RollingAt),
        (CanonicalColumn.RollingAt, CanonicalColumn.OnSceneAt),
    ];

    public static DateTimeOffset? Of(CanonicalRun run, string moment) =>
        moment switch
        {
            CanonicalColumn.CallReceivedAt => run.CallReceivedAt,
            CanonicalColumn.DecidedAt => run.DecidedAt,
            CanonicalColumn.DispatchedAt => run.DispatchedAt,
            CanonicalColumn.RollingAt => run.RollingAt,
            CanonicalColumn.OnSceneAt => run.OnSceneAt,
            _ => throw new ArgumentOutOfRangeException(
                nameof(moment),
                moment,
                "There is no such moment."
            ),
        };

    /// <summary>The first moment that does not follow on those before it, or null where all do.</summary>
    public static RowFault? FindTrouble(CanonicalRun run)
    {
        DateTimeOffset? before = null;
        foreach (string moment in CanonicalColumn.Moments)
        {
            if (Of(run, moment) is not { } at)
            {
                continue;
            }

            if (at < before)
            {
                return new RowFault(ExclusionReason.OutOfOrder, moment);
            }

            if (at - before > RunImport.LongestInterval)
            {
                return new RowFault(ExclusionReason.TooLong, moment);
            }

            before = at;
        }

        return null;
    }

    public static IReadOnlyList<IntervalFigures> Figures(IReadOnlyCollection<CanonicalRun> runs) =>
        [.. Shown.Select(interval => Figures(runs, interval.From, interval.To))];

    private static IntervalFigures Figures(
        IReadOnlyCollection<CanonicalRun> runs,
        string from,
        string to
    )
    {
        double[] seconds =
        [
            .. runs.Select(run => (Of(run, to) - Of(run, from))?.TotalSeconds)
                .OfType<double>()
                .Order(),
        ];
        return new IntervalFigures(from, to, seconds.Length, Rank(10), Rank(50), Rank(90));

        double Rank(int percent) =>
            seconds.Length == 0 ? 0 : seconds[((seconds.Length * percent) + 99) / 100 - 1];
    }
}
